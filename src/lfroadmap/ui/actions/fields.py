"""Adding a field to a card, and changing its label, kind, role, direction and options."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import Card, Field
from lfroadmap.roadmap.structure import LAST
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.actions.apply import report_outdated
from lfroadmap.ui.actions.structure import place_here, restructure
from lfroadmap.ui.screens.field_shape import FieldScreen
from lfroadmap.usecases.field_edits import FieldShape, reshape, shape_of
from lfroadmap.usecases.field_edits import add_field as field_added
from lfroadmap.usecases.structure_edits import place_of

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def add_field(session: Session, shell: Shell) -> None:
    """Add a field behind the one with the focus, or at the end of a card's form."""
    behind = place_of(session.roadmap, Field, shell.node_here)
    card = await place_here(session, shell, Card)
    if card is None:
        return
    check = partial(_check, session, card.node.id, "")
    shape = await shell.show(
        FieldScreen(session.words, session.words("structure.add_field"), FieldShape(""), check)
    )
    now = _card(session, card.node.id)
    if shape is None:
        return
    if now is None:
        report_outdated(session, shell)
        return
    made = field_added(now, shape, new_id, behind.node.id if behind else LAST)
    await restructure(session, shell, made.edit, made.nodes[0])


async def edit_field(session: Session, shell: Shell) -> None:
    """Change all of a field but its value."""
    place = await place_here(session, shell, Field)
    if place is None or not isinstance(place.node, Field):
        return
    field = place.node
    shape = shape_of(field, session.labels)
    title = session.words("structure.edit_field")
    check = partial(_check, session, place.parent, field.id)
    wanted = await shell.show(FieldScreen(session.words, title, shape, check))
    if wanted is None or wanted == shape:
        return
    now, card = find(session.roadmap, field.id), _card(session, place.parent)
    if now is None or card is None or now.parent != place.parent:
        report_outdated(session, shell)
        return
    made = reshape(card, now, wanted, session.labels, session.today())
    if made.edit.on(session.roadmap) is not session.roadmap:
        await restructure(session, shell, made.edit, field.id)


def _card(session: Session, card_id: str) -> Card | None:
    place = find(session.roadmap, card_id)
    return place.node if place and isinstance(place.node, Card) else None


def _check(session: Session, card_id: str, field_id: str, shape: FieldShape) -> None:
    """Raise UsageError where the card, as it is now, cannot have a field of a shape."""
    if card := _card(session, card_id):
        shape.checked(card, field_id)
