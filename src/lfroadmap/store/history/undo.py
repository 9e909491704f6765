"""Taking a change back after others may have worked on: where it stands now, and whether it may be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, ids_under, places

ALL = "*"
"""Attribute of a touched place: everything of the node."""
INSIDE = "inside"
"""Attribute of a touched place: something was put into the node."""
_NEAR = 2000
"""How many characters around its old place a run of text is looked for."""

Touched = set[tuple[str, str]]
Told = tuple[Edit, Edit]
"""A change: the edit and its inverse."""


def way_back(change: Told, others: Iterable[Told], now: Roadmap) -> Edit | None:
    """The edit that takes `change` back on `now`; None where that would overwrite newer work of `others`.

    `others` are the changes of other authors since then, in order.
    """
    edit, inverse = change
    others = tuple(others)
    if isinstance(inverse, SpliceText):
        return _run_back(inverse, edit, [other for other, _ in others], now)
    mine = touched(change, with_parents=False)
    theirs = any(_overlap(mine, touched(other, with_parents=True)) for other in others)
    if (theirs and not _still_there(edit, now)) or inverse.on(now) is now:
        return None
    return inverse


def meet(change: Told, other: Told) -> bool:
    """Whether a later change of somebody else touches what `change` touches."""
    return _overlap(touched(change, with_parents=False), touched(other, with_parents=True))


def touched(change: Told, *, with_parents: bool) -> Touched:
    """The places (node, attribute) that a change touches, and the nodes that it put something into."""
    edit, inverse = change
    fresh = {p.node.id: p.node for p in places(edit.fresh)} if isinstance(edit, ResetAll) else {}
    out: Touched = set()
    for part in (*edit.singles(), *inverse.singles()):
        if isinstance(part, ResetAll):
            continue  # what a reset does is told by its inverse
        if isinstance(part, Add):
            out |= {(node_id, ALL) for node_id in ids_under(part.node)}
        elif isinstance(part, Remove):
            out |= {(node_id, ALL) for node_id in _ids(part.node, fresh)}
        else:
            out.add(part.touches())
        if with_parents and isinstance(part, Add | Move):
            out.add((part.parent, INSIDE))
    return out


def _ids(node_id: str, known: dict[str, Node]) -> Iterator[str]:
    yield node_id
    if node_id in known:
        yield from ids_under(known[node_id])


def _overlap(mine: Touched, theirs: Touched) -> bool:
    whole = {node for node, attribute in mine if attribute == ALL}
    nodes = {node for node, _ in mine}
    return any((n, a) in mine or n in whole or (a == ALL and n in nodes) for n, a in theirs)


def _still_there(edit: Edit, now: Roadmap) -> bool:
    """Whether the one value that the edit set still stands, so that nobody's work is lost."""
    return not isinstance(edit, Add | Remove | Batch | ResetAll) and edit.on(now) is now


def _run_back(inverse: SpliceText, edit: Edit, others: list[Edit], now: Roadmap) -> Edit | None:
    """The inverse of a run of text, moved to where the run stands now."""
    place = find(now, inverse.field)
    if place is None or not isinstance(place.node, Field) or not isinstance(edit, SpliceText):
        return None
    text, at = place.node.value, inverse.at
    for other in others:
        if isinstance(other, SpliceText) and other.field == inverse.field:
            at = _shifted(at, other)
    found = _nearest(text, edit.inserted, at)
    if found is None:
        return None
    moved = replace(inverse, at=found)
    return None if moved.on(now) is now else moved


def _shifted(at: int, other: SpliceText) -> int:
    if other.at + other.removed <= at:
        return at + len(other.inserted) - other.removed
    return min(at, other.at)


def _nearest(text: str, run: str, at: int) -> int | None:
    """Where `run` stands in the text, nearest to `at`."""
    if text.startswith(run, at) and at <= len(text):
        return at
    first, last = max(at - _NEAR, 0), at + len(run) + _NEAR
    found = []
    here = text.find(run, first, last) if run else -1
    while here >= 0:
        found.append(here)
        here = text.find(run, here + 1, last)
    return min(found, key=lambda place: abs(place - at), default=None if run else min(at, len(text)))
