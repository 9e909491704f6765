"""The parts of a roadmap one by one, each with its id, as `show --json` has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lfroadmap.assistant.arguments import Values
from lfroadmap.assistant.desk import Desk
from lfroadmap.assistant.pages import ROADMAP_SCHEMA, Json, Listing
from lfroadmap.machine import new_id, now
from lfroadmap.roadmap.model import CHILDREN, Card, Roadmap, Stage
from lfroadmap.roadmap.schema import document
from lfroadmap.usecases.plan_edits import EditSource, PlanEdits
from lfroadmap.words import LANGUAGES

ITEM_SCHEMA: Json = {
    "type": "object",
    "properties": {
        "node": {"enum": sorted(kind.__name__.lower() for kind in CHILDREN), "description": "What it is."},
        "in": {"type": "string", "description": "Id of what it is in; missing of the roadmap itself."},
        "id": {"type": "string", "description": "Its id, by which tools take it."},
    },
    "required": ["node", "id"],
}
"""An item's other keys are those of the node in the schema of `show --json`, where they are not empty."""
_EMPTY: tuple[object, ...] = ("", None, [], ())
"""Values that an item leaves out."""
HEAD_SCHEMA: Json = {
    "roadmap": ROADMAP_SCHEMA,
    "as_of": {"type": "string", "format": "date", "description": "The day for which it holds."},
    "language": {"enum": list(LANGUAGES), "description": "The language of the texts of the template."},
}


def show(desk: Desk, given: Values) -> Listing:
    """The parts of a roadmap, or of a stage or card in it, in reading order."""
    name = desk.chosen(given.get("in"))
    point = desk.point(name, given.get("at"))
    language = desk.words.language
    parts = tuple(parts_of(document(point.roadmap, language)["roadmap"]))
    if "part" in given:
        wanted = _part(desk, point.roadmap, given["part"])
        inside: set[str] = {wanted}
        for part in parts:
            if part.get("in") in inside:
                inside.add(part["id"])
        parts = tuple(part for part in parts if part["id"] in inside)
    return Listing(parts, {"roadmap": name, "as_of": point.day.isoformat(), "language": language})


def _part(desk: Desk, roadmap: Roadmap, named: str) -> str:
    """Id of the stage or card that a text means; raises RoadmapError."""
    at = now()
    plan = PlanEdits(roadmap, desk.words, EditSource(at.date(), at, new_id))
    return plan.one((Stage, Card), named).node.id


def parts_of(plain: Json, kind: type = Roadmap, parent: str = "") -> Iterator[Json]:
    """A node as JSON has it, and those in it, each without its children and its empty values."""
    below = dict(CHILDREN[kind])
    own: dict[str, Any] = {"node": kind.__name__.lower()} | ({"in": parent} if parent else {})
    yield own | {
        key: value
        for key, value in plain.items()
        if key not in below and (value is False or value not in _EMPTY)
    }
    for attribute, child in CHILDREN[kind]:
        for each in plain.get(attribute, ()):
            yield from parts_of(each, child, plain["id"])
