"""Files that are not in order: each bad row with its reason, place and words; no good row is lost."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from commanding import Capture, at_home, good, run
from lfroadmap.flows.sources.bad_rows import REASONS
from lfroadmap.words import LANGUAGES, Language, words
from reading_events import read, table

HEAD = "customer,time,kind"
GOOD = "a,2026-01-01,visit"


def rows(count: int) -> list[str]:
    return [f"c{n},2026-01-01,visit" for n in range(count)]


LINES: dict[str, tuple[list[bytes], dict[str, tuple[int, ...]], int]] = {
    "unclosed quote": ([b'b,2026-01-01,"visit', b"c,2026-01-01,buy"], {"quote": (3,)}, 2),
    "unclosed quote before another": (
        [b'b,2026-01-01,"visit', b'c,2026-01-01,"buy"', b'd,2026-01-01,5" pipe'],
        {"quote": (3,)},
        3,
    ),
    "unclosed quote at the end": ([b'b,2026-01-01,"visit'], {"quote": (3,)}, 1),
    "a cell of two lines": ([b'b,2026-01-01,"visit', b'again"', b"c,x,buy"], {"time": (5,)}, 2),
    "mixed separators": ([b"b;2026-01-01;visit", b"c,2026-01-01,buy"], {"columns": (3,)}, 2),
    "more cells": ([b"b,2026-01-01,visit,x", b"c,2026-01-01,buy,"], {"columns": (3,)}, 2),
    "fewer cells": ([b"b,2026-01-01"], {"columns": (3,)}, 1),
    "blank lines": ([b"", b",,", b"c,x,buy"], {"time": (5,)}, 1),
    "damaged characters": (
        ["דנה,2026-01-01,visit".encode(), b"\xe3\xf0\xe4,2026-01-01,visit"], {"encoding": (4,)}, 2,
    ),
    "mixed line ends": ([b"b,2026-01-01,visit\r", b"c,x,visit\r", b"d,2026-01-01,visit"], {"time": (4,)}, 3),
    "nothing where something is needed": (
        [b",2026-01-01,visit", b"b,,visit", b"c,2026-01-01,", b'"",2026-01-01,visit'],
        {"no_customer": (3, 6), "no_time": (4,), "no_kind": (5,)},
        1,
    ),
    "times that cannot be": (
        [b"b,%s,visit" % day for day in (b"0001-01-01", b"9999-12-31", b"2026-02-31", b"soon")],
        {"time_range": (3, 4), "time": (5, 6)},
        1,
    ),
    "NUL": ([b"b,2026-01-01,vi\0sit"], {}, 2),
}  # fmt: skip


@pytest.mark.parametrize("what", LINES)
@pytest.mark.quick_cases(3)
def test_bad_rows_are_named_and_the_others_read(tmp_path: Path, what: str) -> None:
    lines, bad, events = LINES[what]
    path = tmp_path / "t.csv"
    path.write_bytes(b"\n".join([HEAD.encode(), GOOD.encode(), *lines]) + b"\n")
    found = read(path)
    assert (found.bad, found.reading.events) == (bad, events)
    assert found.reading.rows == found.reading.events + found.reading.bad_count
    assert {(int(row), reason) for _, row, reason, _ in found.rejects} == {
        (row, each.reason) for each in found.reading.bad for row in each.rows
    }


def test_an_unclosed_quote_far_up_loses_its_own_row_only(tmp_path: Path) -> None:
    found = read(table(tmp_path / "t.csv", [HEAD, *rows(5), 'x,2026-01-01,"visit', *rows(5000)]))
    assert (found.bad, found.reading.events) == ({"quote": (7,)}, 5005)


@pytest.mark.parametrize("length", [2_500_000, 17_000_000])
@pytest.mark.quick_cases(1)
def test_a_long_line_is_read_or_named(tmp_path: Path, length: int) -> None:
    path = table(tmp_path / "t.csv", [f"{HEAD},content", f"{GOOD},{'x' * length}", f"{GOOD},y"])
    found = read(path)
    if length < 10_000_000:
        assert [len(content) for content in found.column("content")] == [length, 1]
    else:
        assert (found.bad, found.column("content")) == ({"too_long": (2,)}, ["y"])


def test_bad_json_lines_are_rows(tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    good_row = b'{"customer": "a", "time": "2026-01-01", "kind": "visit", "extra": {"x": [1]}}'
    path.write_bytes(b"\n".join([good_row, b"{bad", b"", b"[1]", b'{"customer": "\xff"}', good_row, b"{}"]))
    found = read(path)
    assert (found.bad, found.reading.events) == ({"json": (2, 4, 5), "no_customer": (7,)}, 2)


def test_a_title_above_the_headings_and_a_mark_of_the_separator_are_passed_over(tmp_path: Path) -> None:
    lines = ["Report of January", "", HEAD.replace(",", ";"), "a;x;visit", "b;2026-01-01;visit"]
    found = read(table(tmp_path / "t.csv", lines))
    assert (found.bad, found.reading.events) == ({"time": (4,)}, 1)
    lines = ["sep=|", HEAD.replace(",", "|"), "a|x|visit", "b|2026-01-01|visit"]
    found = read(table(tmp_path / "s.csv", lines))
    assert (found.bad, found.reading.events) == ({"time": (3,)}, 1)


def test_bytes_behind_the_sample_decide_the_encoding(tmp_path: Path) -> None:
    lines = [HEAD, *rows(60_000), "דנה,2026-01-01,ביקור"]
    found = read(table(tmp_path / "t.csv", lines, "cp1255"))
    assert found.column("customer")[-1] == "דנה"
    assert found.reading.files[0].encoding == "Windows-1255"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    at_home(tmp_path, monkeypatch)
    return tmp_path


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "snapshot_empty"),
    "blank": (b"\n\n  \n", "snapshot_empty"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(200), "kind_picture"),
    "roadmap": (b"SQLite format 3\0" + bytes(200), "flows_no_table"),
    "parquet": (b"PAR1" + bytes(200), "flows_parquet"),
    "workbook": (b"PK\x03\x04" + bytes(200), "table_workbook"),
    "gzip": (b"\x1f\x8b\x08" + bytes(20), "snapshot_unreadable"),
    "json": (b"[{]", "flows_json"),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("what", FILES)
@pytest.mark.quick_cases(5)
def test_a_file_that_is_no_table_is_refused_in_words(
    home: Path, capsys: Capture, what: str, language: Language
) -> None:
    data, key = FILES[what]
    Path("t.csv").write_bytes(data)
    ran = run(capsys, "measure", "t.csv", "--lang", language)
    begins = words(language)(f"error.{key}", reason="REASON").partition("REASON")[0].strip()[:20]
    assert (ran.status, ran.out) == (1, "")
    assert "t.csv" in ran.err and begins in ran.err and "Traceback" not in ran.err


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
def test_headings_without_rows_and_bad_rows_alone_are_said(
    home: Path, capsys: Capture, language: Language
) -> None:
    Path("t.csv").write_text(f"{HEAD}\n", "utf-8")
    ran = run(capsys, "measure", "t.csv", "--lang", language)
    assert ran.status == 1 and words(language)("error.flows_no_rows") in ran.err
    Path("t.csv").write_text(f"{HEAD}\na,soon,visit\n", "utf-8")
    ran = run(capsys, "measure", "t.csv", "--lang", language)
    assert ran.status == 1 and words(language)("error.flows_no_events", rows="1") in ran.err
    assert words(language)("flows.why_time") in ran.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_has_its_words(language: Language) -> None:
    assert all(words(language)(f"flows.why_{reason}") for reason in REASONS)


def test_bad_rows_are_written_out(home: Path, capsys: Capture) -> None:
    table(Path("t.csv"), [HEAD, GOOD, "b,soon,visit", 'c,2026-01-01,"visit', "=1+1,,x"])
    ran = run(capsys, "measure", "t.csv", "--rejects", "bad.csv", "--json")
    assert ran.status == 0 and "Rows left out: 3" in ran.err
    with Path("bad.csv").open(encoding="utf-8-sig", newline="") as file:
        found = [row[1:] for row in csv.reader(file)]
    assert found == [
        ["row", "reason", "text"],
        ["4", "a quote that is not closed", 'c,2026-01-01,"visit'],
        ["3", "a time that cannot be read", "soon"],
        ["5", "no time", "'=1+1 · x"],
    ]
    assert run(capsys, "measure", "t.csv", "--rejects", "t.csv").status == 2
    assert good(capsys, "measure", "t.csv", "--dry-run").count("a quote that is not closed") == 1
