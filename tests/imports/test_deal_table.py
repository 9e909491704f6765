"""Tables of deals: headings in both languages, CSV, workbooks and JSON, and files that are none."""

from __future__ import annotations

import io
import json
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from lfroadmap.errors import BrokenSnapshot, RoadmapError, UsageError
from lfroadmap.imports.deal_table import DealTable, deals_in, read_deals
from lfroadmap.roadmap.calculators.deals import COLUMNS, DealCells
from lfroadmap.roadmap.calculators.numbers import NumberFault, quantity
from lfroadmap.words import LANGUAGES, Language, words

HEADS = {"name": "deal_name", "stage": "deal_stage", "value": "deal_value", "probability": "probability",
         "days": "deal_days", "reached": "reached"}  # fmt: skip


def of(*lines: str) -> DealTable:
    return deals_in("\n".join(lines).encode())


def workbook(*rows: tuple[object, ...], title: str = "Deals", formats: tuple[str, ...] = ()) -> bytes:
    book = openpyxl.Workbook()
    notes = book.active
    assert notes is not None
    notes.title = "Notes"
    notes.append(("Only words", "here"))
    sheet = book.create_sheet(title)
    for row in rows:
        sheet.append(row)
    for at, form in enumerate(formats, 1):
        for n in range(2, len(rows) + 1):
            sheet.cell(n, at).number_format = form
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_that_is_known_is_read_in_either_language(language: Language) -> None:
    table = words(language)
    for column, key in HEADS.items():
        beside = "deal_stage" if column != "stage" else "deal_value"
        other = table(f"heads.{beside}").split(",")[0]
        cell = "12" if column == "reached" else "x"
        for head in (each.strip() for each in table(f"heads.{key}").split(",")):
            found = of(f"{head},{other}", f"{cell},7")
            assert found.heads[0] == (column, head)


def test_the_rows_below_the_headings_are_read_with_their_numbers() -> None:
    found = of("Our deals", "", "Deal;Stage;Amount;Owner", "Acme;Lead;1,000;Dana", "", "Beta;Quote;2,5;Eli")
    assert found.rows == (
        DealCells(4, "Acme", "Lead", "1,000"),
        DealCells(6, "Beta", "Quote", "2,5"),
    )
    assert found.heads == (("name", "Deal"), ("stage", "Stage"), ("value", "Amount"))
    assert found.ignored == ("Owner",)


@pytest.mark.parametrize(
    ("cells", "column"), [(("100", "50"), "reached"), (("1,000", ""), "name"), (("Acme", "7"), "name")]
)
def test_a_column_deals_counts_them_where_it_has_only_whole_numbers(
    cells: tuple[str, str], column: str
) -> None:
    found = of("Stage;Deals;Value", *(f"s{n};{cell};5" for n, cell in enumerate(cells)))
    assert dict(found.heads)[column] == "Deals"  # type: ignore[index]
    assert {getattr(row, column) for row in found.rows} == {*cells}


@pytest.mark.parametrize(
    ("lines", "column"),
    [
        (("Name,Stage,Count,Amount", "A,Lead,3,10", "B,Lead,1,20"), None),
        (("שם,שלב,כמות,סכום", "א,ליד,3,10", "ב,ליד,1,20"), None),
        (("Name,Stage,Qty,Amount", "A,Lead,3,10", "B,Quote,1,20"), None),
        (("Customer,Stage,Leads,Amount", "A,Lead,3,10", "B,Lead,1,20"), None),
        (("Stage,Quantity,Amount", "Lead,3,10", "Lead,1,20"), None),
        (("Deal,Stage,Amount", "101,Lead,10", "102,Lead,20"), None),
        (("Stage,Count,Amount", "Lead,3,10", "Quote,1,20"), "3"),
        (("Stage,Reached,Amount", "Lead,3,10", "Lead,1,20"), "3"),
    ],
)
def test_a_quantity_beside_deals_does_not_make_stages_of_them(
    lines: tuple[str, ...], column: str | None
) -> None:
    found = of(*lines)
    assert found.rows[0].reached == (column or "")
    assert ("reached" in dict(found.heads)) is (column is not None)
    assert {row.value for row in found.rows} == {"10", "20"}


def test_a_person_may_say_that_numbers_are_deals() -> None:
    found = deals_in(b"Name,Stage,Count\nA,Lead,3\n", (("reached", "Count"),))
    assert found.rows[0].reached == "3"


@pytest.mark.parametrize("head", ["Status", "סטטוס", "Deal Stage", "Sales stage", "שלב העסקה", "שלב מכירה"])
def test_other_headings_of_stages_are_known_beside_those_of_deals(head: str) -> None:
    assert of(f"Name,{head},Value", "A,Lead,5").rows[0].stage == "Lead"
    assert of(f"Stage,{head},Value", "Lead,x,5").rows[0].stage == "Lead"


def test_a_list_of_tasks_with_their_marks_is_no_table_of_deals() -> None:
    with pytest.raises(BrokenSnapshot):
        of("Name,Status,Due", "Call,done,2026-01-01")


def test_of_several_sheets_the_fullest_table_of_deals_is_read() -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(("לקוח", "סטטוס", "סכום", "סיכויי סגירה"), ("א", "ליד", 5, "5%")))
    )
    scratch = book.create_sheet("Scratch")
    for row in (("שלב", "סכום"), ("ליד", 7)):
        scratch.append(row)
    out = io.BytesIO()
    book.save(out)
    found = deals_in(out.getvalue())
    assert (found.title, found.unread, found.rivals) == ("Deals", ("Notes", "Scratch"), ("Scratch",))


def test_a_person_names_the_columns() -> None:
    data = b"Who,Where,ARR,Stage\nAcme,Lead,5,x\n"
    found = deals_in(data, (("name", "who"), ("stage", "#2"), ("value", "ARR")))
    assert found.rows == (DealCells(2, "Acme", "Lead", "5"),)
    assert found.ignored == ("Stage",)
    assert deals_in(b"Stage,Value\na,5\n", (("value", ""),)).rows == (DealCells(2, "", "a"),)


@pytest.mark.parametrize(
    ("mapping", "key"),
    [
        ((("owner", "Who"),), "map_role"),
        ((("stage", "Nowhere"),), "map_head"),
        ((("value", "#9"),), "map_head"),
    ],
)
def test_a_wrong_mapping_is_refused(mapping: tuple[tuple[str, str], ...], key: str) -> None:
    with pytest.raises(UsageError) as refused:
        deals_in(b"Stage,Value\nLead,5\n", mapping)
    assert refused.value.key == key


def test_a_workbook_is_read_as_it_is_seen() -> None:
    data = workbook(
        ("Deal", "Stage", "Value", "Probability", "Days"),
        ("Acme", "Lead", 1000, 0.25, 3),
        ("Beta", "Quote", 0.1, 1, None),
        formats=("General", "General", "General", "0%", "General"),
    )
    found = deals_in(data)
    assert found.rows == (
        DealCells(2, "Acme", "Lead", "1000", "25%", "3"),
        DealCells(3, "Beta", "Quote", "0.1", "100%", ""),
    )
    assert (found.title, found.unread) == ("Deals", ("Notes",))


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('"₪"#,##0', "₪ 1000.5"), ('#,##0.00 "₪"', "₪ 1000.5"), ("_-* #,##0.00 [$₪-40D]_-", "₪ 1000.5"),
        ("[$$-409]#,##0.00", "$ 1000.5"), ("$#,##0_);[Red]($#,##0)", "$ 1000.5"), (r"\$0", "$ 1000.5"),
        ("[$€-2] #,##0", "€ 1000.5"), ("[$USD] #,##0", "$ 1000.5"), ('0 "NIS"', "₪ 1000.5"),
        ("General", "1000.5"), ("[$-409]#,##0.00", "1000.5"), ('#,##0 "units"', "1000.5"),
        ("[Red]0.00", "1000.5"), ('0 "days"', "1000.5"),
    ],
)  # fmt: skip
def test_a_value_of_a_workbook_has_the_currency_that_is_seen_beside_it(code: str, value: str) -> None:
    data = workbook(("Deal", "Stage", "Value"), ("Acme", "Lead", 1000.5), formats=("General", "@", code))
    assert [row.value for row in deals_in(data).rows] == [value]


def test_numbers_of_a_workbook_are_never_taken_for_thousands() -> None:
    data = workbook(
        ("Deal", "Stage", "Value", "Days"), ("Acme", "Lead", 100.125, 1.5), ("B", "Lead", "1.000")
    )
    first, second = deals_in(data).rows
    assert (quantity(first.value), quantity(first.days)) == (Fraction("100.125"), Fraction("1.5"))
    with pytest.raises(NumberFault, match="ambiguous"):
        quantity(second.value)


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"deals": rows, "total": 2}])
def test_json_is_a_list_of_objects(wrap: type) -> None:
    rows = [
        {"name": "Acme", "stage": "Lead", "value": 12.125, "probability": 0.5},
        {"stage": "Quote", "days": 3},
    ]
    found = deals_in(json.dumps(wrap(rows)).encode())
    assert found.rows == (
        DealCells(1, "Acme", "Lead", "12.1250", "0.50"),
        DealCells(2, "", "Quote", "", "", "3"),
    )


def test_numbers_of_json_are_never_taken_for_thousands() -> None:
    rows = [{"stage": "a", "value": value} for value in (1.125, 1e-7, 1e20, 5, True, None)]
    found = deals_in(json.dumps(rows).encode())
    assert [row.value for row in found.rows] == [
        "1.1250",
        "0.00000010",
        "100000000000000000000",
        "5",
        "TRUE",
        "",
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1255"])
def test_any_encoding_that_an_import_reads(encoding: str) -> None:
    found = deals_in("שם עסקה,שלב,סכום\nאקמה,ליד,5\n".encode(encoding))
    assert found.rows == (DealCells(2, "אקמה", "ליד", "5"),)


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "snapshot_empty"),
        (b"Name,Due\nCall,2026-01-01\n", "deals_unknown"),
        (b"Stage\nLead\n", "deals_one_head"),
        (b"stage\n", "deals_no_rows"),
        ("שלב\n".encode(), "deals_no_rows"),
        (b"just words", "deals_unknown"),
        (b"%PDF-1.4", "kind_pdf"),
        (b"\x00\x01\x02", "deals_no_table"),
        (b"<html></html>", "deals_no_table"),
        (b'{"format": "lfroadmap"}', "deals_no_table"),
        (b"[1, 2]", "deals_no_table"),
        (b"[", "snapshot_not_json"),
        (b'{"stage": "Lead"}', "deals_no_table"),
        (b'[{"who": "Acme"}]', "deals_unknown"),
        (b"SQLite format 3\0", "deals_no_table"),
    ],
)
def test_a_file_without_deals_says_why(data: bytes, key: str) -> None:
    with pytest.raises(BrokenSnapshot) as refused:
        deals_in(data)
    assert refused.value.key == key
    for language in LANGUAGES:
        assert words(language).error(refused.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(RoadmapError) as refused:
            read_deals(str(path), None)
        assert (refused.value.key, refused.value.facts["path"]) == ("deals_file", str(path))


def test_only_headings_are_no_rows() -> None:
    found = of("Deal,Stage,Value")
    assert found.rows == () and [column for column, _ in found.heads] == ["name", "stage", "value"]


def test_the_roles_are_those_of_the_columns() -> None:
    assert (*HEADS,) == COLUMNS
