"""The cells of a table after reading: days, marks of done, errors, texts in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lfroadmap.roadmap.foreign_days import EPOCH, DateOrder, ParsedDay, judge, parse_day
from lfroadmap.roadmap.import_words import read_mark
from lfroadmap.roadmap.table_rows import CellFault, Remark, Row, joined_lines

_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
     "#BLOCKED!", "#CONNECT!", "#GETTING_DATA", "#ERROR!", "#N/A N/A", "#UNKNOWN!")
)  # fmt: skip
"""The errors of spreadsheets, as they stand in a CSV file."""
_LONG = ("goals", "definition", "notes", "readings", "waits_for", "moves")
_DAY_COLUMNS = ("due", "done_on", "deadline", "start")
_YEAR = re.compile(r"\d{4}|[/.]\d{2}$", re.ASCII)


@dataclass(slots=True)
class RawRow:
    """A row as it is being read."""

    line: int
    cells: dict[str, str]
    remarks: list[Remark] = field(default_factory=list)
    is_bare: bool = False
    """True if it names a place at most, as the prepared rows of a form do."""

    def leave_out(self, column: str, remark: Remark) -> None:
        """Take a cell for one that is not there, and say so."""
        del self.cells[column]
        self.remarks.append(remark)


class CheckedRows(NamedTuple):
    """The rows of a table with their days decided."""

    rows: tuple[Row, ...]
    dates: DateOrder
    undecided: tuple[str, int] | None
    local_days: int


def cell_text(cell: str, column: str) -> str:
    """The text of a cell without invisible marks around it, in one line except where texts are long."""
    return cell if column in _LONG or cell.__class__ is CellFault else joined_lines(cell)


def drop_faults(row: RawRow) -> None:
    """Leave out the cells with an error of the spreadsheet in them."""
    for column, cell in [*row.cells.items()]:
        if cell.__class__ is CellFault:
            row.leave_out(column, Remark("error_cell" if cell else "no_result", column, str(cell)))
        elif cell[:1] == "#" and cell in _ERRORS:
            row.leave_out(column, Remark("error_cell", column, cell))


def checked(rows: Sequence[RawRow], chosen: DateOrder, today: date, first_day: date = EPOCH) -> CheckedRows:
    """The rows with their days as `YYYY-MM-DD`, in the order that all date columns prove together.

    `first_day` is the day 0 of days that are plain numbers.
    """
    days = _Days(today, first_day)
    _marks_that_are_days(rows, days)
    order, doubtful = judge(filter(None, map(days.parse, _day_cells(rows))))
    days.order = chosen or order
    for row in rows:
        for column in _DAY_COLUMNS:
            if row.cells.get(column):
                days.decide(row, column)
    found = tuple(Row(row.line, row.cells, tuple(row.remarks)) for row in rows)
    undecided = None if days.order or doubtful is None else days.undecided
    return CheckedRows(found, days.order if days.is_needed else "", undecided, days.local)


def _day_cells(rows: Iterable[RawRow]) -> Iterable[str]:
    cells = (row.cells.get(column) for row in rows for column in _DAY_COLUMNS)
    return dict.fromkeys(cell for cell in cells if cell)


def _marks_that_are_days(rows: Sequence[RawRow], days: _Days) -> None:
    """A day under Done is the day it was done; a mark under Done on is a mark."""
    for row in rows:
        done, on_day = row.cells.get("done"), row.cells.get("done_on")
        if done and not on_day and read_mark(done) is None and _YEAR.search(done) and days.parse(done):
            row.cells |= {"done": "TRUE", "done_on": done}
        elif on_day and days.parse(on_day) is None and read_mark(on_day) is not None:
            row.cells["done"] = row.cells.get("done") or on_day
            del row.cells["done_on"]


class _Days:
    """The days of a table; each text is parsed once."""

    def __init__(self, today: date, first_day: date) -> None:
        self._today, self._first_day = today, first_day
        self._parsed: dict[str, ParsedDay | None] = {}
        self.order: DateOrder = ""
        self.is_needed = False
        """True if the order decided any day."""
        self.undecided: tuple[str, int] | None = None
        self.local = 0

    def parse(self, text: str) -> ParsedDay | None:
        """The day in a text."""
        if text not in self._parsed:
            self._parsed[text] = parse_day(text, self._today, self._first_day)
        return self._parsed[text]

    def _order_for(self, parsed: ParsedDay) -> DateOrder:
        """The order of the table, or the only one in which this is a day."""
        possible = parsed.possible()
        return self.order or (possible[0] if len(possible) == 1 else "")

    def decide(self, row: RawRow, column: str) -> None:
        """Put the day in place of the text; a text that is none is left out."""
        text = row.cells[column]
        parsed = self.parse(text)
        if parsed is not None and parsed.is_certain:
            row.cells[column] = str(parsed.day)
            return
        day = parsed.on(self._order_for(parsed)) if parsed else None
        if parsed is None or day is None:
            is_open = parsed is not None and not self.order
            if is_open and self.undecided is None:
                self.undecided = (text, row.line)
            row.leave_out(column, Remark("undecided" if is_open else "not_day", column, text))
            return
        row.cells[column] = day.isoformat()
        self.is_needed |= parsed.numbers is not None
        self.local += parsed.clock is not None
        if parsed.note in ("range_end", "no_year"):
            row.remarks.append(Remark(parsed.note, column, text))
