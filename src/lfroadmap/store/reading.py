"""From what a file holds, and from the flat maps of a document, to a roadmap."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_roadmap, make
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.tree import LAST, places
from lfroadmap.store.rows import VERSION, Opened

_OWN = frozenset(("parent", "pos", "deleted"))
Flat = dict[str, dict[str, Any]]
"""Id -> what the document holds of a node."""

N = TypeVar("N", Stage, Card, Field, Task, Kpi)
L = TypeVar("L", Field, Task, Kpi)


def viewed(opened: Opened) -> Roadmap | None:
    """The roadmap as the plain copy in the file tells it; None where there is none that can be read."""
    try:
        return None if opened.view is None else load_roadmap(opened.view)
    except ValueError:
        return None  # the updates hold all of it, and the writer makes a new copy


def roadmap_of(opened: Opened, path: Path) -> Roadmap:
    """The roadmap that a file holds; raises BrokenStore."""
    return viewed(opened) or merged(opened, path)


def merged(opened: Opened, path: Path) -> Roadmap:
    """The roadmap that the updates of a file come to; raises BrokenStore."""
    try:
        # the writer reads the document again: one must not change threads
        from lfroadmap.store.document import Document  # noqa: PLC0415 - 0.1 s, and rarely needed here

        document = Document()
        for update in opened.updates:
            document.merge(update)
        return document.roadmap()
    except ValueError as error:
        key = "store_newer" if opened.version > VERSION else "store_damaged"
        raise BrokenStore(key, path=path) from error


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
    out: dict[str, object] = {
        roadmap.id: (roadmap.title, _ids(roadmap.stages), _ids(roadmap.kpis)),
    }
    for place in places(roadmap):
        node = place.node
        own: object = node
        if isinstance(node, Stage):
            own = (node.title, _ids(node.cards))
        elif isinstance(node, Card):
            own = (node.title, _ids(node.fields), _ids(node.tasks))
        out[node.id] = (place.parent, own)
    return out


def _ids(nodes: tuple[Node, ...]) -> tuple[str, ...]:
    return tuple(node.id for node in nodes)


class _Reader:
    def __init__(self, flat: dict[type, Flat], known: Roadmap | None) -> None:
        self._known: dict[str, Any] = {p.node.id: p.node for p in places(known)} if known else {}
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
        top = make(Roadmap, {name: meta[name] for name in ("id", "title", "template")})
        self._seen.add(top.id)
        stages = tuple(
            self._same(replace(make(Stage, own), cards=self._cards(own["id"])))
            for own in self._rows(Stage, top.id)
        )
        return replace(top, stages=stages, kpis=self._leaves(Kpi, top.id))

    def _cards(self, above: str) -> tuple[Card, ...]:
        return tuple(
            self._same(
                replace(
                    make(Card, own),
                    fields=self._leaves(Field, own["id"]),
                    tasks=self._leaves(Task, own["id"]),
                )
            )
            for own in self._rows(Card, above)
        )

    def _leaves(self, kind: type[L], above: str) -> tuple[L, ...]:
        return tuple(self._same(make(kind, own)) for own in self._rows(kind, above))

    def _rows(self, kind: type, above: str) -> list[dict[str, Any]]:
        """What the nodes of a class under one parent hold, in order; equal places go by id."""
        rows = []
        for _, node_id in sorted(self._under[kind, above]):
            if node_id not in self._seen:  # two windows may have used one id for nodes of two classes
                self._seen.add(node_id)
                values = {k: v for k, v in self._flat[kind][node_id].items() if k not in _OWN}
                rows.append({"id": node_id, **values})
        return rows

    def _same(self, node: N) -> N:
        there = self._known.get(node.id)
        return there if there == node else node
