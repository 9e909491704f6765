"""Removed nodes as the document has them: with what others changed in them since, which nobody sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, NamedTuple

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.tree import children
from lfroadmap.store.document.node_maps import NodeMaps, read_node
from lfroadmap.store.document.reader import make_node, place_of
from lfroadmap.store.document.stamps import DELETED, MADE, NOBODY, PLACE, Stamp, stamp_of

RemovedAt = Callable[[str], int | None]
"""Returns when a node was removed, in milliseconds since 1970; None where it is unknown."""


def restoring(edit: Edit, maps: NodeMaps, device: str, removed_at: RemovedAt) -> Edit:
    """An edit that restores removed nodes, without taking back what others did in them meanwhile.

    What this device did since is no reason against the edit: it may be the undo of just that.
    """
    if isinstance(edit, Add):
        if not maps.is_deleted(edit.node):
            return edit
        node = _Restored(maps, device, removed_at(edit.node.id)).node(edit.node)
        return edit if node == edit.node else replace(edit, node=node)
    if isinstance(edit, Batch):
        before = tuple(edit.singles())
        parts = tuple(restoring(part, maps, device, removed_at) for part in before)
        return edit if parts == before else Batch(parts, edit.template)
    return edit


class _Child(NamedTuple):
    """A node in one that is restored, with what it is sorted by."""

    place: str
    id: str
    node: Node


class _Restored:
    """Reads the nodes of one edit."""

    def __init__(self, maps: NodeMaps, device: str, since: int | None) -> None:
        self._maps, self._device, self._since = maps, device, since

    def node(self, seen: Node) -> Node:
        """A node that the document has, and what is in it, where it was `seen` like this before."""
        return self._node(type(seen), seen.id, self._values(type(seen), seen.id) or {}, seen)

    def _node(self, kind: type[Node], node_id: str, values: dict[str, Any], seen: Node | None) -> Node:
        node, _ = make_node(kind, node_id, {n: value for n, value in values.items() if n in ATTRIBUTES[kind]})
        names = ATTRIBUTES[kind] if seen else ()
        new = {name: getattr(seen, name) for name in names if self._is_own_value(kind, node_id, name)}
        for name, child in CHILDREN[kind]:
            new[name] = self._below(child, node_id, children(seen, name) if seen else ())
        return replace(node, **new) if new else node

    def _below(self, kind: type[Node], parent: str, seen: tuple[Node, ...]) -> tuple[Node, ...]:
        """The children of one class, in their order."""
        before = {node.id: node for node in seen}
        there = self._maps.ids_under(kind, parent)
        ids = [i for i in there if i in before or not self._is_own(self._presence(kind, i))]
        ids += [i for i in before if i not in there and self._is_own(self._absence(kind, i))]
        read = [(node_id, values) for node_id in ids if (values := self._values(kind, node_id))]
        found = [
            _Child(place_of(values.get("pos")), i, self._node(kind, i, values, before.get(i)))
            for i, values in read
        ]
        if all(child.id in before and self._is_in_place(kind, child.id) for child in found):
            order = {node_id: at for at, node_id in enumerate(before)}
            found.sort(key=lambda child: order[child.id])
        else:
            found.sort()
        return tuple(child.node for child in found)

    def _values(self, kind: type[Node], node_id: str) -> dict[str, Any] | None:
        return read_node(self._maps.roots[kind].get(node_id), kind)

    def _stamp(self, kind: type[Node], node_id: str, name: str) -> Stamp:
        node = self._maps.get(kind, node_id)
        return NOBODY if node is None else stamp_of(node, name)

    def _presence(self, kind: type[Node], node_id: str) -> Stamp:
        """Who put a node where it is."""
        stamps = (self._stamp(kind, node_id, name) for name in (DELETED, MADE, PLACE))
        return max(stamps, key=lambda stamp: stamp.made or 0)

    def _absence(self, kind: type[Node], node_id: str) -> Stamp:
        """Who removed a node from where it was."""
        is_deleted = (self._values(kind, node_id) or {}).get("deleted") is True
        return self._stamp(kind, node_id, DELETED if is_deleted else PLACE)

    def _is_in_place(self, kind: type[Node], node_id: str) -> bool:
        """True if nobody else moved a node."""
        stamp = self._stamp(kind, node_id, PLACE)
        return stamp == NOBODY or self._is_own(stamp)

    def _is_own(self, stamp: Stamp) -> bool:
        return stamp != NOBODY and stamp.device == self._device

    def _is_own_value(self, kind: type[Node], node_id: str, name: str) -> bool:
        """True for a value that this device set last; letters of others may be in a text all the same."""
        stamp = self._stamp(kind, node_id, name)
        if self._maps.is_text(kind, node_id, name):
            return self._is_own(stamp) and self._since is not None and (stamp.made or 0) >= self._since
        return self._is_own(stamp)
