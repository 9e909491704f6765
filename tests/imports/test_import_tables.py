"""Tables read back: our own, those of other programs, and everything else refused."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from bombs import MEGABYTE, Part, zipped
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export import ExportContext, render
from lfroadmap.imports import layout
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.table_rows import Rows
from lfroadmap.words import LANGUAGES, Language, words
from reading import read_tables
from samples import TODAY, hostile, sample

HEADS = "id,card,task,done\n"


def exported(roadmap: Roadmap, wanted: str, language: Language) -> tuple[Rows, ...]:
    return read_tables(render(ExportContext(roadmap, words(language), TODAY), wanted)).tables


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("wanted", ["csv", "csv-cards", "csv-kpis", "xlsx"])
@pytest.mark.quick_cases(3)
def test_what_was_exported_changes_nothing_when_it_comes_back(wanted: str, language: Language) -> None:
    for roadmap in (sample(language), hostile()):
        tables = exported(roadmap, wanted, language)
        assert {table.table for table in tables} == {
            "csv": {"tasks"}, "csv-cards": {"cards"}, "csv-kpis": {"kpis"}, "xlsx": {"tasks", "kpis", "cards"}
        }[wanted]  # fmt: skip
        imported = import_tables(roadmap, tables, language, TODAY, lambda: "new")
        assert imported.rows
        assert [step for step in imported.rows if step.outcome != "same"] == []


def workbook(rows: list[list[object]], title: str = "Sheet1") -> bytes:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_sheet_that_somebody_made() -> None:
    data = workbook(
        [
            ["Our plan for spring"],
            [],
            ["Card", "Title", "DONE", "note"],
            ["Goals", "Call", True, "?"],
            [],
            [None, 7.0],
        ]
    )
    (table,) = read_tables(data).tables
    assert (table.table, table.title) == ("tasks", "Sheet1")
    assert [(row.line, dict(row.cells)) for row in table.rows] == [
        (4, {"card": "Goals", "task": "Call", "done": "TRUE", "notes": "?"}),
        (6, {"card": "", "task": "7", "done": "", "notes": ""}),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"id;card;task;done\n1;Goals;Call;TRUE\n",
        b"id\tcard\ttask\tdone\n1\tGoals\tCall\tTRUE\n",
        b"\xef\xbb\xbfID,Card,Task,Done\r\n1,Goals,Call,TRUE\r\n",
        "מזהה,כרטיס,משימה,בוצע\n1,Goals,Call,TRUE\n".encode(),
        "ID,Card,Task,Done\n1,Goals,Call,TRUE\n".encode("utf-16"),
        b"task,done,id,card\nCall,TRUE,1,Goals,more,and more\n\n,,,\n",
    ],
)
def test_a_csv_of_whatever_program(data: bytes) -> None:
    (table,) = read_tables(data).tables
    cells = {"id": "1", "card": "Goals", "task": "Call", "done": "TRUE"}
    assert [dict(row.cells) for row in table.rows] == [cells]


def bomb() -> bytes:
    """A small archive that unpacks to something very large."""
    return zipped({"xl/workbook.xml": Part(b"", b"0" * MEGABYTE, 300)})


def cut() -> bytes:
    data = workbook([["task"], ["x"]])
    return data[: len(data) // 2]


def broken_inside() -> bytes:
    source, out = io.BytesIO(workbook([["task"], ["x"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, b"<bro" if part.filename.endswith("sheet1.xml") else old.read(part))
    return out.getvalue()


def other_archive() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"", "snapshot_empty"),
        (b"name,price\nx,1\n", "table_unknown"),
        (b"id,done\n1,TRUE\n", "table_unknown"),
        (HEADS.encode() + "שלום".encode() + b"\xff", "snapshot_encoding"),
        (HEADS.encode() + b"1,c,\x81\xff,1", "snapshot_encoding"),
        (HEADS.encode() + b"1,c," + b"x" * 1_100_000, "table_line"),
        (HEADS.encode() + b"1,c,x,1\n" * 100_001, "table_long"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "kind_old_office"),
        (b"PK\x03\x04 not really", "table_workbook"),
        (cut(), "table_workbook"),
        (broken_inside(), "table_workbook"),
        (other_archive(), "kind_document"),
        (bomb(), "workbook_large"),
        (workbook([["name", "price"], ["x", 1]]), "table_unknown"),
    ],
)
@pytest.mark.quick_cases(3)
def test_what_is_no_table_is_refused_in_both_languages(data: bytes, key: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    with pytest.raises(BrokenSnapshot) as caught:
        read_tables(path)
    why = caught.value.facts["why"]
    assert isinstance(why, BrokenSnapshot) and why.key == key
    for language in LANGUAGES:
        assert str(path) in words(language).error(caught.value)


def test_a_workbook_that_lies_about_its_size_is_read_as_it_is() -> None:
    source, out = io.BytesIO(workbook([["task"], ["x"]])), io.BytesIO()
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            new.writestr(part, old.read(part).replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    (table,) = read_tables(out.getvalue()).tables
    assert [dict(row.cells) for row in table.rows] == [{"task": "x"}]


def test_what_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenSnapshot) as caught:
        read_tables(tmp_path / "nowhere.xlsx")
    assert "nowhere.xlsx" in words("en").error(caught.value)


def test_every_column_is_known_in_every_language() -> None:
    for language in LANGUAGES:
        for columns in layout.TABLES.values():
            heads = [words(language)(f"sheet.{column}") for column in columns]
            assert len(set(heads)) == len(heads)
