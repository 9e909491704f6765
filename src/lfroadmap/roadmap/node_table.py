"""A roadmap as a table of its nodes, changed in place at the same cost however large it is."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import attribute_for, changed_descendants, children, descendants, ids_under


class NodeTable:
    """The nodes by id, their parents, and the order of their children; `roadmap` gives it as a value."""

    def __init__(self, roadmap: Roadmap, after: Roadmap | None = None) -> None:
        """With `after`, for edits that lead there alone: what is in nodes that stay the same is left out."""
        self.top = roadmap
        """The roadmap itself; only its own values are current, not its children."""
        self.nodes: dict[str, Node] = {}
        """Every node by id; its children are those it came in with until `roadmap` is called."""
        self.parents: dict[str, str] = {}
        """Id of each node -> id of its parent."""
        self._orders: dict[tuple[str, type], LinkedOrder] = {}
        """Parent and class -> the order of the children; made on first use."""
        self._stale: set[str] = set()
        """Ids of the nodes whose children have changed."""
        for node, parent in changed_descendants(roadmap, after) if after else descendants(roadmap):
            self.nodes[node.id], self.parents[node.id] = node, parent

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
        return self.order(self.parents[node_id], type(self.nodes[node_id]))

    def fits(self, node: Node, parent: str) -> bool:
        """True if a node of this class can be under the parent."""
        return attribute_for(self._above(parent), type(node)) is not None

    def _above(self, parent: str) -> Node | Roadmap | None:
        return self.top if parent == self.top.id else self.nodes.get(parent)

    def put(self, node: Node) -> None:
        """Put a node with other values of its own in the place of the one with its id."""
        self.nodes[node.id] = node
        self._mark_stale(self.parents[node.id])

    def insert(self, node: Node, parent: str, after: str) -> None:
        """Insert a node, with all below it, behind a sibling."""
        self.order(parent, type(node)).insert(node.id, after)
        self.nodes[node.id], self.parents[node.id] = node, parent
        for below, above in descendants(node):
            self.nodes[below.id], self.parents[below.id] = below, above
        self._mark_stale(parent)

    def remove(self, node_id: str) -> Node:
        """Remove a node with all below it; returns it with its current children."""
        node, parent = self._whole(node_id), self.parents[node_id]
        self.order(parent, type(node)).remove(node_id)
        for removed in ids_under(node):
            self._forget(removed)
        self._mark_stale(parent)
        return node

    def _forget(self, node_id: str) -> None:
        node = self.nodes.pop(node_id)
        del self.parents[node_id]
        for _, kind in CHILDREN[type(node)]:
            self._orders.pop((node_id, kind), None)

    def move(self, node: Node, parent: str, after: str) -> bool:
        """Move a node behind a sibling, under a parent that it fits; False if that is where it was."""
        old, order = self.parents[node.id], self.order_of(node.id)
        before = order.previous(node.id)
        order.remove(node.id)
        self.parents[node.id] = parent
        order = self.order(parent, type(node))
        order.insert(node.id, after)
        if (parent, order.previous(node.id)) == (old, before):
            return False
        self._mark_stale(old)
        self._mark_stale(parent)
        return True

    def _mark_stale(self, above: str) -> None:
        """Mark a node and all its ancestors as changed."""
        while above and above not in self._stale:
            self._stale.add(above)
            above = self.parents.get(above, "")

    def roadmap(self) -> Roadmap:
        """The roadmap in its current state; unchanged parts are the very same objects."""
        if self.top.id in self._stale:
            self._stale.discard(self.top.id)
            self.top = cast("Roadmap", self._filled(self.top))
        return self.top

    def _whole(self, node_id: str) -> Node:
        """A node with its current children."""
        if node_id in self._stale:
            self._stale.discard(node_id)
            self.nodes[node_id] = cast("Node", self._filled(self.nodes[node_id]))
        return self.nodes[node_id]

    def _filled(self, above: Node | Roadmap) -> Node | Roadmap:
        below = {
            name: tuple(self._whole(node_id) for node_id in self.order(above.id, kind))
            for name, kind in CHILDREN[type(above)]
        }
        return replace(above, **below)  # type: ignore[arg-type]  # mypy cannot see which class has which
