"""A roadmap under many edits: each costs the same however large it is, because nothing is copied.

For walking through a long history, and for many edits that are done as one. The edits mean here exactly
what their `on` and `inverse` say; a property test holds both together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import cast

from lfroadmap.roadmap.edit import Edit, OfNode, OfRoadmap
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove, has_own_ids
from lfroadmap.roadmap.tree import attribute_for, children, ids_under, under

Back = Callable[[], Edit]
"""Tells the edit that takes another one back."""


class Draft:
    """A roadmap that is changed in place; `roadmap` gives it as a value."""

    def __init__(self, roadmap: Roadmap) -> None:
        self._top = roadmap
        self._nodes: dict[str, Node] = {}
        """Every node; what is in it is as it was when the node came in, until `roadmap` is asked for."""
        self._parents: dict[str, str] = {}
        self._chains: dict[tuple[str, type], LinkedOrder] = {}
        """Parent and class -> the order there, once it mattered."""
        self._stale: set[str] = set()
        """Ids of the nodes in which something is not as it was."""
        for node, parent in under(roadmap):
            self._nodes[node.id], self._parents[node.id] = node, parent

    def node(self, node_id: str) -> Node | None:
        """A node, or None; only its own values are those of now, not what is in it."""
        return self._nodes.get(node_id)

    def parent(self, node_id: str) -> str:
        """Id of what the node stands under; empty for no such node."""
        return self._parents.get(node_id, "")

    def chain(self, parent: str, kind: type) -> LinkedOrder:
        """The nodes of a class under a parent, in order."""
        key = parent, kind
        if key not in self._chains:
            above = self._above(parent)
            name = attribute_for(above, kind)
            assert above is not None and name is not None
            self._chains[key] = LinkedOrder(node.id for node in children(above, name))
        return self._chains[key]

    def beside(self, node_id: str) -> LinkedOrder:
        """The order that a node stands in."""
        return self.chain(self._parents[node_id], type(self._nodes[node_id]))

    # doing

    def singles(self, edit: Edit) -> Iterator[Edit]:
        """The single edits that an edit comes to; each is to be done before the next is asked for."""
        for part in edit.singles():
            if isinstance(part, OfRoadmap):
                yield from part.singles_on(self.roadmap())
            else:
                yield part

    def do(self, edit: Edit) -> bool:
        """Do what `edit.on` does; whether anything changed."""
        return any([self.single(each) is not None for each in self.singles(edit)])

    def undoing(self, edit: Edit) -> tuple[Edit, ...]:
        """Do the same; returns the single edits that take it back, last first."""
        done = [self.single(each) for each in self.singles(edit)]
        return tuple(back() for back in reversed(done) if back is not None)

    def single(self, edit: Edit) -> Back | None:
        """Do an edit that is not made of others; None where it changes nothing."""
        if isinstance(edit, Add):
            return self._add(edit)
        if isinstance(edit, Remove):
            return self._remove(edit.node)
        if isinstance(edit, Move):
            return self._move(edit)
        return self._change(edit)

    def _change(self, edit: Edit) -> Back | None:
        """Change a node's own values, or the roadmap's words."""
        node_id = edit.touches()[0]
        if node_id == self._top.id:
            before, self._top = self._top, edit.on(self._top)
            return None if self._top is before else partial(edit.inverse, before)
        node = self._nodes.get(node_id)
        if node is None or not isinstance(edit, OfNode):
            return None
        changed = edit.of(node)
        if changed is node:
            return None
        self._nodes[node_id] = changed
        self._tell(self._parents[node_id])
        return partial(edit.back, node)

    def can_add(self, edit: Add) -> bool:
        """Whether the node could be put where the edit says."""
        if not self._fits(edit.node, edit.parent) or not has_own_ids(edit.node, (self._top.id,)):
            return False
        return self._nodes.keys().isdisjoint(ids_under(edit.node))

    def _add(self, edit: Add) -> Back | None:
        if not self.can_add(edit):
            return None
        self.chain(edit.parent, type(edit.node)).insert(edit.node.id, edit.after)
        self._nodes[edit.node.id], self._parents[edit.node.id] = edit.node, edit.parent
        for node, parent in under(edit.node):
            self._nodes[node.id], self._parents[node.id] = node, parent
        self._tell(edit.parent)
        return partial(Remove, edit.node.id)

    def _remove(self, node_id: str) -> Back | None:
        if node_id not in self._nodes:
            return None
        node, parent = self._whole(node_id), self._parents[node_id]
        chain = self.chain(parent, type(node))
        before = chain.before(node_id)
        chain.remove(node_id)
        for gone in ids_under(node):
            self._forget(gone)
        self._tell(parent)
        return partial(Add, node, parent, before)

    def _forget(self, node_id: str) -> None:
        node = self._nodes.pop(node_id)
        del self._parents[node_id]
        for _, kind in CHILDREN[type(node)]:
            self._chains.pop((node_id, kind), None)

    def _move(self, edit: Move) -> Back | None:
        node = self._nodes.get(edit.node)
        if node is None or edit.after == edit.node or not self._fits(node, edit.parent):
            return None
        parent, before = self._parents[node.id], self.beside(node.id).before(node.id)
        self.beside(node.id).remove(node.id)
        self._parents[node.id] = edit.parent
        self.chain(edit.parent, type(node)).insert(node.id, edit.after)
        if (edit.parent, self.beside(node.id).before(node.id)) == (parent, before):
            return None
        self._tell(parent)
        self._tell(edit.parent)
        return partial(Move, node.id, parent, before)

    def _fits(self, node: Node, parent: str) -> bool:
        return attribute_for(self._above(parent), type(node)) is not None

    def _above(self, parent: str) -> Node | Roadmap | None:
        return self._top if parent == self._top.id else self._nodes.get(parent)

    def _tell(self, above: str) -> None:
        """Note that something in a node, and so in all above it, is not as it was."""
        while above and above not in self._stale:
            self._stale.add(above)
            above = self._parents.get(above, "")

    # as a value

    def roadmap(self) -> Roadmap:
        """The roadmap as it stands now; what nothing was done to is the very same object."""
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
            name: tuple(self._whole(node_id) for node_id in self.chain(above.id, kind))
            for name, kind in CHILDREN[type(above)]
        }
        return replace(above, **below)  # type: ignore[arg-type]  # mypy cannot see which class has which
