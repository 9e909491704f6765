"""Reading a roadmap from the flat maps of its document."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.roadmap.codec import make
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import LAST, children, descendants

_PLACE_KEYS = frozenset(("parent", "pos", "deleted"))
Flat = dict[str, dict[str, Any]]
"""Id -> values of a node in the document."""
N = TypeVar("N", bound=Node | Roadmap)


def read(meta: str, flat: dict[type, str], previous: Roadmap | None) -> Roadmap:
    """The roadmap of a document's maps, given as JSON; nodes equal to those in `previous` are reused.

    Raises ValueError where they have values that no edit of ours writes.
    """
    try:
        values = {kind: json.loads(nodes) for kind, nodes in flat.items()}
        return _Reader(values, previous).roadmap(json.loads(meta))
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError("not a roadmap's document") from error


def touched_ids(before: Roadmap, after: Roadmap) -> tuple[str, ...]:
    """Ids of the nodes that differ or were moved; of a parent, if its list of children differs."""
    old, new = _shells(before), _shells(after)
    return tuple(node_id for node_id in old | new if old.get(node_id) != new.get(node_id))


def _shells(roadmap: Roadmap) -> dict[str, object]:
    """Each node's own values with its parent."""
    shells = {node.id: (parent, _own_values(node)) for node, parent in descendants(roadmap)}
    return {roadmap.id: _own_values(roadmap), **shells}


def _own_values(node: Node | Roadmap) -> object:
    """A node's own values and the ids of its children."""
    below = CHILDREN[type(node)]
    if not below:
        return node
    values = tuple(getattr(node, name) for name in ATTRIBUTES[type(node)])
    return values, tuple(tuple(child.id for child in children(node, name)) for name, _ in below)


class _Reader:
    def __init__(self, flat: dict[type, Flat], previous: Roadmap | None) -> None:
        self._previous: dict[str, Node] = (
            {node.id: node for node, _ in descendants(previous)} if previous else {}
        )
        self._seen: set[str] = set()
        self._flat = flat
        self._by_parent: dict[tuple[type, str], list[tuple[str, str]]] = defaultdict(list)
        for kind, nodes in flat.items():
            for node_id, values in nodes.items():
                if not values.get("deleted"):
                    parent, pos = values["parent"], values["pos"]
                    if type(parent) is not str or type(pos) is not str or node_id in ("", LAST):
                        raise ValueError("a node without a place")
                    self._by_parent[kind, parent].append((pos, node_id))

    def roadmap(self, meta: dict[str, Any]) -> Roadmap:
        own = ("id", *ATTRIBUTES[Roadmap])
        top = make(Roadmap, {name: meta[name] for name in own if name in meta})
        self._seen.add(top.id)
        return self._with_children(top)

    def _with_children(self, node: N) -> N:
        """A node with its children."""
        below: dict[str, Any] = {name: self._nodes(kind, node.id) for name, kind in CHILDREN[type(node)]}
        return replace(node, **below) if below else node

    def _nodes(self, kind: type[Node], above: str) -> tuple[Node, ...]:
        made = (make(kind, own) for own in self._rows(kind, above))
        return tuple(map(self._reuse, map(self._with_children, made) if CHILDREN[kind] else made))

    def _rows(self, kind: type, above: str) -> list[dict[str, Any]]:
        """The values of the nodes of a class under one parent, in order; equal positions go by id."""
        rows = []
        for _, node_id in sorted(self._by_parent[kind, above]):
            if node_id not in self._seen:  # two windows may have used one id for nodes of two classes
                self._seen.add(node_id)
                values = {k: v for k, v in self._flat[kind][node_id].items() if k not in _PLACE_KEYS}
                rows.append({"id": node_id, **values})
        return rows

    def _reuse(self, node: Node) -> Node:
        old = self._previous.get(node.id)
        return old if old == node else node
