"""The edits that add a field to a card, and that give one another label, kind, role, direction or options.

A field of another kind is the same field: it keeps its id, its place, its history and what was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dates import NotADay, read_day
from lfroadmap.roadmap.edits import Edit, Rename
from lfroadmap.roadmap.field_kinds import KINDS_OF
from lfroadmap.roadmap.model import Card, Field, Kind, Role, TextDirection
from lfroadmap.roadmap.structure import LAST, Add, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import Place
from lfroadmap.text import match_key
from lfroadmap.usecases.plan_edits import Made, checked_title


class FieldShape(NamedTuple):
    """All of a field but its value; the label and the options are texts in a person's language."""

    label: str
    kind: Kind = "text"
    role: Role = ""
    direction: TextDirection = "auto"
    options: tuple[str, ...] = ()

    def checked(self, card: Card, field_id: str = "") -> FieldShape:
        """The shape as it is stored; raises UsageError where a card cannot have a field of it."""
        if self.kind not in KINDS_OF[self.role]:
            raise UsageError(f"field_role_{self.role}")
        if self.role and any(other.role == self.role and other.id != field_id for other in card.fields):
            raise UsageError("field_role_taken")
        options = tuple(dict.fromkeys(filter(None, (" ".join(option.split()) for option in self.options))))
        if self.kind == "choice" and not options:
            raise UsageError("field_needs_options")
        return self._replace(label=checked_title(self.label), options=options)


def shape_of(field: Field, labels: Labels) -> FieldShape:
    """The shape of a field, in the language of the labels."""
    options = tuple(labels.option(field, option) for option in field.options)
    return FieldShape(labels.of(field), field.kind, field.role, field.direction, options)


def add_field(card: Card, shape: FieldShape, new_id: Callable[[], str], after: str = LAST) -> Made:
    """A field in a card, behind another one or at the end; raises UsageError."""
    shape = shape.checked(card)
    field = Field(
        new_id(), shape.kind, shape.role, shape.label, direction=shape.direction, options=_options(shape)
    )
    return Made(Add(field, card.id, after), (field.id,))


def reshape(card: Card, place: Place, shape: FieldShape, labels: Labels, today: date) -> Made:
    """A field with another shape, which keeps what was typed; raises UsageError."""
    field = place.node
    assert isinstance(field, Field)
    shape = shape.checked(card, field.id)
    made = _reshaped(field, shape, labels, today)
    if made == replace(field, label=made.label):
        return Made(Rename(field.id, made.label), (field.id,))
    before = card.fields[place.at - 1].id if place.at else ""
    edits: tuple[Edit, ...] = (Remove(field.id), Add(made, card.id, before))
    return Made(Batch(edits), (field.id,))


def _options(shape: FieldShape) -> tuple[str, ...]:
    """Options are kept only where the kind has them."""
    return shape.options if shape.kind == "choice" else ()


def _reshaped(field: Field, shape: FieldShape, labels: Labels, today: date) -> Field:
    ids = {match_key(labels.option(field, option)): option for option in field.options}
    options = tuple(ids.get(match_key(option), option) for option in _options(shape))
    return replace(
        field,
        kind=shape.kind,
        role=shape.role,
        label=field.label if shape.label == labels.of(field) else shape.label,
        direction=shape.direction,
        options=options,
        value=_kept(field, shape.kind, options, labels, today),
    )


def _kept(field: Field, kind: Kind, options: tuple[str, ...], labels: Labels, today: date) -> str:
    """The value of a field as another kind stores it."""
    shown = labels.option(field, field.value) if field.options else field.value
    if kind == "choice":
        names = {match_key(labels.option(field, option)): option for option in options}
        return names.get(match_key(shown), shown) if shown.strip() else ""
    if kind == "date" and field.kind != "date" and shown.strip():
        try:
            return read_day(shown, today).isoformat()
        except NotADay:  # the field says why, and the text stays
            return shown
    return shown
