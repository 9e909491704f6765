"""The contents of a roadmap's bin, described in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lfroadmap.report.node_index import NodeIndex, kind_of
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.store.history.queries import Removed
from lfroadmap.text import one_line
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class RemovedEntry:
    """Something in the bin."""

    number: int
    """Of the change that removed it."""
    at: datetime
    author: str
    node: str
    kind: str
    """What it is, in words."""
    name: str
    home: str
    """Title of what it stood in."""
    back: Edit
    can_return: bool


def describe_removed(removed: Iterable[Removed], roadmap: Roadmap, words: Words) -> tuple[RemovedEntry, ...]:
    """What was removed from a roadmap, in its order."""
    removed = tuple(removed)
    known = NodeIndex(roadmap)
    for each in removed:
        known.add_edit(each.back, each.back)
    labels = Labels(roadmap.template, words.language)
    return tuple(_binned(each, known, labels, words) for each in removed)


def plain_removed(entry: RemovedEntry) -> dict[str, object]:
    """Something in the bin as `bin --json` prints it."""
    return {
        "id": entry.node,
        "time": entry.at.isoformat("T", "seconds"),
        "author": entry.author,
        "kind": entry.kind,
        "name": entry.name,
        "restorable": entry.can_return,
    }


def _binned(each: Removed, known: NodeIndex, labels: Labels, words: Words) -> RemovedEntry:
    entry, node = each.entry, each.node
    above = known.above(node.id)
    return RemovedEntry(
        entry.number,
        entry.at,
        entry.author,
        node.id,
        words(f"change.kind_{kind_of(node)}"),
        one_line(labels.of(node)) or words("bin.nameless"),
        labels.of(above) if above else "",
        each.back,
        each.can_return,
    )
