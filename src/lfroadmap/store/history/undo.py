"""Undo of a change after which others may have edited: where its text is now, and whether undo is allowed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, ids_under, places

EVERY_ATTRIBUTE = "*"
"""Attribute of a touched place: all attributes of the node."""
INSIDE = "inside"
"""Attribute of a touched place: a node was added inside."""
_NEAR = 2000
"""Distance in characters from its old place within which a run of text is searched."""

Touched = set[tuple[str, str]]
EditPair = tuple[Edit, Edit]
"""A change: the edit and its inverse."""


def undo_edit(change: EditPair, others: Iterable[EditPair], now: Roadmap) -> Edit | None:
    """The edit that undoes `change` on `now`; None where that would overwrite newer work of `others`.

    `others` are the later changes of other authors, in order.
    """
    edit, inverse = change
    others = tuple(others)
    if isinstance(inverse, SpliceText):
        return _undo_splice(inverse, edit, [other for other, _ in others], now)
    mine = touched(change, with_parents=False)
    theirs = any(_overlap(mine, touched(other, with_parents=True)) for other in others)
    if (theirs and not _is_unchanged(edit, now)) or inverse.on(now) is now:
        return None
    return inverse


def conflicts(change: EditPair, other: EditPair) -> bool:
    """True if a later change of another author touches what `change` touches."""
    return _overlap(touched(change, with_parents=False), touched(other, with_parents=True))


def removes_place(change: EditPair, other: EditPair) -> bool:
    """True if a later change of another author removed what the undo of `change` puts something back into."""
    needed = {part.parent for part in change[1].singles() if isinstance(part, Add | Move)}
    gone = {node for node, attribute in touched(other, with_parents=False) if attribute == EVERY_ATTRIBUTE}
    return not needed.isdisjoint(gone)


def touched(change: EditPair, *, with_parents: bool) -> Touched:
    """The places (node, attribute) that a change touches, and the nodes that it added something to."""
    edit, inverse = change
    added = {p.node.id: p.node for p in places(edit.fresh)} if isinstance(edit, ResetAll) else {}
    out: Touched = set()
    for part in (*edit.singles(), *inverse.singles()):
        if isinstance(part, ResetAll):
            continue  # a reset is described by its inverse
        if isinstance(part, Add):
            out |= {(node_id, EVERY_ATTRIBUTE) for node_id in ids_under(part.node)}
        elif isinstance(part, Remove):
            out |= {(node_id, EVERY_ATTRIBUTE) for node_id in _ids(part.node, added)}
        else:
            out.add(part.touches())
        if with_parents and isinstance(part, Add | Move):
            out.add((part.parent, INSIDE))
    return out


def _ids(node_id: str, nodes: dict[str, Node]) -> Iterator[str]:
    yield node_id
    if node_id in nodes:
        yield from ids_under(nodes[node_id])


def _overlap(mine: Touched, theirs: Touched) -> bool:
    whole = {node for node, attribute in mine if attribute == EVERY_ATTRIBUTE}
    nodes = {node for node, _ in mine}
    return any((n, a) in mine or n in whole or (a == EVERY_ATTRIBUTE and n in nodes) for n, a in theirs)


def _is_unchanged(edit: Edit, now: Roadmap) -> bool:
    """True if the one value that the edit set is unchanged, so that undo loses no work."""
    return not isinstance(edit, Add | Remove | Batch | ResetAll) and edit.on(now) is now


def _undo_splice(inverse: SpliceText, edit: Edit, others: list[Edit], now: Roadmap) -> Edit | None:
    """The inverse of a splice, moved to the current place of its text."""
    place = find(now, inverse.field)
    if place is None or not isinstance(place.node, Field) or not isinstance(edit, SpliceText):
        return None
    text, expected = place.node.value, inverse.at
    for other in others:
        if isinstance(other, SpliceText) and other.field == inverse.field:
            expected = _shift(expected, other)
    start = _nearest(text, edit.inserted, expected)
    if start is None:
        return None
    shifted = replace(inverse, at=start)
    return None if shifted.on(now) is now else shifted


def _shift(at: int, other: SpliceText) -> int:
    if other.at + other.removed <= at:
        return at + len(other.inserted) - other.removed
    return min(at, other.at)


def _nearest(text: str, run: str, at: int) -> int | None:
    """The start of `run` in the text, nearest to `at`."""
    if text.startswith(run, at) and at <= len(text):
        return at
    first, last = max(at - _NEAR, 0), at + len(run) + _NEAR
    starts = []
    start = text.find(run, first, last) if run else -1
    while start >= 0:
        starts.append(start)
        start = text.find(run, start + 1, last)
    return min(starts, key=lambda place: abs(place - at), default=None if run else min(at, len(text)))
