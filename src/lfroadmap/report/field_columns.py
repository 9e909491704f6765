"""The fields of cards as columns of a table: one for each name, whichever cards have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from lfroadmap.bidi.cutting import cut
from lfroadmap.roadmap.model import Card, Field, Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line
from lfroadmap.words import Words

Cell = str | bool | int | float | date
"""The content of a cell."""
MOST = 60
"""Most fields that have a column of their own, the first ones; the last column has the rest in words."""
_ROLES = ("owner", "start", "deadline", "goals")
"""Roles whose first field has a column of the table itself."""
_LONGEST = 200
"""Most letters of a heading."""


class FieldColumn(NamedTuple):
    """A column of a field."""

    name: str
    """Its name for programs: `field_` and the id of the first field that it has, or `details`."""
    key: str | None
    """The name of its fields, without case and blanks; None for the fields without a column of their own."""
    title: str
    options: tuple[str, ...] = ()
    """The choices of a field that has some, as shown."""


def field_columns(roadmap: Roadmap, labels: Labels, words: Words) -> tuple[FieldColumn, ...]:
    """The columns of all fields, in the order of the cards."""
    found: dict[str, FieldColumn] = {}
    titles: set[str] = set()
    rest = False
    for card in (card for stage in roadmap.stages for card in stage.cards):
        for field in _own_fields(card):
            key = match_key(labels.of(field))
            if key in found:
                continue
            if len(found) == MOST:
                rest = rest or bool(field.value)
                continue
            title = words("sheet.field", name=cut(one_line(labels.of(field)).strip(), _LONGEST) or "–")
            if title.casefold() in titles:
                title = f"{title} {len(found) + 1}"
            titles.add(title.casefold())
            options = tuple(labels.option(field, option) for option in field.options)
            found[key] = FieldColumn(f"field_{field.id}", key, title, options)
    last = (FieldColumn("details", None, words("sheet.details")),) if rest else ()
    return (*found.values(), *last)


def field_cells(card: Card, labels: Labels, columns: tuple[FieldColumn, ...]) -> tuple[Cell, ...]:
    """The cells of a card in these columns; several fields of one name are lines of one cell."""
    values: dict[str | None, list[Cell]] = {column.key: [] for column in columns}
    for field in _own_fields(card):
        if not field.value:
            continue
        key = match_key(labels.of(field))
        if key in values:
            values[key].append(_cell(field, labels))
        else:
            values[None].append(f"{labels.of(field)}: {_text(field, labels)}")
    return tuple(_joined(values[column.key]) for column in columns)


def _own_fields(card: Card) -> Iterator[Field]:
    """The fields but those that have a column of the table itself."""
    taken = {role: next((each.id for each in card.fields if each.role == role), None) for role in _ROLES}
    return (field for field in card.fields if field.id not in taken.values())


def _joined(cells: list[Cell]) -> Cell:
    if len(cells) > 1:
        return "\n".join(map(str, cells))
    return cells[0] if cells else ""


def _cell(field: Field, labels: Labels) -> Cell:
    return day_cell(field.value) if field.kind == "date" else _text(field, labels)


def _text(field: Field, labels: Labels) -> str:
    return labels.option(field, field.value) if field.kind == "choice" else field.value


def day_cell(typed: str) -> str | date:
    """The day, or the text as typed where it is no valid day."""
    return iso_day(typed) or typed
