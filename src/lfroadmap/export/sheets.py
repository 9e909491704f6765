"""Reading tables of tasks and KPIs back: CSV files and Excel sheets, ours or anybody's with such columns.

A column is known by its own name or by what our tables head it with, in any language; others are passed
over.
"""

from __future__ import annotations

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.export.formulas import unguard
from lfroadmap.export.snapshot import file_bytes, not_read
from lfroadmap.roadmap import schema
from lfroadmap.roadmap.model import KPI_COLUMNS
from lfroadmap.roadmap.rows import TASK_COLUMNS, Row, Rows, TableName
from lfroadmap.words import LANGUAGES, words

TABLES: dict[TableName, tuple[str, ...]] = {"tasks": TASK_COLUMNS, "kpis": ("id", *KPI_COLUMNS)}
NAMED_BY: dict[TableName, str] = {"tasks": "task", "kpis": "measure"}
"""The column without which a table is not of its sort."""
ROWS, COLUMNS, LONGEST = 100_000, 100, 1_000_000
"""Most rows and columns that are read of a table, and most characters of a cell."""
_UNPACKED = 256 * 1024 * 1024
"""Most bytes that a workbook may come to when it is unpacked."""
_HEAD = 10
"""Rows at the top in which the heads are looked for: people put titles above them."""

Line = tuple[int, list[str]]


def is_table(path: str) -> bool:
    """Whether a file is one of tables, by its name."""
    return Path(path).suffix.lower() in (".csv", ".tsv", ".xlsx")


def read_tables(source: Path | bytes, name: str = "") -> tuple[Rows, ...]:
    """The tables of tasks and KPIs in a CSV file or workbook; raises BrokenSnapshot that names the file."""
    try:
        data = file_bytes(source) if isinstance(source, Path) else source
        if len(data) > schema.LIMIT:
            raise schema.too_large()
        found = tuple(_workbook(data) if data.startswith(b"PK") else _csv(data))
        if not found:
            raise BrokenSnapshot("table_unknown", columns=", ".join(TASK_COLUMNS))
        return found
    except BrokenSnapshot as error:
        raise not_read(error, source, name) from error


def _csv(data: bytes) -> Iterator[Rows]:
    text = schema.decode(data)
    if not text.strip():
        raise BrokenSnapshot("snapshot_empty")
    csv.field_size_limit(LONGEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    try:
        lines = [(reader.line_num, [unguard(cell) for cell in row]) for row in _some(reader)]
    except csv.Error as error:
        raise BrokenSnapshot("table_line", line=reader.line_num, reason=error) from error
    yield from _tables("", lines)


def _delimiter(text: str) -> str:
    """Excel separates by semicolons where a comma is the decimal sign."""
    first = text.lstrip("\ufeff\r\n").split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _some(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    for n, row in enumerate(rows):
        if n > ROWS:
            raise BrokenSnapshot("table_long", rows=f"{ROWS:,}")
        yield row[:COLUMNS]


def _workbook(data: bytes) -> Iterator[Rows]:
    try:
        from openpyxl import load_workbook  # type: ignore[import-untyped] # noqa: PLC0415 - an extra
    except ImportError as error:
        raise BrokenSnapshot("needs_openpyxl") from error
    _check_archive(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of parts that it does not read, such as data bars
        try:
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [(sheet.title, _lines(sheet)) for sheet in book.worksheets]
        except BrokenSnapshot:
            raise
        except Exception as error:  # the library raises whatever it stumbles on
            raise BrokenSnapshot("table_workbook") from error
    for title, lines in sheets:
        yield from _tables(title, lines)


def _check_archive(data: bytes) -> None:
    """Refuse what would fill the memory before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BrokenSnapshot("table_workbook") from error
    if sum(part.file_size for part in parts) > _UNPACKED:
        raise schema.too_large()
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise BrokenSnapshot("table_workbook")


def _lines(sheet: Any) -> list[Line]:  # noqa: ANN401 - a sheet of a library without types
    """The rows of a sheet that hold something, as texts, each with its number."""
    sheet.reset_dimensions()  # what the file says of its own size may be wrong
    out: list[Line] = []
    for n, row in enumerate(sheet.iter_rows(values_only=True, max_col=COLUMNS), 1):
        if len(out) > ROWS or n > 20 * ROWS:
            raise BrokenSnapshot("table_long", rows=f"{ROWS:,}")
        cells = [_cell(value) for value in row]
        if any(cells):
            out.append((n, cells))
    return out


def _cell(value: object) -> str:
    """What stands in a cell, as it would be typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)[:LONGEST]


def _tables(title: str, lines: list[Line]) -> Iterator[Rows]:
    """The table on a sheet, where it has the heads of one."""
    for at, (_, heads) in enumerate(lines[:_HEAD]):
        known = {place: column for place, head in enumerate(heads) if (column := _heads().get(_plain(head)))}
        for table, columns in TABLES.items():
            if NAMED_BY[table] in known.values():
                wanted = {place: column for place, column in known.items() if column in columns}
                yield Rows(table, title, tuple(_rows(lines[at + 1 :], wanted)))
                return


def _rows(lines: list[Line], columns: dict[int, str]) -> Iterator[Row]:
    for number, cells in lines:
        held = {column: cells[place] if place < len(cells) else "" for place, column in columns.items()}
        if any(value.strip() for column, value in held.items() if column != "done"):
            yield Row(number, held)


@cache
def _heads() -> dict[str, str]:
    """What heads a column -> the column."""
    columns = {column for names in TABLES.values() for column in names}
    out = {_plain(words(each)(f"sheet.{column}")): column for each in LANGUAGES for column in columns}
    return out | {_plain(column): column for column in columns} | {"text": "task", "title": "task"}


def _plain(head: str) -> str:
    return " ".join(head.replace("_", " ").split()).casefold()
