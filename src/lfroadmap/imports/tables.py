"""Reading tables of tasks and KPIs: CSV files and Excel sheets, our own or any with such columns.

A column is recognised by its own name or by the heading of our tables in any language; others are ignored.
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
from lfroadmap.imports.snapshot import Source, naming_errors, open_source, read_bytes
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
"""The column that a table must have to be of this kind."""
MAX_ROWS, MAX_COLUMNS = 100_000, 100
"""Maximal number of rows and columns of all tables in a file."""
_MAX_DELIMITERS = 250_000
"""Maximal number of delimiters in a row of a CSV file; cells beyond the columns are ignored."""
_HEADING_ROWS = 10
"""Number of rows at the top that may contain the headings: people put titles above them."""


def is_table(path: str) -> bool:
    """True if a file is one of tables, by its name."""
    return Path(path).suffix.lower() in (".csv", ".tsv", ".xlsx")


def read_tables(source: Source, name: str = "") -> tuple[Rows, ...]:
    """The tables of tasks and KPIs in a CSV file or workbook; raises BrokenSnapshot that names the file."""
    with naming_errors(source, name), open_source(source) as file:
        data = read_bytes(file, LIMIT + 1)
        if len(data) > LIMIT:
            raise BrokenSnapshot("table_large", limit=LIMIT >> 20)
        found = tuple(_workbook(data) if data.startswith(b"PK") else _csv(data))
        if not found:
            raise BrokenSnapshot("table_unknown", columns=", ".join(TASK_COLUMNS))
        return found


def _workbook(data: bytes) -> Iterator[Rows]:

    remaining = MAX_ROWS
    for title, lines in sheets(data, MAX_COLUMNS):
        for table in _tables(title, lines, remaining):
            remaining -= len(table.rows)
            yield table


def _csv(data: bytes) -> Iterator[Rows]:
    if is_blank(data):
        raise BrokenSnapshot("snapshot_empty")
    text = io.TextIOWrapper(io.BytesIO(data), encoding_of(data), newline="")
    csv.field_size_limit(MAX_CELL)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=lines.delimiter, strict=False)
    try:
        yield from _tables("", _numbered(reader, lines), MAX_ROWS)
    except csv.Error as error:
        raise BrokenSnapshot("table_line", line=reader.line_num, reason=error) from error


class _Lines:
    """The lines of a CSV file; an endless row is refused before it is parsed."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.delimiter = self._delimiter()
        self.delimiters = 0
        """Delimiters since the last complete row; reset to 0 with each."""

    def _delimiter(self) -> str:
        """The delimiter; Excel uses semicolons where a comma is the decimal separator."""
        first = next((line for line in self._text if line.strip("\r\n")), "")
        self._text.seek(0)
        return max(",;\t", key=first.count)

    def __iter__(self) -> Iterator[str]:
        for n, line in enumerate(self._text, 1):
            self.delimiters += line.count(self.delimiter)
            if self.delimiters > _MAX_DELIMITERS:
                raise BrokenSnapshot("table_wide", line=n, columns=f"{MAX_COLUMNS:,}")
            yield line


def _numbered(reader: Reader, lines: _Lines) -> Iterator[NumberedRow]:
    """The rows with the number of the last line of each."""
    for n, row in enumerate(reader):
        if n > MAX_ROWS:
            raise table_too_long()
        lines.delimiters = 0
        yield reader.line_num, [unguard(cell) for cell in row[:MAX_COLUMNS]]


def table_too_long() -> BrokenSnapshot:
    """The error for more rows than any roadmap has."""
    return BrokenSnapshot("table_long", rows=f"{MAX_ROWS:,}")


def _tables(title: str, lines: Iterator[NumberedRow], limit: int) -> Iterator[Rows]:
    """The table on a sheet with headings in its first rows; other sheets are not read further."""
    names = _columns_by_heading()
    for _, headings in islice(lines, _HEADING_ROWS):
        columns = {
            place: name for place, heading in enumerate(headings) if (name := names.get(_normalized(heading)))
        }
        for table, own in TABLES.items():
            if NAMED_BY[table] in columns.values():
                present = {place: name for place, name in columns.items() if name in own}
                yield Rows(table, title, tuple(_rows(lines, present, limit)))
                return


def _rows(lines: Iterator[NumberedRow], columns: dict[int, str], limit: int) -> Iterator[Row]:
    for n, (number, cells) in enumerate(lines):
        if n >= limit:
            raise table_too_long()
        values = {column: cells[place] if place < len(cells) else "" for place, column in columns.items()}
        if any(value.strip() for column, value in values.items() if column != "done"):
            yield Row(number, values)


@cache
def _columns_by_heading() -> dict[str, str]:
    """Normalized heading -> the column."""
    columns = {column for names in TABLES.values() for column in names}
    out = {_normalized(words(each)(f"sheet.{column}")): column for each in LANGUAGES for column in columns}
    return out | {_normalized(column): column for column in columns} | {"text": "task", "title": "task"}


def _normalized(heading: str) -> str:
    return " ".join(heading.replace("_", " ").split()).casefold()
