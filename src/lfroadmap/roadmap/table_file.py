"""A file of tables as it was read: what was decided about it, what was not read, and what may be chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from lfroadmap.roadmap.foreign_days import DateOrder
from lfroadmap.roadmap.table_rows import Rows

FileKind = Literal["csv", "workbook", "todo_txt", "trello", "taskwarrior"]
NotRead = Literal[
    "hidden", "no_heads", "history", "overview", "calculators", "owners", "kpi_values", "flows",
    "flow_lists", "measurements", "empty",
]  # fmt: skip


ColumnMapping = tuple[tuple[str, str], ...]
"""Roles of columns with their headings; an empty heading leaves the role out."""


def nothing_known(layout: str) -> ColumnMapping:
    """The mapping of a layout for which nothing was chosen before."""
    return ()


@dataclass(frozen=True, slots=True)
class ImportChoices:
    """What a person decides about a file; empty where the file decides."""

    mapping: ColumnMapping = ()
    dates: DateOrder = ""
    encoding: str = ""
    card: str = ""
    """The card of rows that name none."""
    create_cards: bool = False
    """True if cards that are not there are made."""
    table: str = ""
    """The table of an archive with several."""
    known: Callable[[str], ColumnMapping] = field(default=nothing_known, compare=False)
    """The mapping that was chosen before for tables of a layout; used where there is none."""


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
    is_recalled: bool = False
    """True if the mapping is the one that was chosen before."""

    @property
    def main(self) -> Rows:
        """The table that a mapping is about: the first of tasks, or else the first."""
        return next((table for table in self.tables if table.table == "tasks"), self.tables[0])

    @property
    def undecided(self) -> tuple[str, int] | None:
        """A date whose day and month nothing tells apart, and its row; None where there is none."""
        return next((table.undecided for table in self.tables if table.undecided), None)
