"""The choices about a file that is being imported, while a person makes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from lfroadmap.imports.layout import NEEDED, TABLES
from lfroadmap.roadmap.foreign_days import ORDERS, DateOrder
from lfroadmap.roadmap.import_words import head_key
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.table_file import ColumnMapping, ImportChoices, TableFile
from lfroadmap.roadmap.table_rows import Column, TableName
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

T = TypeVar("T", bound=str)
ENCODINGS = ("", "utf-8", "utf-16", "cp1255", "cp1252")
_OFFERED = (
    "task", "owner", "due", "done", "done_on", "card", "stage", "notes", "repeat", "waits_for", "id",
)  # fmt: skip
"""The order in which roles are offered; those of other tables come first."""


class KnownColumns(Protocol):
    """The mappings that are remembered, one for each layout of tables."""

    def known(self, layout: str) -> ColumnMapping:
        """The mapping that was chosen for tables of a layout."""
        ...

    def remember(self, layout: str, mapping: ColumnMapping) -> None:
        """Note the mapping that is chosen for tables of a layout."""
        ...


@dataclass(slots=True)
class Draft:
    """The choices while they are being made."""

    table: TableName
    columns: tuple[Column, ...]
    roles: list[str]
    """The role of each column; empty where it is not read."""
    dates: DateOrder = ""
    encoding: str = ""
    create_cards: bool = False
    card: str = ""
    cards: tuple[str, ...] = ()
    """Titles of the cards that are there."""
    has_text: bool = False
    """True if the file is text, which has an encoding."""
    before: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        self.before = tuple(self.roles)

    @property
    def missing(self) -> str:
        """The role that the table needs and no column has; empty where there is none."""
        return next((role for role in NEEDED[self.table] if role not in self.roles), "")

    def turn_role(self, at: int, step: int) -> None:
        """Give a column the next role that no other column has, or the one before; the first is not read."""
        every = sorted(TABLES[self.table], key=lambda role: _OFFERED.index(role) if role in _OFFERED else -1)
        taken = {role for other, role in enumerate(self.roles) if other != at}
        self.roles[at] = _turned(("", *(role for role in every if role not in taken)), self.roles[at], step)

    def turn(self, decision: str, step: int) -> None:
        """Take the next value of a decision, or the one before."""
        if decision == "dates":
            self.dates = _turned(("", *ORDERS), self.dates, step)
        elif decision == "create":
            self.create_cards = not self.create_cards
        elif decision == "card":
            self.card = _turned(("", *self.cards), self.card, step)
        elif decision == "encoding":
            self.encoding = _turned(ENCODINGS, self.encoding, step)

    def choices(self, table: str) -> ImportChoices:
        """The choices, with a mapping only where it differs from the one of the file."""
        keys = [head_key(column.head) for column in self.columns]
        named = {
            role: column.head if key and keys.count(key) == 1 else f"#{column.place + 1}"
            for column, key, role in zip(self.columns, keys, self.roles, strict=True)
            if role
        }
        gone = dict.fromkeys((role for role in self.before if role and role not in named), "")
        mapping = tuple((named | gone).items()) if tuple(self.roles) != self.before else ()
        return ImportChoices(mapping, self.dates, self.encoding, self.card, self.create_cards, table)


def _turned(values: tuple[T, ...], value: T, step: int) -> T:
    """The value that stands so many steps on, around the end; the first where the value is not among them."""
    return values[(values.index(value) + step) % len(values)] if value in values else values[0]


def card_titles(roadmap: Roadmap, words: Words) -> tuple[str, ...]:
    """The titles of all cards."""
    labels = Labels(roadmap.template, words.language)
    return tuple(labels.of(card) for stage in roadmap.stages for card in stage.cards)


def draft_of(
    file: TableFile | None, columns: tuple[Column, ...], choices: ImportChoices, cards: tuple[str, ...]
) -> Draft:
    """The choices to begin with: those that were made, or that the file itself gives.

    `columns` are those of a table whose headings are not known.
    """
    columns = file.main.columns if file else columns
    return Draft(
        file.main.table if file else "tasks",
        columns,
        [column.role for column in columns],
        choices.dates,
        choices.encoding if choices.encoding in ENCODINGS else "",
        choices.create_cards,
        choices.card,
        cards,
        file is None or bool(file.encoding),
    )
