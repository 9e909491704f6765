"""From the flat maps of a document to a roadmap."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.roadmap.codec import make
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import LAST, children, descendants

_OWN = frozenset(("parent", "pos", "deleted"))
Flat = dict[str, dict[str, Any]]
"""Id -> what the document holds of a node."""
N = TypeVar("N", bound=Node | Roadmap)


def read(meta: str, flat: dict[type, str], known: Roadmap | None) -> Roadmap:
    """The roadmap of a document's maps, each as JSON; a node that is as in `known` is the very same object.

    Raises ValueError where they hold what no edit of ours puts into them.
    """
    try:
        held = {kind: json.loads(nodes) for kind, nodes in flat.items()}
        return _Reader(held, known).roadmap(json.loads(meta))
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError("not a roadmap's document") from error


def touched_ids(before: Roadmap, after: Roadmap) -> tuple[str, ...]:
    """Ids of the nodes that are not the same in both, or stand elsewhere; of a parent, if its children do."""
    old, new = _shells(before), _shells(after)
    return tuple(node_id for node_id in old | new if old.get(node_id) != new.get(node_id))


def _shells(roadmap: Roadmap) -> dict[str, object]:
    """What each node is without its children's content, and where."""
    held = {node.id: (parent, _own(node)) for node, parent in descendants(roadmap)}
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
        self._known: dict[str, Node] = {node.id: node for node, _ in descendants(known)} if known else {}
        self._seen: set[str] = set()
        self._flat = flat
        self._under: dict[tuple[type, str], list[tuple[str, str]]] = defaultdict(list)
        for kind, held in flat.items():
            for node_id, values in held.items():
                if not values.get("deleted"):
                    parent, pos = values["parent"], values["pos"]
                    if type(parent) is not str or type(pos) is not str or node_id in ("", LAST):
                        raise ValueError("a node that stands nowhere")
                    self._under[kind, parent].append((pos, node_id))

    def roadmap(self, meta: dict[str, Any]) -> Roadmap:
        own = ("id", *ATTRIBUTES[Roadmap])
        top = make(Roadmap, {name: meta[name] for name in own if name in meta})
        self._seen.add(top.id)
        return self._filled(top)

    def _filled(self, node: N) -> N:
        """A node with what stands under it."""
        below: dict[str, Any] = {name: self._nodes(kind, node.id) for name, kind in CHILDREN[type(node)]}
        return replace(node, **below) if below else node

    def _nodes(self, kind: type[Node], above: str) -> tuple[Node, ...]:
        made = (make(kind, own) for own in self._rows(kind, above))
        return tuple(map(self._same, map(self._filled, made) if CHILDREN[kind] else made))

    def _rows(self, kind: type, above: str) -> list[dict[str, Any]]:
        """What the nodes of a class under one parent hold, in order; equal places go by id."""
        rows = []
        for _, node_id in sorted(self._under[kind, above]):
            if node_id not in self._seen:  # two windows may have used one id for nodes of two classes
                self._seen.add(node_id)
                values = {k: v for k, v in self._flat[kind][node_id].items() if k not in _OWN}
                rows.append({"id": node_id, **values})
        return rows

    def _same(self, node: Node) -> Node:
        there = self._known.get(node.id)
        return there if there == node else node
