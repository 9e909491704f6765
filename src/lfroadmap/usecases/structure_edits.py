"""The edits that copy stages, cards, fields and tasks, and that move them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.model import TITLE_OF, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, move_by
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import LAST, Place, attribute_for, find, places, siblings
from lfroadmap.usecases.plan_edits import Made, checked_title


def duplicate_behind(place: Place, title: str, labels: Labels, new_id: Callable[[], str]) -> Made:
    """A copy of a node behind it, with a title; raises UsageError where that is empty."""
    text: dict[str, Any] = {TITLE_OF[type(place.node)]: checked_title(title)}
    copied = replace(duplicate(place.node, labels, lambda old: new_id()), **text)
    return Made(Add(copied, place.parent, place.node.id), (copied.id,))


def shift(roadmap: Roadmap, place: Place, steps: int) -> Made | None:
    """A node moved by places among its siblings; None beyond their ends."""
    around = siblings(roadmap, place.parent, place.node) or ()
    move = move_by(around, place.parent, place.at, steps)
    return Made(move, (place.node.id,)) if move else None


def move_under(place: Place, parent: str) -> Made:
    """A node moved to the end of what is under another parent."""
    return Made(Move(place.node.id, parent, LAST), (place.node.id,))


def parents_for(roadmap: Roadmap, kind: type) -> Iterator[Node]:
    """The nodes under which nodes of a class can stand, in reading order."""
    return (place.node for place in places(roadmap) if attribute_for(place.node, kind))


def upwards(roadmap: Roadmap, node_id: str) -> Iterator[Place]:
    """The place of a node and those of the nodes that it is in, from the inside out."""
    place = find(roadmap, node_id)
    while place is not None:
        yield place
        place = find(roadmap, place.parent)


def place_of(roadmap: Roadmap, kind: type, node_id: str) -> Place | None:
    """The place of the node of a class that a node is, or is in."""
    return next((place for place in upwards(roadmap, node_id) if isinstance(place.node, kind)), None)
