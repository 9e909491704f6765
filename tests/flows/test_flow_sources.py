"""Sources of events: every kind of file, the columns, the times, the numbers."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.reading import ReadChoices
from reading_events import read, table

HEAD = "user_id,ts,event,channel,amount"
ROWS = (HEAD, "u1,2026-01-01 12:00,visit,ads,", "u1,2026-01-02T10:00:00Z,purchase,mail,12.5")


def moment(text: str) -> int:
    return round(datetime.fromisoformat(text).timestamp() * 1000)


EVENTS = [
    ("u1", moment("2026-01-01T10:00:00+00:00"), "visit", "ads", None, None),
    ("u1", moment("2026-01-02T10:00:00+00:00"), "purchase", "mail", None, 12.5),
]


def workbook(path: Path) -> Path:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["How it was"])
    sheet = book.create_sheet("Events")
    sheet.append(["A title above it"])
    sheet.append(HEAD.split(","))
    sheet.append(["u1", datetime(2026, 1, 1, 12), "visit", "ads", None])
    sheet.append(["u1", "2026-01-02T10:00:00Z", "purchase", "mail", 12.5])
    book.save(path)
    return path


def parquet(path: Path) -> Path:
    import duckdb

    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT 'u1' AS user_id, TIMESTAMP '2026-01-01 12:00' AS ts, 'visit' AS event,
              'ads' AS channel, CAST(NULL AS DOUBLE) AS amount
            UNION ALL SELECT 'u1', TIMESTAMP '2026-01-02 12:00', 'purchase', 'mail', 12.5) TO '{path}'"""
        )
    return path


def json_rows() -> list[dict[str, object]]:
    heads = HEAD.split(",")
    return [
        {head: cell for head, cell in zip(heads, row.split(","), strict=True) if cell} for row in ROWS[1:]
    ]


def packed(path: Path, lines: list[str]) -> Path:
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


def packed_workbook(path: Path) -> Path:
    path.write_bytes(gzip.compress(workbook(path.with_suffix(".book")).read_bytes()))
    return path


def lines_of_json(rows: list[dict[str, object]]) -> list[str]:
    return [json.dumps(row) for row in rows]


WRITE: dict[str, Callable[[Path], Path]] = {
    "csv": lambda path: table(path, ROWS),
    "tsv": lambda path: table(path, [row.replace(",", "\t") for row in ROWS]),
    "crlf.csv": lambda path: table(path, ROWS, end="\r\n"),
    "cr.csv": lambda path: table(path, ROWS, end="\r"),
    "utf-16.csv": lambda path: table(path, ROWS, "utf-16"),
    "bom.csv": lambda path: table(path, ROWS, "utf-8-sig"),
    "csv.gz": lambda path: packed(path, [*ROWS]),
    "jsonl": lambda path: table(path, lines_of_json(json_rows())),
    "json": lambda path: table(path, [json.dumps(json_rows())]),
    "jsonl.gz": lambda path: packed(path, lines_of_json(json_rows())),
    "parquet": parquet,
    "xlsx": workbook,
    "xlsx.gz": packed_workbook,
    "download": workbook,
}
"""End of a name -> a function that writes the events."""


@pytest.mark.parametrize("kind", WRITE)
@pytest.mark.quick_cases(3)
def test_every_kind_of_file_gives_the_same_events(tmp_path: Path, kind: str) -> None:
    found = read(WRITE[kind](tmp_path / f"events.{kind}"))
    assert [event[:6] for event in found.events] == EVENTS
    assert found.reading.bad == ()
    assert (found.reading.rows, found.reading.events) == (2, 2)


def test_sources_of_several_shapes_are_joined(tmp_path: Path) -> None:
    one = table(tmp_path / "web.csv", ROWS)
    other = table(tmp_path / "crm.csv", ["Customer;Date;Activity", "u1;2026-02-01;call"])
    assert read(one, other).column("kind") == ["visit", "purchase", "call"]


HEBREW = ["לקוח;תאריך;סוג אירוע;ערוץ;סכום", "דנה;31/12/2025 17:30;רכישה;אתר;₪1,200", "אבי;1/2/2026;ביקור;;"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1255", "utf-16"])
@pytest.mark.quick_cases(1)
def test_hebrew_is_read_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    found = read(table(tmp_path / "he.csv", HEBREW, encoding))
    assert found.column("customer") == ["דנה", "אבי"]
    assert found.column("value") == [1200.0, None]
    assert found.column("moment") == [moment("2025-12-31T17:30+02:00"), moment("2026-02-01T00:00+02:00")]
    assert (found.reading.order, found.reading.currency) == ("dmy", "₪")
    assert found.reading.files[0].encoding == {"cp1255": "Windows-1255", "utf-16": "UTF-16"}.get(encoding, "")


TIMES = {
    "2026-01-05": "2026-01-05T00:00+02:00",
    "2026-07-05 10:00": "2026-07-05T10:00+03:00",
    "2026-01-05T10:00Z": "2026-01-05T10:00+00:00",
    "2026-01-05 10:00+05:30": "2026-01-05T10:00+05:30",
    "2026-01-05T10:00:00Z": "2026-01-05T10:00+00:00",
    "2026-01-05T10:00:00.250+05:30": "2026-01-05T10:00:00.250+05:30",
    "2026-01-05T10:00:00,5": "2026-01-05T10:00:00.500+02:00",
    "2026/01/05 10:00": "2026-01-05T10:00+02:00",
    "20260105": "2026-01-05T00:00+02:00",
    "20260105101500": "2026-01-05T10:15+02:00",
    "1767600000": "2026-01-05T08:00+00:00",
    "1767600000.5": "2026-01-05T08:00:00.500+00:00",
    "1767600000123": "2026-01-05T08:00:00.123+00:00",
    "1767600000123456": "2026-01-05T08:00:00.123+00:00",
    "46027.5": "2026-01-05T12:00+02:00",
    "5.1.2026": "2026-01-05T00:00+02:00",
    "5.1.26 10:00": "2026-01-05T10:00+02:00",
    "25/1/2026": "2026-01-25T00:00+02:00",
    "25/01/2026 5:30 PM": "2026-01-25T17:30+02:00",
    "25/01/2026 12:30 am": "2026-01-25T00:30+02:00",
    "25/01/2026 10:00:01 +0000": "2026-01-25T10:00:01+00:00",
    "5 Jan 2026": "2026-01-05T00:00+02:00",
    "Jan 5, 2026 5:30 PM": "2026-01-05T17:30+02:00",
    "Mon, 05 Jan 2026 10:00:00 +0200": "2026-01-05T10:00+02:00",
    "05/Jan/2026:10:00:00 +0000": "2026-01-05T10:00+00:00",
}


@pytest.mark.parametrize("typed", TIMES)
@pytest.mark.quick_cases(8)
def test_a_time_is_read(tmp_path: Path, typed: str) -> None:
    path = table(tmp_path / "t.tsv", ["customer\ttime\tkind", f"a\t{typed}\tvisit"])
    assert read(path).column("moment") == [moment(TIMES[typed])]


def test_the_order_of_day_and_month_is_that_of_the_whole_column(tmp_path: Path) -> None:
    rows = ["customer,time,kind", "a,1/2/2026,visit", "a,2/13/2026,visit"]
    found = read(table(tmp_path / "t.csv", rows))
    assert found.reading.order == "mdy"
    assert found.column("moment")[0] == moment("2026-01-02T00:00+02:00")


@pytest.mark.parametrize(
    ("rows", "key"),
    [(["1/2/2026"], "flows_dates"), (["1/2/2026", "13/2/2026", "2/13/2026"], "flows_dates_both")],
)
def test_a_date_that_may_be_either_is_asked_about(tmp_path: Path, rows: list[str], key: str) -> None:
    path = table(tmp_path / "t.csv", ["customer,time,kind", *(f"a,{row},visit" for row in rows)])
    with pytest.raises(UsageError) as raised:
        read(path)
    assert (raised.value.key, raised.value.facts["row"]) == (key, 2)
    found = read(path, choices=ReadChoices(order="dmy"))
    assert found.column("moment")[0] == moment("2026-02-01T00:00+02:00")


def test_columns_are_named(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", ["who,what,at,kind", "a,buy,2026-01-01,x"])
    named = (("customer", "who"), ("kind", "#2"), ("time", "at"))
    assert read(path, choices=ReadChoices(named)).column("kind") == ["buy"]
    assert read(path, choices=ReadChoices(remembered=lambda key: named)).column("kind") == ["buy"]


@pytest.mark.parametrize(
    ("columns", "key"),
    [
        ((("customer", "nobody"),), "flows_map_head"),
        ((("nothing", "who"),), "map_role"),
        ((("customer", "who"), ("customer", "at")), "flows_map_twice"),
    ],
)
def test_columns_that_are_named_wrongly_are_refused(
    tmp_path: Path, columns: tuple[tuple[str, str], ...], key: str
) -> None:
    path = table(tmp_path / "t.csv", ["customer,kind,at,who,time", "a,buy,2026-01-01,x,2026-01-01"])
    with pytest.raises(UsageError) as raised:
        read(path, choices=ReadChoices(columns))
    assert raised.value.key == key


def test_a_missing_column_is_named_with_what_was_found(tmp_path: Path) -> None:
    with pytest.raises(RoadmapError) as raised:
        read(table(tmp_path / "t.csv", ["customer,when exactly,foo", "a,b,c"]))
    why = raised.value.facts["why"]
    assert isinstance(why, RoadmapError)
    assert why.facts == {"missing": "time, kind", "heads": "customer, when exactly, foo"}


WIDE = [
    "customer,signup_at,first purchase date,channel,amount",
    "a,2026-01-01,2026-02-01,ads,5",
    "b,2026-01-03,,,",
]


def test_a_wide_table_has_a_column_a_kind(tmp_path: Path) -> None:
    found = read(table(tmp_path / "w.csv", [*WIDE, "c,,,,"]))
    assert found.column("kind") == ["signup", "first purchase", "signup"]
    assert found.column("value") == [None, 5.0, None], "a number belongs to the last of the row's events"
    assert found.bad == {"no_time": (4,)}
    named = (("customer", "customer"), ("time.buy", "first purchase date"))
    assert read(tmp_path / "w.csv", choices=ReadChoices(named)).column("kind") == ["buy"]


def test_the_files_own_order_breaks_ties(tmp_path: Path) -> None:
    rows = ["customer,time,kind,seq", "a,2026-01-01,second,2", "a,2026-01-01,first,1", "a,2025-01-01,early,9"]
    assert read(table(tmp_path / "t.csv", rows)).column("kind") == ["early", "first", "second"]


def test_numbers_and_sentiments_are_read_in_words_and_signs(tmp_path: Path) -> None:
    rows = [
        "customer;time;kind;value;sentiment",
        "a;2026-01-01;x;$1,200.50;positive",
        "a;2026-01-02;x;-3;שלילי",
        "a;2026-01-03;x;nan;0.25",
        "a;2026-01-04;x;many;",
    ]
    found = read(table(tmp_path / "t.csv", rows))
    assert found.column("value") == [1200.5, -3.0]
    assert found.column("sentiment") == [1.0, -1.0]
    assert found.bad == {"number": (4, 5)}
    mixed = table(tmp_path / "m.csv", ["customer;time;kind;value", "a;2026-01-01;x;$5", "a;2026-01-01;x;₪5"])
    with pytest.raises(RoadmapError, match="calc_currencies"):
        read(mixed)


def test_identities_join_ids_and_what_is_unmatched_is_counted(tmp_path: Path) -> None:
    table(
        tmp_path / "web.csv",
        ["visitor id,time,event", "cookie1,2026-01-01,visit", "stranger,2026-01-02,visit"],
    )
    table(tmp_path / "crm.csv", ["customer,time,event", "mail1,2026-01-03,purchase"])
    rows = ["id,customer", "cookie1,mail1", "mail1,Dana", "cookie1,Avi", ",x"]
    ids = table(tmp_path / "ids.csv", rows)
    found = read(tmp_path / "web.csv", tmp_path / "crm.csv", choices=ReadChoices(identities=str(ids)))
    assert found.column("customer") == ["Dana", "stranger", "Dana"]
    assert found.reading.identities == (2, 2, 1, 1, 1)
    import openpyxl

    sheet = openpyxl.Workbook()
    for row in rows:
        sheet.active.append(row.split(","))
    sheet.save(tmp_path / "ids.xlsx")
    other = ReadChoices(identities=str(tmp_path / "ids.xlsx"))
    assert read(tmp_path / "web.csv", tmp_path / "crm.csv", choices=other).reading.identities == (
        2,
        2,
        1,
        1,
        1,
    )
    wrong = ReadChoices(identities=str(table(tmp_path / "w.csv", ["a,b", "1,2"])))
    with pytest.raises(RoadmapError, match="flows_identities"):
        read(tmp_path / "web.csv", choices=wrong)


def test_moments_are_utc_whatever_the_zone_of_the_machine(tmp_path: Path) -> None:
    path = table(tmp_path / "t.csv", ["customer,time,kind", "a,2026-01-01 00:00,x"])
    assert read(path, zone="UTC").column("moment") == [
        round(datetime(2026, 1, 1, tzinfo=UTC).timestamp() * 1000)
    ]
