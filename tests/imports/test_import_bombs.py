"""Small files that would fill the memory or take minutes are refused with words, in bounded room."""

from __future__ import annotations

import base64
import bz2
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from bombs import MAIN, MEGABYTE, ROWS, Part, read_each, relations, workbook, zipped

pytestmark = pytest.mark.proof

MOST = 300
"""Megabytes that reading may take in all."""

STYLES = f'<styleSheet xmlns="{MAIN}">'.encode()
STRINGS = f'<sst xmlns="{MAIN}"><si><t>task</t></si>'.encode()
SHEET = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
BOOK = workbook()["xl/workbook.xml"]
SHEET_END = ROWS + b"</sheetData></worksheet>"
assert isinstance(BOOK, bytes)

Made = Callable[[], bytes]


def book(**parts: Part | bytes) -> Made:
    return lambda: zipped(workbook(**parts))


def more(**parts: Part | bytes) -> Made:
    """A workbook with parts that no table needs."""
    return lambda: zipped({**workbook(), **{f"xl/{name}.xml": part for name, part in parts.items()}})


WORKBOOKS: dict[str, tuple[Made, str]] = {
    "merged cells": (
        book(sheet=Part(SHEET + SHEET_END[:-12] + b"<mergeCells>", b'<mergeCell ref="A1:B2"/>', 9_000_000)),
        "workbook_large",
    ),
    "formats of cells": (
        book(styles=Part(STYLES + b"<cellXfs>", b"<xf/>", 20_000_000, b"</cellXfs></styleSheet>")),
        "workbook_large",
    ),
    "number formats": (
        book(styles=Part(STYLES, b'<numFmt numFmtId="200" formatCode="0"/>', 3_000_000)),
        "workbook_large",
    ),
    "other styles": (book(styles=Part(STYLES, b"<font/>", 20_000_000)), "workbook_large"),
    "empty texts": (
        book(
            strings=Part(STRINGS, b"<si/>", 20_000_000, b"</sst>"), rows=ROWS.replace(b">0<", b">19999999<")
        ),
        "workbook_large",
    ),
    "long texts": (
        book(
            strings=Part(STRINGS, b"<si><t>" + b"x" * 900_000 + b"</t></si>", 500),
            rows=ROWS.replace(b">0<", b">400<"),
        ),
        "workbook_large",
    ),
    "an endless text": (
        book(strings=Part(STRINGS + b"<si><t>", b"x" * 1000, 500_000), rows=ROWS.replace(b">0<", b">1<")),
        "workbook_large",
    ),
    "a text in many cells": (
        book(
            strings=STRINGS + b"<si><t>" + b"x" * 900_000 + b"</t></si></sst>",
            sheet=Part(SHEET + ROWS, b'<row><c t="s"><v>1</v></c></row>', 90_000, SHEET_END),
        ),
        "workbook_large",
    ),
    "blank rows without end": (book(sheet=Part(SHEET, b"<row/>", 20_000_000, SHEET_END)), "workbook_large"),
    "cells without end": (
        book(sheet=Part(SHEET + b"<row>", b"<c/>", 20_000_000, b"</row>")),
        "workbook_large",
    ),
    "wide rows": (
        book(sheet=Part(SHEET, b"<row>" + b'<c t="n"><v>1</v></c>' * 16_384 + b"</row>", 1000)),
        "table_unknown",
    ),
    "a long value": (book(sheet=Part(SHEET + b"<row><c><v>", b"1" * 1000, 200_000)), "workbook_large"),
    "blanks": (book(sheet=Part(SHEET, b" " * 1000, 1_000_000, SHEET_END)), "workbook_large"),
    "line ends": (book(sheet=Part(SHEET, b"\n" * 1000, 100_000, SHEET_END)), "workbook_large"),
    "entities": (book(sheet=Part(SHEET + b"<row><c><v>", b"&amp;" * 1000, 50_000)), "workbook_large"),
    "rows": (book(sheet=Part(SHEET + ROWS, b"<row><c><v>1</v></c></row>", 100_001, SHEET_END)), "table_long"),
    "names": (book(book=Part(BOOK[:-11], b"<definedName>x</definedName>", 9_000_000)), "workbook_large"),
    "sheets": (book(book=Part(BOOK[:-20], b'<sheet name="x" r:id="r1"/>', 9_000_000)), "workbook_large"),
    "relations": (
        book(rels=Part(relations()[:-16], b'<Relationship Type="a/worksheet"/>', 9_000_000)),
        "workbook_large",
    ),
    "nesting": (book(sheet=Part(SHEET, b"<row>", 20_000_000)), "table_workbook"),
    "attributes": (book(sheet=Part(SHEET + b"<row", b' a="1"', 20_000_000)), "workbook_large"),
    "a long attribute": (book(sheet=Part(SHEET + b'<row a="', b"x" * 1000, 200_000)), "workbook_large"),
    "a long comment": (book(sheet=Part(SHEET + b"<!--", b" <x" * 1000, 200_000)), "workbook_large"),
    "a long instruction": (book(sheet=Part(SHEET + b"<?x ", b"x>" * 1000, 200_000)), "workbook_large"),
    "a long name": (book(sheet=Part(SHEET + b"<", b"x" * 1000, 200_000)), "workbook_large"),
    "entities of its own": (
        book(
            strings=b'<!DOCTYPE sst [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
            + STRINGS
            + b"<si><t>&b;</t></si></sst>"
        ),
        "table_workbook",
    ),
    "entities of another file": (
        book(book=b'<!DOCTYPE a SYSTEM "file:///etc/passwd">' + BOOK),
        "table_workbook",
    ),
    "an encoding that is none": (
        book(sheet=b'<?xml version="1.0" encoding="rot13"?>' + SHEET),
        "table_workbook",
    ),
    "many files": (lambda: zipped(workbook() | {f"x{n}": b"" for n in range(20_000)}), "workbook_large"),
    "another packing": (
        lambda: zipped(workbook(sheet=Part(SHEET, method=12, packed=bz2.compress(bytes(50 * MEGABYTE))))),
        "table_workbook",
    ),
    "a third packing": (
        book(
            sheet=Part(
                SHEET,
                method=14,
                packed=b"\x09\x04\x05\0]\0\0\x80\0"
                + lzma.compress(bytes(MEGABYTE), lzma.FORMAT_RAW, filters=[{"id": lzma.FILTER_LZMA1}]),
            )
        ),
        "table_workbook",
    ),
    "a password": (book(sheet=Part(SHEET, flags=1)), "table_workbook"),
    "a size that is too small": (
        book(sheet=Part(SHEET, b"<row/>", 100, SHEET_END, claims=90)),
        "table_workbook",
    ),
    "no packed data": (book(sheet=Part(SHEET, packed=b"\xff" * 100)), "table_workbook"),
}
"""What is too much of what, and how it is refused."""

PLENTY: dict[str, Made] = {
    "parts that are not read": more(
        comments1=Part(b"<c>", b"<c/>", 20_000_000), theme=Part(b"", b"<x>", 9_000_000)
    ),
    "a size that is too large": book(sheet=Part(SHEET + SHEET_END, claims=2**32 - 1)),
    "a column of a million blank rows": book(
        sheet=Part(
            SHEET + ROWS, b'<row r="9"><c r="B9" s="0"/></row>', 1_048_574, b"</sheetData></worksheet>"
        )
    ),
    "texts behind those that are needed": book(strings=Part(STRINGS, b"<si/>", 20_000_000)),
}
"""What is much and does no harm: the one task in it is read."""


def head(roadmap: str) -> str:
    return f'{{"format":"lfroadmap","version":2,"roadmap":{roadmap}'


def repeated(begin: str, unit: str, times: int, end: str = "") -> Made:
    def made() -> bytes:
        return (begin + unit * times + end).encode()

    return made


OTHERS: dict[str, tuple[Made, str]] = {
    "wrong changes.json": (
        repeated(head('{"id":"r"},"history":[{}'), ",{}", 480_000, "]}"),
        "snapshot_missing",
    ),
    "a change without end.json": (
        repeated('{"format":"lfroadmap","history":[{"a":"', "x" * 1000, 60_000),
        "snapshot_too_large",
    ),
    "wrong stages.json": (
        repeated(head('{"id":"r","stages":[1'), ",1", 900_000, "]}}"),
        "snapshot_wants_object",
    ),
    "empty stages.json": (
        repeated(head('{"id":"r","stages":[{}'), ",{}", 480_000, "]}}"),
        "snapshot_missing",
    ),
    "wrong kpis.json": (repeated(head('{"id":"r","kpis":[{}'), ",{}", 480_000, "]}}"), "snapshot_missing"),
    "options.json": (
        repeated(
            head('{"id":"r","stages":[{"id":"s","cards":[{"id":"c","fields":[{"id":"f","options":[1'),
            ",1",
            900_000,
            "]}]}]}]}}",
        ),
        "snapshot_crowded",
    ),
    "keys.json": (
        lambda: head('{"id":"r",' + ",".join(f'"k{n}":1' for n in range(400_000)) + "}}").encode(),
        "snapshot_crowded",
    ),
    "quotes.json": (lambda: b'"' + b'\\"' * 10_000_000 + b"," * 1_100_000 + b"\\", "kind_text"),
    "nesting.json": (repeated("", "[", 900_000), "snapshot_not_json"),
    "digits.json": (
        repeated('{"format":"lfroadmap","version":', "1" * 1000, 40_000, "}"),
        "snapshot_not_json",
    ),
    "line ends.json": (repeated("", "\n" * 1000, 40_000, "x"), "table_unknown"),
    "NULs.json": (lambda: bytes(40 * MEGABYTE), "kind_binary"),
    "scripts.html": (repeated("", '<script id=lfroadmap type="x">', 1_500_000), "snapshot_no_data"),
    "empty blocks.html": (
        repeated("", '<script id=lfroadmap type="application/json"></script>', 800_000),
        "snapshot_no_data",
    ),
    "metas.html": (repeated("", '<meta name=lfroadma content="x">', 1_500_000), "snapshot_no_data"),
    "a spare.html": (
        lambda: (
            b'<meta name="lfroadmap" content="%b">' % base64.b64encode(bz2.compress(bytes(100 * MEGABYTE)))
        ),
        "snapshot_too_large",
    ),
    "parts.mhtml": (
        repeated("From: x\nContent-Type: multipart/related; boundary=x\n\n", "--x\nA: b\n\n", 4_000_000),
        "snapshot_no_data",
    ),
    "a long part.mhtml": (
        repeated(
            "From: x\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n"
            "Content-Transfer-Encoding: quoted-printable\n\n<p>",
            "=D7=90" * 100,
            150_000,
        ),
        "snapshot_no_data",
    ),
    "a long page.html": (repeated("<p>", "x" * 1000, 110_000), "snapshot_too_large"),
    "a field.csv": (repeated("task,card\n", "x" * 1000, 45_000), "table_line"),
    "a quoted field.csv": (repeated('task,card\n"', '""\n' * 1000, 15_000), "table_line"),
    "columns.csv": (repeated("task,card\n", ",", 2_000_000), "table_wide"),
    "columns over many lines.csv": (repeated("task,card\nx", ',"\n"', 9_000_000), "table_wide"),
    "heads.csv": (repeated("task", ",task", 200_000), "read"),
    "lines.csv": (repeated("task,card\n", "\n", 40_000_000), "table_long"),
    "NULs.csv": (lambda: bytes(40 * MEGABYTE), "kind_binary"),
    "large.csv": (lambda: bytes(100 * MEGABYTE), "table_large"),
    "wide letters.csv": (
        lambda: "task\n".encode("utf-16") + "😀\n".encode("utf-16-le") * 9_000_000,
        "table_large",
    ),
}


def check(files: dict[str, tuple[Made, str]], folder: Path) -> None:
    paths = [folder / name for name in files]
    for path, (made, _) in zip(paths, files.values(), strict=True):
        path.write_bytes(made())
    outcomes = dict(zip(files, read_each(paths), strict=True))
    for name, outcome in outcomes.items():
        print(f"{outcome.megabytes:>5} MB {outcome.seconds:>6.2f} s  {outcome.result:<22} {name}")
    assert {name: outcome.result for name, outcome in outcomes.items()} == {
        n: result for n, (_, result) in files.items()
    }
    assert {name: outcome for name, outcome in outcomes.items() if outcome.megabytes > MOST} == {}


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    check({f"{name}.xlsx": made for name, made in WORKBOOKS.items()}, tmp_path)


def test_what_is_much_and_not_needed_costs_nothing(tmp_path: Path) -> None:
    check({f"{name}.xlsx": (made, "read") for name, made in PLENTY.items()}, tmp_path)


def test_other_files_that_hold_too_much_are_refused(tmp_path: Path) -> None:
    check(OTHERS, tmp_path)
