"""Rows of a table that was read, and what their cells say."""

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
Line = tuple[int, list[str]]
"""The number of a row in its sheet or file, from 1, and its cells."""
LONGEST = 1_000_000
"""Most characters of a cell that is read; Excel takes 32,767."""
TASK_COLUMNS = ("id", "stage", "card", "task", "done", "done_on", *TASK_DETAILS)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: column -> what stands there; only the columns that the table has."""

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
class Step:
    """What one row comes to."""

    table: TableName
    line: int
    outcome: Outcome
    what: str
    """The words of the task or the KPI."""
    changes: tuple[tuple[str, str, str], ...] = ()
    """Column, what stands there, what will."""
    reason: Reason = ""
    edits: tuple[Edit, ...] = ()


class Unfit(Exception):
    """A row that cannot be taken; the argument is its reason."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


_DONE = frozenset(("true", "1", "1.0", "yes", "y", "x", "v", "☑", "✓", "✔", "כן", "אמת"))
_OPEN = frozenset(("", "false", "0", "0.0", "no", "n", "-", "—", "☐", "לא", "שקר"))


def marked(typed: str) -> bool:
    """Whether a cell says that a task is done; raises Unfit for what says neither."""
    word = typed.strip().lower()
    if word in _OPEN or word in _told("report.open"):
        return False
    if word in _DONE or word in _told("report.done"):
        return True
    raise Unfit("bad_mark")


def better(typed: str) -> Better:
    """Which way a cell says that is better; raises Unfit for what says neither."""
    word = typed.strip().lower()
    if word in ("up", "↑") or word in _told("report.up"):
        return "up"
    if word in ("down", "↓") or word in _told("report.down"):
        return "down"
    if word:
        raise Unfit("bad_better")
    return ""


@cache
def _told(key: str) -> frozenset[str]:
    """The words that our own tables write, in every language."""
    return frozenset(words(language)(key).lower() for language in LANGUAGES)


def key_of(text: str) -> str:
    """Words as they are matched: without case and without what sets lines and spaces apart."""
    return " ".join(clean(text).split()).casefold()


def says(value: str, *known: str) -> bool:
    """Whether a cell says what stands there: a table shows it without what cannot be shown."""
    return any(value == text or value.strip() == clean(text).strip() for text in known)


def told_mark(done: bool, day: str) -> str:
    """A task's mark and its day, for people."""
    return f"☑ {day}".strip() if done else "☐"
