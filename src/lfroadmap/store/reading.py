"""From the flat maps of a document to a roadmap."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import children, under

_OWN = frozenset(("parent", "pos", "deleted"))
Flat = dict[str, dict[str, Any]]
"""Id -> what the document holds of a node."""


def read(meta: dict[str, Any], flat: dict[type, Flat], known: Roadmap | None) -> Roadmap:
    """The roadmap of a document's maps; a node that is as in `known` is the very same object."""
    return _Reader(flat, known).roadmap(meta)


def touched_ids(before: Roadmap, after: Roadmap) -> tuple[str, ...]:
    """Ids of the nodes that are not the same in both, or stand elsewhere; of a parent, if its children do."""
    old, new = _shells(before), _shells(after)
    return tuple(node_id for node_id in old | new if old.get(node_id) != new.get(node_id))


def _shells(roadmap: Roadmap) -> dict[str, object]:
    """What each node is without its children's content, and where."""
    held = {node.id: (parent, _own(node)) for node, parent in under(roadmap)}
    return {roadmap.id: _own(roadmap), **held}


def _own(node: Node | Roadmap) -> object:
    """What a node is without its children's content."""
    below = CHILDREN[type(node)]
    if not below:
        return node
    values = tuple(getattr(node, name) for name in ATTRIBUTES[type(node)])
    return values, tuple(tuple(child.id for child in children(node, name)) for name, _ in below)


class _Reader:
    def __init__(self, flat: dict[type, Flat], known: Roadmap | None) -> None:
        self._known: dict[str, Node] = {node.id: node for node, _ in under(known)} if known else {}
        self._seen: set[str] = set()
        self._flat = flat
        self._under: dict[tuple[type, str], list[tuple[str, str]]] = defaultdict(list)
        for kind, held in flat.items():
            for node_id, values in held.items():
                if not values.get("deleted"):
                    self._under[kind, values["parent"]].append((values["pos"], node_id))

    def roadmap(self, meta: dict[str, Any]) -> Roadmap:
        above = str(meta["id"])
        own: dict[str, Any] = {name: meta.get(name, default) for name, default in ATTRIBUTES[Roadmap].items()}
        below: dict[str, Any] = self._below(Roadmap, above)
        return Roadmap(above, **own, **below)

    def _below(self, kind: type, node_id: str) -> dict[str, tuple[Node, ...]]:
        """What stands under a node of a class, by attribute."""
        return {name: self._nodes(below, node_id) for name, below in CHILDREN[kind]}

    def _nodes(self, kind: type, above: str) -> tuple[Node, ...]:
        rows = self._rows(kind, above)
        if not CHILDREN[kind]:
            return tuple(self._same(kind(**own)) for own in rows)
        return tuple(self._same(kind(**own, **self._below(kind, own["id"]))) for own in rows)

    def _rows(self, kind: type, above: str) -> list[dict[str, Any]]:
        """What the nodes of a class under one parent hold, in order; equal places go by id."""
        rows = []
        for _, node_id in sorted(self._under[kind, above]):
            if node_id not in self._seen:  # two windows may have used one id for nodes of two classes
                self._seen.add(node_id)
                values = {k: v for k, v in self._flat[kind][node_id].items() if k not in _OWN}
                if "options" in values:
                    values["options"] = tuple(values["options"])
                rows.append({"id": node_id, **values})
        return rows

    def _same(self, node: Node) -> Node:
        there = self._known.get(node.id)
        return there if there == node else node
