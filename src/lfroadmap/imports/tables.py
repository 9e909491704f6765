"""Reading tables of tasks and KPIs back: CSV files and Excel sheets, ours or anybody's with such columns.

A column is known by its own name or by what our tables head it with, in any language; others are passed
over.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.snapshot import Source, named, opened, taken
from lfroadmap.imports.xlsx_reader import sheets
from lfroadmap.report.formulas import unguard
from lfroadmap.roadmap.json_source import LIMIT, encoding_of, is_blank
from lfroadmap.roadmap.model import KPI_COLUMNS
from lfroadmap.roadmap.table_rows import MAX_CELL, TASK_COLUMNS, NumberedRow, Row, Rows, TableName
from lfroadmap.words import LANGUAGES, words

if TYPE_CHECKING:
    from _csv import Reader

TABLES: dict[TableName, tuple[str, ...]] = {"tasks": TASK_COLUMNS, "kpis": ("id", *KPI_COLUMNS)}
NAMED_BY: dict[TableName, str] = {"tasks": "task", "kpis": "measure"}
"""The column without which a table is not of its sort."""
ROWS, COLUMNS = 100_000, 100
"""Most rows and columns that are read of all tables in a file."""
_WIDEST = 250_000
"""Most delimiters in a row of a CSV file; what lies beyond the columns is passed over."""
_HEAD = 10
"""Rows at the top in which the heads are looked for: people put titles above them."""


def is_table(path: str) -> bool:
    """Whether a file is one of tables, by its name."""
    return Path(path).suffix.lower() in (".csv", ".tsv", ".xlsx")


def read_tables(source: Source, name: str = "") -> tuple[Rows, ...]:
    """The tables of tasks and KPIs in a CSV file or workbook; raises BrokenSnapshot that names the file."""
    with named(source, name), opened(source) as file:
        data = taken(file, LIMIT + 1)
        if len(data) > LIMIT:
            raise BrokenSnapshot("table_large", limit=LIMIT >> 20)
        found = tuple(_workbook(data) if data.startswith(b"PK") else _csv(data))
        if not found:
            raise BrokenSnapshot("table_unknown", columns=", ".join(TASK_COLUMNS))
        return found


def _workbook(data: bytes) -> Iterator[Rows]:

    room = ROWS
    for title, lines in sheets(data, COLUMNS):
        for table in _tables(title, lines, room):
            room -= len(table.rows)
            yield table


def _csv(data: bytes) -> Iterator[Rows]:
    if is_blank(data):
        raise BrokenSnapshot("snapshot_empty")
    text = io.TextIOWrapper(io.BytesIO(data), encoding_of(data), newline="")
    csv.field_size_limit(MAX_CELL)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=lines.delimiter, strict=False)
    try:
        yield from _tables("", _numbered(reader, lines), ROWS)
    except csv.Error as error:
        raise BrokenSnapshot("table_line", line=reader.line_num, reason=error) from error


class _Lines:
    """The lines of a CSV file; a row that goes on and on is refused before it is made."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.delimiter = self._delimiter()
        self.parts = 0
        """Delimiters since the last row was whole; set to 0 with each."""

    def _delimiter(self) -> str:
        """Excel separates by semicolons where a comma is the decimal sign."""
        first = next((line for line in self._text if line.strip("\r\n")), "")
        self._text.seek(0)
        return max(",;\t", key=first.count)

    def __iter__(self) -> Iterator[str]:
        for n, line in enumerate(self._text, 1):
            self.parts += line.count(self.delimiter)
            if self.parts > _WIDEST:
                raise BrokenSnapshot("table_wide", line=n, columns=f"{COLUMNS:,}")
            yield line


def _numbered(reader: Reader, lines: _Lines) -> Iterator[NumberedRow]:
    """The rows with the number of the line that each ends in."""
    for n, row in enumerate(reader):
        if n > ROWS:
            raise too_long()
        lines.parts = 0
        yield reader.line_num, [unguard(cell) for cell in row[:COLUMNS]]


def too_long() -> BrokenSnapshot:
    """The refusal of more rows than any roadmap has."""
    return BrokenSnapshot("table_long", rows=f"{ROWS:,}")


def _tables(title: str, lines: Iterator[NumberedRow], most: int) -> Iterator[Rows]:
    """The table on a sheet, where one of its first rows has the heads of one; no more is read of others."""
    for _, heads in islice(lines, _HEAD):
        known = {place: column for place, head in enumerate(heads) if (column := _heads().get(_plain(head)))}
        for table, columns in TABLES.items():
            if NAMED_BY[table] in known.values():
                wanted = {place: column for place, column in known.items() if column in columns}
                yield Rows(table, title, tuple(_rows(lines, wanted, most)))
                return


def _rows(lines: Iterator[NumberedRow], columns: dict[int, str], most: int) -> Iterator[Row]:
    for n, (number, cells) in enumerate(lines):
        if n >= most:
            raise too_long()
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
