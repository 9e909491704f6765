"""A mutable roadmap for many edits: each costs the same however large it is, because nothing is copied.

It is used to walk through a long history, and for many edits that are applied as one. The edits do exactly
what their `on` and `inverse` say; a property test compares both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import cast

from lfroadmap.roadmap.edit import Edit, NodeEdit, RoadmapEdit
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove, has_own_ids
from lfroadmap.roadmap.tree import attribute_for, children, descendants, ids_under

Inverse = Callable[[], Edit]
"""Returns the edit that undoes another one."""


class Draft:
    """A roadmap that is changed in place; `roadmap` gives it as a value."""

    def __init__(self, roadmap: Roadmap) -> None:
        self._top = roadmap
        self._nodes: dict[str, Node] = {}
        """Every node by id; its children are those it came in with until `roadmap` is called."""
        self._parents: dict[str, str] = {}
        self._orders: dict[tuple[str, type], LinkedOrder] = {}
        """Parent and class -> the order of the children; made on first use."""
        self._stale: set[str] = set()
        """Ids of the nodes whose children have changed."""
        for node, parent in descendants(roadmap):
            self._nodes[node.id], self._parents[node.id] = node, parent

    def node(self, node_id: str) -> Node | None:
        """A node, or None; only its own values are current, not its children."""
        return self._nodes.get(node_id)

    def parent(self, node_id: str) -> str:
        """Id of the node's parent; empty where there is no such node."""
        return self._parents.get(node_id, "")

    def order(self, parent: str, kind: type) -> LinkedOrder:
        """The children of a class under a parent, in order."""
        key = parent, kind
        if key not in self._orders:
            above = self._above(parent)
            name = attribute_for(above, kind)
            assert above is not None and name is not None
            self._orders[key] = LinkedOrder(node.id for node in children(above, name))
        return self._orders[key]

    def order_of(self, node_id: str) -> LinkedOrder:
        """The order of the siblings that a node is in."""
        return self.order(self._parents[node_id], type(self._nodes[node_id]))

    # Applying edits

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
        node_id = edit.touches()[0]
        if node_id == self._top.id:
            before, self._top = self._top, edit.on(self._top)
            return None if self._top is before else partial(edit.inverse, before)
        node = self._nodes.get(node_id)
        if node is None or not isinstance(edit, NodeEdit):
            return None
        changed = edit.on_node(node)
        if changed is node:
            return None
        self._nodes[node_id] = changed
        self._mark_stale(self._parents[node_id])
        return partial(edit.inverse_on_node, node)

    def can_add(self, edit: Add) -> bool:
        """True if the node can be added where the edit says."""
        if not self._fits(edit.node, edit.parent) or not has_own_ids(edit.node, (self._top.id,)):
            return False
        return self._nodes.keys().isdisjoint(ids_under(edit.node))

    def _add(self, edit: Add) -> Inverse | None:
        if not self.can_add(edit):
            return None
        self.order(edit.parent, type(edit.node)).insert(edit.node.id, edit.after)
        self._nodes[edit.node.id], self._parents[edit.node.id] = edit.node, edit.parent
        for node, parent in descendants(edit.node):
            self._nodes[node.id], self._parents[node.id] = node, parent
        self._mark_stale(edit.parent)
        return partial(Remove, edit.node.id)

    def _remove(self, node_id: str) -> Inverse | None:
        if node_id not in self._nodes:
            return None
        node, parent = self._whole(node_id), self._parents[node_id]
        order = self.order(parent, type(node))
        before = order.previous(node_id)
        order.remove(node_id)
        for removed in ids_under(node):
            self._forget(removed)
        self._mark_stale(parent)
        return partial(Add, node, parent, before)

    def _forget(self, node_id: str) -> None:
        node = self._nodes.pop(node_id)
        del self._parents[node_id]
        for _, kind in CHILDREN[type(node)]:
            self._orders.pop((node_id, kind), None)

    def _move(self, edit: Move) -> Inverse | None:
        node = self._nodes.get(edit.node)
        if node is None or edit.after == edit.node or not self._fits(node, edit.parent):
            return None
        parent, before = self._parents[node.id], self.order_of(node.id).previous(node.id)
        self.order_of(node.id).remove(node.id)
        self._parents[node.id] = edit.parent
        self.order(edit.parent, type(node)).insert(node.id, edit.after)
        if (edit.parent, self.order_of(node.id).previous(node.id)) == (parent, before):
            return None
        self._mark_stale(parent)
        self._mark_stale(edit.parent)
        return partial(Move, node.id, parent, before)

    def _fits(self, node: Node, parent: str) -> bool:
        return attribute_for(self._above(parent), type(node)) is not None

    def _above(self, parent: str) -> Node | Roadmap | None:
        return self._top if parent == self._top.id else self._nodes.get(parent)

    def _mark_stale(self, above: str) -> None:
        """Mark a node and all its ancestors as changed."""
        while above and above not in self._stale:
            self._stale.add(above)
            above = self._parents.get(above, "")

    # As a value

    def roadmap(self) -> Roadmap:
        """The roadmap in its current state; unchanged parts are the very same objects."""
        if self._top.id in self._stale:
            self._stale.discard(self._top.id)
            self._top = cast("Roadmap", self._filled(self._top))
        return self._top

    def _whole(self, node_id: str) -> Node:
        if node_id in self._stale:
            self._stale.discard(node_id)
            self._nodes[node_id] = cast("Node", self._filled(self._nodes[node_id]))
        return self._nodes[node_id]

    def _filled(self, above: Node | Roadmap) -> Node | Roadmap:
        below = {
            name: tuple(self._whole(node_id) for node_id in self.order(above.id, kind))
            for name, kind in CHILDREN[type(above)]
        }
        return replace(above, **below)  # type: ignore[arg-type]  # mypy cannot see which class has which
