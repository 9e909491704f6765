"""The changes of notes, and of the values by day of KPIs, between two states of a roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lfroadmap.roadmap.kpi_readings import find_calculator
from lfroadmap.roadmap.model import Kpi, Note, Origin, Reading, Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import Place, find, places


@dataclass(frozen=True, slots=True)
class NoteChange:
    """A note that was added, removed or reworded."""

    word: Literal["added", "removed", "reworded"]
    id: str
    text: str
    author: str
    where: str
    """The text of its task, or the title of its card."""
    was: str = ""
    """The text before, where it was reworded."""


@dataclass(frozen=True, slots=True)
class ReadingChange:
    """A value of a KPI for a day and where it comes from, before and after; empty where there was none."""

    id: str
    measure: str
    day: str
    before: str
    after: str
    origin_before: Origin = ""
    origin_after: Origin = ""
    source_before: str = ""
    source_after: str = ""
    calculator_before: str = ""
    """The title of the calculator that it was taken from; empty for none, and for one that is gone."""
    calculator_after: str = ""


def note_changes(then: Roadmap, now: Roadmap, old: Labels, new: Labels) -> Iterator[NoteChange]:
    """The changes of notes, those that are there first."""
    before, after = _of_kind(then, Note), _of_kind(now, Note)
    for note_id, place in after.items():
        there = before.get(note_id)
        if there is None:
            yield _change("added", place, now, new)
        elif _text(there) != _text(place):
            yield _change("reworded", place, now, new, _text(there))
    for note_id, place in before.items():
        if note_id not in after:
            yield _change("removed", place, then, old)


def reading_changes(then: Roadmap, now: Roadmap, old: Labels, new: Labels) -> Iterator[ReadingChange]:
    """The changes of values by day."""
    before, after = _of_kind(then, Reading), _of_kind(now, Reading)
    for node_id in dict.fromkeys((*after, *before)):
        here, there = after.get(node_id), before.get(node_id)
        values = [_text(place) if place else "" for place in (there, here)]
        was, now_is = _origin(there, then, old), _origin(here, now, new)
        if (values[0], was[:2]) != (values[1], now_is[:2]) or not (here and there):
            place, roadmap, labels = (here, now, new) if here else (there, then, old)
            assert place is not None and isinstance(place.node, Reading)
            above = find(roadmap, place.parent)
            measure = labels.kpi(above.node, "measure") if above and isinstance(above.node, Kpi) else ""
            origins = (each for pair in zip(was, now_is, strict=True) for each in pair)
            yield ReadingChange(node_id, measure or place.parent, place.node.day, *values, *origins)  # type: ignore[arg-type]


def _origin(place: Place | None, roadmap: Roadmap, labels: Labels) -> tuple[Origin, str, str]:
    """The origin of a value, its source, and the title of its calculator."""
    node = place.node if place else None
    if not isinstance(node, Reading) or not node.origin:
        return "", "", ""
    found = find_calculator(roadmap, node.source)
    return node.origin, node.source, labels.of(found[1]) if found else ""


def _of_kind(roadmap: Roadmap, kind: type) -> dict[str, Place]:
    return {place.node.id: place for place in places(roadmap) if isinstance(place.node, kind)}


def _text(place: Place) -> str:
    node = place.node
    return (node.text if isinstance(node, Note) else node.value if isinstance(node, Reading) else "") or ""


def _change(
    word: Literal["added", "removed", "reworded"],
    place: Place,
    roadmap: Roadmap,
    labels: Labels,
    was: str = "",
) -> NoteChange:
    assert isinstance(place.node, Note)
    above = find(roadmap, place.parent)
    where = labels.of(above.node) if above else ""
    return NoteChange(word, place.node.id, _text(place), place.node.author, where, was)
