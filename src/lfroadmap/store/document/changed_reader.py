"""Reading a roadmap again after changes of a few of its nodes."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

from lfroadmap.roadmap.codec import make
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import LAST, Nodes, children, with_any
from lfroadmap.store.document.changed_nodes import ChangedNodes
from lfroadmap.store.document.limits import MAX_ID
from lfroadmap.store.document.node_maps import ROOTS, NodeMaps, read_meta, read_node
from lfroadmap.store.document.reader import AT_TOP, make_node, place_of

_ATTRIBUTE_OF = {kind: name for below in CHILDREN.values() for name, kind in below}
_PARENTS_OF: dict[type, tuple[type, ...]] = {
    kind: tuple(above for above, below in CHILDREN.items() if kind in dict(below).values())
    for kind in CHILDREN
}
_ID = attrgetter("id")
_LOWEST = frozenset(
    kind for kind, below in CHILDREN.items() if below and not any(CHILDREN[child] for _, child in below)
)
"""The classes of which there are many and few have children: of these only the ones concerned are read."""
N = TypeVar("N", bound=Node | Roadmap)


def read_changed(previous: Roadmap, maps: NodeMaps, changed: ChangedNodes) -> Roadmap | None:
    """The roadmap after changes of a document of which `previous` showed everything.

    It is the same as by reading the whole document; None where that may be another, or leave something out.
    """
    try:
        return _ChangedReader(previous, maps, changed).roadmap()
    except _UndecidedError:
        return None


class _UndecidedError(Exception):
    """The changed nodes alone do not show how the roadmap is read."""


class _Place(NamedTuple):
    """Where a node was."""

    node: Node
    parent: str


class _State(NamedTuple):
    """A changed node as it is in the document."""

    kind: type[Node]
    id: str
    parent: str
    place: str
    """Its position as it is sorted."""
    node: Node | None
    """The node without its children; None if it is deleted."""

    @property
    def key(self) -> tuple[str, str]:
        """The key by which siblings are sorted."""
        return self.place, self.id


class _ChangedReader:
    def __init__(self, previous: Roadmap, maps: NodeMaps, changed: ChangedNodes) -> None:
        self._previous, self._maps, self._changed = previous, maps, changed
        self._ids = frozenset().union(*changed.ids.values())
        self._places: dict[str, _Place] = {}
        """The places of the changed nodes, of what they are in, and of all that have levels below them."""
        self._nodes: dict[str, Node] = {}
        """The changed nodes that are shown, with the children that they had."""
        self._arrived: dict[tuple[str, str], list[_State]] = defaultdict(list)
        """Parent and attribute -> the changed nodes that are shown there."""
        self._left: set[tuple[str, str]] = set()
        """Parents and attributes where changed nodes were."""
        self._wanted: frozenset[str] = self._ids
        """The changed nodes and their parents in the document."""

    def roadmap(self) -> Roadmap:
        top = self._top()
        # parents come before their children
        states = [self._state(kind, i) for kind in ROOTS for i in self._changed.ids[kind]]
        self._wanted = self._ids.union(state.parent for state in states)
        self._find_places(self._previous)
        for state in states:
            self._sort_in(state)
        return self._assembled(top)

    def _top(self) -> Roadmap:
        """The roadmap with its own values as they are now."""
        if self._maps.meta.get("id") != self._previous.id:
            raise _UndecidedError
        if not self._changed.meta:
            return self._previous
        values = read_meta(self._maps.meta)
        try:
            own = make(
                Roadmap, {name: values[name] for name in ("id", *ATTRIBUTES[Roadmap]) if name in values}
            )
        except ValueError:
            raise _UndecidedError from None
        return _with_children_of(own, self._previous)

    def _find_places(self, above: Node | Roadmap) -> None:
        for name, kind in CHILDREN[type(above)]:
            nodes = children(above, name)
            has_levels = bool(CHILDREN[kind]) and kind not in _LOWEST
            # of the many tasks few are wanted: whether one of them is takes C alone
            if has_levels or not self._wanted.isdisjoint(map(_ID, nodes)):
                for node in nodes:
                    if has_levels or node.id in self._wanted:
                        self._note_place(node, above.id, name)
            for node in with_any(nodes, tuple(inner for inner, _ in CHILDREN[kind])):
                self._find_places(node)

    def _note_place(self, node: Node, parent: str, attribute: str) -> None:
        self._places[node.id] = _Place(node, parent)
        if node.id in self._ids:
            self._left.add((parent, attribute))

    def _state(self, kind: type[Node], node_id: str) -> _State:
        roots = self._maps.roots
        if (
            node_id in ("", LAST, self._previous.id)
            or len(node_id) > MAX_ID
            or any(node_id in root for other, root in roots.items() if other is not kind)
        ):
            raise _UndecidedError
        values = read_node(roots[kind].get(node_id), kind)
        if values is None:
            raise _UndecidedError
        if values.get("deleted") is True:
            return _State(kind, node_id, "", "", None)
        node, unreadable = make_node(kind, node_id, values)
        parent = values.get("parent")
        if unreadable or type(parent) is not str:
            raise _UndecidedError
        return _State(kind, node_id, parent, place_of(values.get("pos")), node)

    def _sort_in(self, state: _State) -> None:
        """Put a changed node under its parent, if it is shown."""
        if state.node is None:
            return
        kind = state.kind
        parent = self._previous.id if kind in AT_TOP else state.parent
        if kind not in AT_TOP and not self._is_shown(_PARENTS_OF[kind], parent):
            self._check_hidden(parent)
            return
        before = self._places.get(state.id)
        if before is not None:
            self._nodes[state.id] = _renewed(before.node, state.node)
        elif not CHILDREN[kind] or (kind, state.id) in self._changed.new:
            self._nodes[state.id] = state.node
        else:  # it may have children that were not shown
            raise _UndecidedError
        self._arrived[parent, _ATTRIBUTE_OF[kind]].append(state)

    def _is_shown(self, kinds: tuple[type, ...], node_id: str) -> bool:
        """True if a node of one of these classes is in the new roadmap."""
        if node_id in self._ids:
            return type(self._nodes.get(node_id)) in kinds
        place = self._places.get(node_id)
        if place is None or type(place.node) not in kinds:
            return False
        kind = type(place.node)
        return kind in AT_TOP or self._is_shown(_PARENTS_OF[kind], place.parent)

    def _check_hidden(self, parent: str) -> None:
        """Raise _UndecidedError unless what is under `parent` is below a deleted node."""
        for _ in CHILDREN:
            node = self._maps.only(parent)
            if node is not None and node.get("deleted") is True:
                return
            above = node and node.get("parent")
            if type(above) is not str:
                break
            parent = above
        raise _UndecidedError

    @cached_property
    def _above(self) -> frozenset[str]:
        """The ids of the nodes in which changed ones are or were."""
        return frozenset(parent for parent, _ in (*self._arrived, *self._left))

    def _assembled(self, node: N) -> N:
        """A node with its children as they are now; itself where nothing below it is another."""
        changed: dict[str, Any] = {}
        for name, kind in CHILDREN[type(node)]:
            old = children(node, name)
            new = self._children(node.id, name, kind, old)
            if CHILDREN[kind] and (
                new is not old or kind not in _LOWEST or not self._above.isdisjoint(map(_ID, old))
            ):
                new = tuple(
                    node if kind in _LOWEST and node.id not in self._above else self._assembled(node)
                    for node in new
                )
            if new is not old and not _are_identical(new, old):
                changed[name] = new
        return replace(node, **changed) if changed else node

    def _children(self, parent: str, name: str, kind: type, old: Nodes) -> Nodes:
        """The children in one attribute, in their new order."""
        arrived = self._arrived.get((parent, name), ())
        if not arrived and (parent, name) not in self._left:
            return old
        nodes = [node for node in old if node.id not in self._ids]
        for state in arrived:
            nodes.insert(bisect(nodes, state.key, key=self._key), self._nodes[state.id])
        return tuple(nodes)

    def _key(self, node: Node) -> tuple[str, str]:
        return place_of(self._maps.position(type(node), node.id)), node.id


def _renewed(before: Node, own: Node) -> Node:
    """A changed node with the children that it had; the node before where nothing is changed."""
    node = _with_children_of(own, before)
    return before if node == before else node


def _with_children_of(own: N, before: N) -> N:
    below = {name: children(before, name) for name, _ in CHILDREN[type(own)]}
    return replace(own, **cast("dict[str, Any]", below)) if below else own


def _are_identical(one: Iterable[Node], other: Nodes) -> bool:
    nodes = tuple(one)
    return len(nodes) == len(other) and all(a is b for a, b in zip(nodes, other, strict=True))
