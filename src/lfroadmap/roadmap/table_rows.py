"""Rows of a table that was read, and the parsing of their cells."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple, Self

from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.foreign_days import DateOrder
from lfroadmap.roadmap.model import KPI_COLUMNS, TASK_DETAILS, Better
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, words

TableName = Literal["tasks", "kpis", "cards"]
Outcome = Literal["add", "change", "same", "skip"]
Reason = Literal[
    "", "twice", "no_words", "no_card", "which_card", "which_one", "no_such_card"
]  # fmt: skip
RemarkKey = Literal[
    "not_day", "undecided", "range_end", "no_year", "bad_mark", "error_cell", "no_result", "differs",
    "swapped", "sign_lost", "no_stage", "done_on_open", "bad_better", "no_field", "no_reading",
    "no_target", "circle", "bad_repeat",
]  # fmt: skip
NumberedRow = tuple[int, list[str]]
"""The number of a row in its sheet or file, from 1, and its cells."""
MAX_CELL = 1_000_000
"""Maximal number of characters in a cell; Excel takes 32,767."""
_EDGES = f"{DIRECTION_MARKS}\ufeff\u200b"
_MOST_IN_CELL = 16_000
"""Characters beyond which an export may have cut a text."""
_GUARD = re.compile(r"(?:^|(?<=[,;|\t\r\n]))'(?=[\s\"']*[=+\-@＝＋－＠])")
"""The apostrophe before what a spreadsheet would take for a formula, as CSV files of ours have it."""
_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
TASK_COLUMNS = ("id", "stage", "card", "task", "done", "done_on", *TASK_DETAILS, "notes", "waits_for")
CARD_COLUMNS = ("id", "stage", "card", "owner", "deadline", "goals", "notes", "start", "waits_for", "moves")
KPI_TABLE_COLUMNS = ("id", *KPI_COLUMNS, "readings")


class Remark(NamedTuple):
    """Something about a cell that a person should know: it was not understood, or not taken as it stands."""

    key: RemarkKey
    column: str = ""
    value: str = ""


class CellFault(str):
    """A cell of a workbook without a usable value: an error, or a formula without a result."""

    __slots__ = ()


class NumberCell(str):
    """A number of a workbook, in which a point is always that of decimals."""

    currency: str

    def __new__(cls, number: str, currency: str) -> Self:
        """The number, and the sign of the currency that the workbook shows beside it, or nothing."""
        cell = super().__new__(cls, number)
        cell.currency = currency
        return cell


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: column -> content; only the columns that the table has."""

    line: int
    """From 1, as the sheet or file counts it."""
    cells: Mapping[str, str]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table and its use."""

    head: str
    """The heading as it stands in the file."""
    role: str = ""
    """What it is read as; empty where it is not read."""
    sample: str = ""
    """The beginning of its first content."""
    place: int = 0
    """Its place in the table, from 0."""
    is_also_done: bool = False
    """True if it may say beside another column that a task is done."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that was read."""

    table: TableName
    title: str
    """The sheet's name; empty in a file of one table."""
    rows: tuple[Row, ...]
    columns: tuple[Column, ...] = ()
    above: tuple[str, ...] = ()
    """Lines above the headings."""
    repeated_heads: int = 0
    hidden_rows: int = 0
    dates: DateOrder = ""
    """The order of day and month that the dates prove together, or that was chosen."""
    undecided: tuple[str, int] | None = None
    """A date whose day and month nothing tells apart, and its row."""
    local_days: int = 0
    """Number of times with a zone, which became days where the reader is."""
    further: tuple[int, tuple[str, ...]] = (0, ())
    """The row in which another table begins, which is not read, and its headings; 0 where there is none."""


@dataclass(frozen=True, slots=True)
class RowImport:
    """The import of one row."""

    table: TableName
    line: int
    outcome: Outcome
    what: str
    """The text of the task or the measure of the KPI."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Column, value before, value after."""
    reason: Reason = ""
    edits: tuple[Edit, ...] = ()
    remarks: tuple[Remark, ...] = ()
    named: str = ""
    """The card or stage that the reason is about."""
    is_day_assumed: bool = False
    """True if it ticks a task without a day, which is then today."""
    node: str = ""
    """Id of the task or the card; empty where there is none."""


class UnusableRow(Exception):
    """A row that cannot be imported; the argument is the reason."""

    def __init__(self, reason: Reason, named: str = "") -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.named = named


def parse_better(typed: str) -> Better | None:
    """The direction of improvement in a cell; None for an unknown word."""
    word = typed.strip().lower()
    if word in ("up", "↑") or word in _table_words("report.up"):
        return "up"
    if word in ("down", "↓") or word in _table_words("report.down"):
        return "down"
    return None if word else ""


@cache
def _table_words(key: str) -> frozenset[str]:
    """The words that our own tables write for a key, in every language."""
    return frozenset(words(language)(key).lower() for language in LANGUAGES)


def matches(value: str, *texts: str) -> bool:
    """True if a cell has one of these texts; a table shows a text without its control characters."""
    return any(
        value == text or joined_lines(value) == joined_lines(clean(text)) or is_altered(value, text)
        for text in texts
    )


def is_altered(value: str, text: str) -> bool:
    """True if a cell has a text as our tables write it: cut to a cell's length, or with guards of formulas.

    A workbook that was made of our CSV keeps the guards, and a workbook's own texts may begin like them.
    """
    if len(value) > _MOST_IN_CELL and clean(text).startswith(value):
        return True
    return "'" in value and _GUARD.sub("", value).strip() == clean(text).strip()


def joined_lines(text: str) -> str:
    """The text in one line, its lines joined by spaces."""
    text = text.strip()
    if text.isascii():
        if text.isprintable():
            return text
    else:
        text = text.strip(_EDGES).strip()
    if not _BREAK.search(text):
        return text
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def format_mark(done: bool, day: str) -> str:
    """A task's mark and its day, for people."""
    return f"✓ {day}".strip() if done else "□"
