"""A file of tables as it was read: what was decided about it, what was not read, and what may be chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lfroadmap.roadmap.foreign_days import DateOrder
from lfroadmap.roadmap.table_rows import Rows

FileKind = Literal["csv", "workbook", "todo_txt", "trello", "taskwarrior"]
NotRead = Literal["hidden", "no_heads", "history", "overview", "empty"]


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person decides about a file; empty where the file decides."""

    mapping: tuple[tuple[str, str], ...] = ()
    """Role of a column and its heading; an empty heading leaves the role out."""
    dates: DateOrder = ""
    encoding: str = ""
    card: str = ""
    """The card of rows that name none."""
    create_cards: bool = False
    """True if cards that are not there are made."""
    table: str = ""
    """The table of an archive with several."""


@dataclass(frozen=True, slots=True)
class UnreadSheet:
    """A sheet that was not read."""

    title: str
    reason: NotRead


@dataclass(frozen=True, slots=True)
class TableFile:
    """The tables of a file."""

    kind: FileKind
    tables: tuple[Rows, ...]
    unread: tuple[UnreadSheet, ...] = ()
    encoding: str = ""
    separator: str = ""
    member: str = ""
    """The name of the file in an archive."""
    choices: ImportChoices = field(default_factory=ImportChoices)

    @property
    def undecided(self) -> tuple[str, int] | None:
        """A date whose day and month nothing tells apart, and its row; None where there is none."""
        return next((table.undecided for table in self.tables if table.undecided), None)
