"""The rows of the change log for what a peer's update changed: one for each edit, few for very many."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Node, Roadmap
from lfroadmap.roadmap.structure import Move
from lfroadmap.roadmap.text_diff import diff_texts
from lfroadmap.store.document.stamps import NOBODY, Stamp
from lfroadmap.store.history.change_rows import Where, change_row
from lfroadmap.store.sqlite.file_schema import Change

MOST_ROWS = 300
"""Edits up to which each has a row; of more, those of one author that follow each other share one."""
UNKNOWN_DEVICE = "?"
"""The origin of a change whose device is not known."""
StampReader = Callable[[Edit, Node | None], Stamp]
"""Returns the stamp of what an edit of a node changed, of the roadmap itself for None."""


def remote_changes(before: Roadmap, after: Roadmap, stamp_of: StampReader, at: int) -> Iterator[Change]:
    """The rows that lead from one roadmap to another, in order; they arrived `at` that time."""
    steps = list(_steps(before, after, stamp_of))
    if len(steps) > MOST_ROWS:
        steps = [_joined(list(run)) for _, run in groupby(steps, _author)]
    for step in steps:
        stamp = step.stamp
        yield change_row(step.edit, step.inverse, step.old, step.new)._replace(
            at=at, author=stamp.author, origin=stamp.device or UNKNOWN_DEVICE, made=stamp.made
        )


class _Step(NamedTuple):
    """An edit with its inverse, what it changed, and who made it."""

    edit: Edit
    inverse: Edit
    old: Where | None
    new: Where | None
    stamp: Stamp


def _author(step: _Step) -> tuple[str, str]:
    return step.stamp.author, step.stamp.device


def _joined(steps: list[_Step]) -> _Step:
    """Edits of one author as one."""
    if len(steps) == 1:
        return steps[0]
    latest = max(steps, key=lambda step: step.stamp.made or 0).stamp
    edit = Batch(tuple(step.edit for step in steps))
    inverse = Batch(tuple(step.inverse for step in reversed(steps)))
    return _Step(edit, inverse, steps[0].old, steps[0].new, latest)


def _steps(before: Roadmap, after: Roadmap, stamp_of: StampReader) -> Iterator[_Step]:
    draft, places = Draft(before), _PlaceStamps(stamp_of)
    for each in difference(before, after):
        node_id = each.touches()[0]
        own = node_id == before.id
        edit = _minimal(each, draft.node(node_id))
        old = Where(before) if own else _where(draft, node_id)
        inverse = draft.apply_single(edit)
        if inverse is None:
            continue
        new = Where(after) if own else _where(draft, node_id)
        node = None if own else draft.node(node_id) or (old and old.node)
        assert not isinstance(node, Roadmap)
        if isinstance(edit, Move) and old and old.parent == edit.parent and node:
            stamp = places.newest(edit.parent, type(node), map(draft.node, draft.order_of(node_id)))
        else:
            stamp = stamp_of(edit, node)
        yield _Step(edit, inverse(), old, new, stamp)


def _where(draft: Draft, node_id: str) -> Where | None:
    node = draft.node(node_id)
    return Where(node, draft.parent(node_id)) if node else None


def _minimal(edit: Edit, node: Node | None) -> Edit:
    """The edit of a long text with the range alone that differs, so that others' places in it stay known."""
    if not isinstance(edit, SpliceText) or not isinstance(node, Field):
        return edit
    start, end = edit.span(node.value)
    change = diff_texts(node.value, node.value[:start] + edit.inserted + node.value[end:])
    return SpliceText(edit.field, change.at, change.removed, change.inserted)


class _PlaceStamps:
    """The newest stamps of the places in each parent.

    An order that changed can be described by moves of other nodes than those that were moved.
    """

    def __init__(self, stamp_of: StampReader) -> None:
        self._stamp_of = stamp_of
        self._newest: dict[tuple[str, type], Stamp] = {}

    def newest(self, parent: str, kind: type, nodes: Iterable[Node | None]) -> Stamp:
        """The newest stamp of the place of a node of a class in a parent."""
        if (parent, kind) not in self._newest:
            stamps = (self._stamp_of(Move(node.id, parent), node) for node in nodes if node)
            self._newest[parent, kind] = max(stamps, key=lambda stamp: stamp.made or 0, default=NOBODY)
        return self._newest[parent, kind]
