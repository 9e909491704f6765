"""A mutable roadmap for many edits: each costs the same however large it is, because nothing is copied.

It is used to walk through a long history, and for many edits that are applied as one. The edits do exactly
what their `on` and `inverse` say; a property test compares both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from lfroadmap.roadmap.edit import Edit, NodeEdit, RoadmapEdit
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import Card, Node, Roadmap, Stage
from lfroadmap.roadmap.node_table import NodeTable
from lfroadmap.roadmap.structure import Add, Move, Remove, has_own_ids
from lfroadmap.roadmap.tree import ids_under

Inverse = Callable[[], Edit]
"""Returns the edit that undoes another one."""


class Draft:
    """A roadmap that is changed in place by edits; `roadmap` gives it as a value."""

    def __init__(self, roadmap: Roadmap, after: Roadmap | None = None) -> None:
        """With `after`, only edits that lead there are applied: it costs as much as they change."""
        self._table = NodeTable(roadmap, after)

    def node(self, node_id: str) -> Node | None:
        """A node, or None; only its own values are current, not its children."""
        return self._table.nodes.get(node_id)

    def parent(self, node_id: str) -> str:
        """Id of the node's parent; empty where there is no such node."""
        return self._table.parents.get(node_id, "")

    def home(self, node_id: str) -> str:
        """Id of the card, or else of the stage, that a node is in or is; empty for KPIs and unknown nodes."""
        while not isinstance(self.node(node_id), Card | Stage | None):
            node_id = self.parent(node_id)
        return node_id if self.node(node_id) else ""

    def order_of(self, node_id: str) -> LinkedOrder:
        """The order of the siblings that a node is in."""
        return self._table.order_of(node_id)

    def roadmap(self) -> Roadmap:
        """The roadmap in its current state; unchanged parts are the very same objects."""
        return self._table.roadmap()

    def singles(self, edit: Edit) -> Iterator[Edit]:
        """The single edits of an edit; each is to be applied before the next is requested."""
        for part in edit.singles():
            if isinstance(part, RoadmapEdit):
                yield from part.singles_on(self.roadmap())
            else:
                yield part

    def apply(self, edit: Edit) -> bool:
        """Apply an edit; True if anything changed."""
        return any([self.apply_single(each) is not None for each in self.singles(edit)])

    def apply_and_invert(self, edit: Edit) -> tuple[Edit, ...]:
        """Apply an edit; returns the single edits that undo it, last first."""
        done = [self.apply_single(each) for each in self.singles(edit)]
        return tuple(inverse() for inverse in reversed(done) if inverse is not None)

    def apply_single(self, edit: Edit) -> Inverse | None:
        """Apply an edit that is not made of others; None where it changes nothing."""
        if isinstance(edit, Add):
            return self._add(edit)
        if isinstance(edit, Remove):
            return self._remove(edit.node)
        if isinstance(edit, Move):
            return self._move(edit)
        return self._change(edit)

    def _change(self, edit: Edit) -> Inverse | None:
        """Change a node's own values, or the roadmap's title."""
        table, node_id = self._table, edit.touches()[0]
        if node_id == table.top.id:
            before, table.top = table.top, edit.on(table.top)
            return None if table.top is before else partial(edit.inverse, before)
        node = table.nodes.get(node_id)
        if node is None or not isinstance(edit, NodeEdit):
            return None
        changed = edit.on_node(node)
        if changed is node:
            return None
        table.put(changed)
        return partial(edit.inverse_on_node, node)

    def can_add(self, edit: Add) -> bool:
        """True if the node can be added where the edit says."""
        table = self._table
        if not table.fits(edit.node, edit.parent) or not has_own_ids(edit.node, (table.top.id,)):
            return False
        return table.nodes.keys().isdisjoint(ids_under(edit.node))

    def _add(self, edit: Add) -> Inverse | None:
        if not self.can_add(edit):
            return None
        self._table.insert(edit.node, edit.parent, edit.after)
        return partial(Remove, edit.node.id)

    def _remove(self, node_id: str) -> Inverse | None:
        table = self._table
        if node_id not in table.nodes:
            return None
        parent, before = table.parents[node_id], table.order_of(node_id).previous(node_id)
        return partial(Add, table.remove(node_id), parent, before)

    def _move(self, edit: Move) -> Inverse | None:
        table, node = self._table, self._table.nodes.get(edit.node)
        if node is None or edit.after == edit.node or not table.fits(node, edit.parent):
            return None
        parent, before = table.parents[node.id], table.order_of(node.id).previous(node.id)
        if not table.move(node, edit.parent, edit.after):
            return None
        return partial(Move, node.id, parent, before)
