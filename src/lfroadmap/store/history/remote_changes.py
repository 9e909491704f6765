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
from lfroadmap.store.document.arrived_stamps import ArrivedStamps, newest
from lfroadmap.store.document.stamps import NOBODY, Stamp
from lfroadmap.store.history.change_rows import Where, change_row
from lfroadmap.store.sqlite.file_schema import Change

MOST_ROWS = 300
"""Edits up to which each has a row; of more, those of one author that follow each other share one."""
UNKNOWN_DEVICE = "?"
"""The origin of a change whose device is not known."""
StampReader = Callable[[Edit, Node | None], tuple[Stamp, ...]]
"""Returns the stamps that may be of what an edit of a node changed, of the roadmap itself for None."""


def remote_changes(
    before: Roadmap, after: Roadmap, stamps_for: StampReader, arrived: ArrivedStamps, at: int
) -> Iterator[Change]:
    """The rows that lead from one roadmap to another, in order; they arrived `at` that time.

    They are named after the stamps that arrived with them.
    """
    steps = list(_steps(before, after, _Authors(stamps_for, arrived)))
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
    latest = newest(step.stamp for step in steps)
    edit = Batch(tuple(step.edit for step in steps))
    inverse = Batch(tuple(step.inverse for step in reversed(steps)))
    return _Step(edit, inverse, steps[0].old, steps[0].new, latest)


def _steps(before: Roadmap, after: Roadmap, authors: _Authors) -> Iterator[_Step]:
    draft = Draft(before, after)
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
        stamp = authors.of(edit, node)
        if stamp == NOBODY and isinstance(edit, Move) and old and old.parent == edit.parent and node:
            stamp = authors.of_order(edit.parent, type(node), map(draft.node, draft.order_of(node_id)))
        yield _Step(edit, inverse(), old, new, stamp)


def _where(draft: Draft, node_id: str) -> Where | None:
    node = draft.node(node_id)
    return Where(node, draft.parent(node_id), draft.home(node_id)) if node else None


def _minimal(edit: Edit, node: Node | None) -> Edit:
    """The edit of a long text with the range alone that differs, so that others' places in it stay known."""
    if not isinstance(edit, SpliceText) or not isinstance(node, Field):
        return edit
    start, end = edit.span(node.value)
    change = diff_texts(node.value, node.value[:start] + edit.inserted + node.value[end:])
    return SpliceText(edit.field, change.at, change.removed, change.inserted)


class _Authors:
    """The stamps of changes, out of those that arrived with them."""

    def __init__(self, stamps_for: StampReader, arrived: ArrivedStamps) -> None:
        self._stamps_for, self._arrived = stamps_for, arrived
        self._of_orders: dict[tuple[str, type], Stamp] = {}

    def of(self, edit: Edit, node: Node | None) -> Stamp:
        """The stamp of what an edit of a node changed."""
        stamp = self._arrived.first_of(self._stamps_for(edit, node))
        if stamp == NOBODY and isinstance(edit, SpliceText):  # texts merge, their stamps do not
            return self._arrived.only()
        return stamp

    def of_order(self, parent: str, kind: type, nodes: Iterable[Node | None]) -> Stamp:
        """The newest stamp of a place in a parent.

        An order that changed can be described by moves of other nodes than those that were moved.
        """
        if (parent, kind) not in self._of_orders:
            places = [
                stamp for node in nodes if node for stamp in self._stamps_for(Move(node.id, parent), node)
            ]
            stamp = self._arrived.newest_of(places)
            self._of_orders[parent, kind] = self._arrived.only() if stamp == NOBODY else stamp
        return self._of_orders[parent, kind]
