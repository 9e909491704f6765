"""Rows of a table that was read, and the parsing of their cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import TASK_DETAILS, Better
from lfroadmap.text import clean
from lfroadmap.words import LANGUAGES, words

TableName = Literal["tasks", "kpis"]
Outcome = Literal["add", "change", "same", "skip"]
Reason = Literal["", "twice", "no_words", "no_card", "which_card", "which_one", "bad_mark", "bad_better"]
NumberedRow = tuple[int, list[str]]
"""The number of a row in its sheet or file, from 1, and its cells."""
MAX_CELL = 1_000_000
"""Maximal number of characters in a cell; Excel takes 32,767."""
TASK_COLUMNS = ("id", "stage", "card", "task", "done", "done_on", *TASK_DETAILS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: column -> content; only the columns that the table has."""

    line: int
    """From 1, as the sheet or file counts it."""
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table that was read."""

    table: TableName
    title: str
    """The sheet's name; empty in a file of one table."""
    rows: tuple[Row, ...]


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


class UnusableRow(Exception):
    """A row that cannot be imported; the argument is the reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


_DONE = frozenset(("true", "1", "1.0", "yes", "y", "x", "v", "☑", "✓", "✔", "כן", "אמת"))
_OPEN = frozenset(("", "false", "0", "0.0", "no", "n", "-", "—", "☐", "לא", "שקר"))


def parse_mark(typed: str) -> bool:
    """True if a cell marks a task as done; raises UnusableRow for an unknown mark."""
    word = typed.strip().lower()
    if word in _OPEN or word in _table_words("report.open"):
        return False
    if word in _DONE or word in _table_words("report.done"):
        return True
    raise UnusableRow("bad_mark")


def parse_better(typed: str) -> Better:
    """The direction of improvement in a cell; raises UnusableRow for an unknown one."""
    word = typed.strip().lower()
    if word in ("up", "↑") or word in _table_words("report.up"):
        return "up"
    if word in ("down", "↓") or word in _table_words("report.down"):
        return "down"
    if word:
        raise UnusableRow("bad_better")
    return ""


@cache
def _table_words(key: str) -> frozenset[str]:
    """The words that our own tables write for a key, in every language."""
    return frozenset(words(language)(key).lower() for language in LANGUAGES)


def match_key(text: str) -> str:
    """The text for matching: without case, invisible characters and differences in spacing."""
    return " ".join(clean(text).split()).casefold()


def matches(value: str, *texts: str) -> bool:
    """True if a cell has one of these texts; a table shows a text without its control characters."""
    return any(value == text or value.strip() == clean(text).strip() for text in texts)


def format_mark(done: bool, day: str) -> str:
    """A task's mark and its day, for people."""
    return f"☑ {day}".strip() if done else "☐"
