"""Names that a change brings into a roadmap, and that may be those of people who are there already."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Task
from lfroadmap.roadmap.progress import role_value
from lfroadmap.roadmap.same_people import Alike, alike
from lfroadmap.roadmap.task_line import owners_of
from lfroadmap.roadmap.tree import find
from lfroadmap.text import match_key

_MOST = 5
"""Pairs that are named at most."""


def similar_owners(before: Roadmap, edit: Edit) -> tuple[Alike, ...]:
    """The names that an edit brings, each with the name of somebody there that it is like."""
    after = edit.on(before)
    names = {match_key(name): name for node in edit.touches() for name in _owners(after, node)}
    known = owners_of(before) if any(names) else ()
    new = [name for key, name in names.items() if key and key not in set(map(match_key, known))]
    pairs = alike((*known, *new)) if new else ()
    return tuple(pair for pair in pairs if {*pair} & {*new})[:_MOST]


def _owners(roadmap: Roadmap, node_id: str) -> Iterator[str]:
    """The owners that a node has by itself, and of a card those of its tasks."""
    place = find(roadmap, node_id)
    match place.node if place else None:
        case Task() as task:
            yield task.owner
        case Kpi() as kpi:
            yield kpi.owner or ""
        case Field(role="owner") as field:
            yield field.value
        case Card() as card:
            yield role_value(card, "owner")
            yield from (task.owner for task in card.tasks)
