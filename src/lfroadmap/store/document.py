"""The Yjs document of a roadmap: maps by id, so that offline edits of several windows merge.

Root maps `stages`, `cards`, `fields`, `tasks`, `kpis` hold a map for each node: `parent`, `pos` (see
`position`), `deleted`, and the node's attributes that are not at their default; the value of a long field
is a Text. `meta` holds the roadmap's own id, title and template. No Yjs arrays: reordering duplicates.
A Document belongs to one thread.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields
from itertools import pairwise
from typing import Any, cast

from pycrdt import Doc, Map, Text, TransactionEvent

from lfroadmap.roadmap.difference import ResetAll, difference
from lfroadmap.roadmap.edits import Add, Batch, Edit, Move, Remove, SpliceText
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.tree import find, siblings
from lfroadmap.store.position import between, spread
from lfroadmap.store.reading import Flat, read

ROOTS: dict[type, str] = {Stage: "stages", Card: "cards", Field: "fields", Task: "tasks", Kpi: "kpis"}
META = ("id", "title", "template")
CHILDREN: dict[type, tuple[str, ...]] = {
    Roadmap: ("stages", "kpis"),
    Stage: ("cards",),
    Card: ("fields", "tasks"),
}
ATTRIBUTES: dict[type, dict[str, Any]] = {
    kind: {
        field.name: field.default
        for field in fields(kind)
        if field.default is not MISSING and field.name not in CHILDREN.get(kind, ())
    }
    for kind in ROOTS
}
"""Names and defaults of what a node holds besides its id and its children."""


class Document:
    """A roadmap as a Yjs document; the updates that its edits make are taken with `take`."""

    def __init__(self) -> None:
        self._doc: Doc[Any] = Doc()
        self._meta: Map[Any] = self._doc.get("meta", type=Map)
        self._roots: dict[type, Map[Any]] = {kind: self._doc.get(n, type=Map) for kind, n in ROOTS.items()}
        self._made: list[bytes] = []
        self._subscription = self._doc.observe(self._note)

    def _note(self, event: TransactionEvent) -> None:
        # the update can only be read here, inside the callback
        self._made.append(event.update)

    def take(self) -> list[bytes]:
        """The updates made since the last call, in order."""
        made, self._made = self._made, []
        return made

    def merge(self, update: bytes) -> None:
        """Take in an update of the log; raises ValueError where it cannot be decoded."""
        self._doc.apply_update(update)
        self._made.clear()

    def whole(self) -> bytes:
        """One update that holds everything."""
        return self._doc.get_update()

    def fill(self, roadmap: Roadmap) -> None:
        """Write a first roadmap into an empty document."""
        with self._doc.transaction():
            for name in META:
                self._meta[name] = getattr(roadmap, name)
            self._put_children(roadmap.id, roadmap, fresh=True)

    def apply(self, edit: Edit, before: Roadmap) -> Roadmap:
        """Do an edit in the document, which stands at `before`; returns the roadmap after it."""
        with self._doc.transaction():
            return self._apply(edit, before)

    def _apply(self, edit: Edit, before: Roadmap) -> Roadmap:
        if isinstance(edit, ResetAll):
            edit = Batch(difference(before, edit.fresh))
        if isinstance(edit, Batch):
            for part in edit.edits:
                before = self._apply(part, before)
            return before
        after = edit.on(before)
        if after is not before:
            self._write(edit, before, after)
        return after

    def _write(self, edit: Edit, before: Roadmap, after: Roadmap) -> None:
        """Write what a single edit changed; that it changed something says that its nodes are there."""
        if isinstance(edit, Add):
            self._put(edit.node, edit.parent, self._place(edit.node.id, edit.parent, after))
        elif isinstance(edit, Remove):
            self._map(_node(before, edit.node))["deleted"] = True
        elif isinstance(edit, Move):
            held = self._map(_node(after, edit.node))
            held["parent"], held["pos"] = edit.parent, self._place(edit.node, edit.parent, after)
        elif edit.touches()[0] == before.id:
            self._meta["title"] = after.title
        else:
            self._write_node(edit, _node(before, edit.touches()[0]), _node(after, edit.touches()[0]))

    def _write_node(self, edit: Edit, old: Node, new: Node) -> None:
        held = self._map(new)
        for name in ATTRIBUTES[type(new)]:
            value = getattr(new, name)
            if value == getattr(old, name):
                continue
            text = held.get(name)
            if isinstance(text, Text):
                run = edit if isinstance(edit, SpliceText) else _run(old.id, str(text), value)
                _splice(text, run)
            else:
                held[name] = _sound(value)

    def _map(self, node: Node) -> Map[Any]:
        return cast("Map[Any]", self._roots[type(node)][node.id])

    def _put(self, node: Node, parent: str, pos: str) -> None:
        """Bring a node and all that is in it to exactly what `node` says, new or brought back."""
        root = self._roots[type(node)]
        known = node.id in root
        if known:
            self._bring_back(cast("Map[Any]", root[node.id]), node, parent, pos)
        else:
            root[node.id] = Map({"parent": parent, "pos": pos, **_attributes(node)})
        if type(node) in CHILDREN:
            self._put_children(node.id, node, fresh=not known)

    def _bring_back(self, held: Map[Any], node: Node, parent: str, pos: str) -> None:
        wanted = {"parent": parent, "pos": pos, "deleted": False}
        for name, default in ATTRIBUTES[type(node)].items():
            value, there = getattr(node, name), held.get(name, default)
            if isinstance(there, Text) and _is_long(node):
                if str(there) != value:
                    _splice(there, _run(node.id, str(there), value))
            elif name == "value" and _is_long(node):
                held[name] = Text(value)
            else:
                wanted[name] = _sound(value)
        for name, value in wanted.items():
            if held.get(name, ATTRIBUTES[type(node)].get(name, False)) != value:
                held[name] = value

    def _put_children(self, parent: str, above: Node | Roadmap, *, fresh: bool) -> None:
        """Bring what is under a parent to what `above` says; nothing is under one that is fresh."""
        for name in CHILDREN[type(above)]:
            nodes: tuple[Node, ...] = getattr(above, name)
            kind = next(kind for kind, root in ROOTS.items() if root == name)
            kept = {node.id for node in nodes}
            for gone in set() if fresh else self._ids_under(kind, parent) - kept:
                self._roots[kind][gone]["deleted"] = True
            for node, pos in zip(nodes, self._positions(kind, nodes), strict=True):
                self._put(node, parent, pos)

    def _ids_under(self, kind: type, parent: str) -> set[str]:
        flat: Flat = json.loads(str(self._roots[kind]))
        return {i for i, held in flat.items() if held.get("parent") == parent and not held.get("deleted")}

    def _positions(self, kind: type, nodes: tuple[Node, ...]) -> list[str]:
        """The positions that the nodes have where these are in order; else fresh ones."""
        root = self._roots[kind]
        known = [str(root[node.id]["pos"]) for node in nodes if node.id in root]
        sound = len(known) == len(nodes) and all(low < high for low, high in pairwise(known))
        return known if sound else spread(len(nodes))

    def _place(self, node_id: str, parent: str, after: Roadmap) -> str:
        """A position for a node between its neighbors in `after`, which is how it shall stand."""
        node = _node(after, node_id)
        nodes = siblings(after, parent, node) or ()
        at = [other.id for other in nodes].index(node_id)
        root = self._roots[type(node)]
        low = str(root[nodes[at - 1].id]["pos"]) if at else ""
        high = str(root[nodes[at + 1].id]["pos"]) if at + 1 < len(nodes) else ""
        if not high or low < high:
            return between(low, high)
        # two windows chose the same place: there is no room between equals
        fresh = spread(len(nodes))
        for other, pos in zip(nodes, fresh, strict=True):
            if other.id != node_id:
                root[other.id]["pos"] = pos
        return fresh[at]

    def roadmap(self, known: Roadmap | None = None) -> Roadmap:
        """The roadmap that the document holds; nodes that are as in `known` are the same objects."""
        meta = json.loads(str(self._meta))
        return read(meta, {kind: json.loads(str(root)) for kind, root in self._roots.items()}, known)


def _node(roadmap: Roadmap, node_id: str) -> Node:
    place = find(roadmap, node_id)
    assert place is not None
    return place.node


def _is_long(node: Node) -> bool:
    return isinstance(node, Field) and node.kind == "long"


def _sound(value: Any) -> Any:  # noqa: ANN401 - an attribute of any node
    return list(value) if isinstance(value, tuple) else value


def _attributes(node: Node) -> dict[str, Any]:
    out = {
        name: _sound(getattr(node, name))
        for name, default in ATTRIBUTES[type(node)].items()
        if getattr(node, name) != default
    }
    if _is_long(node):
        out["value"] = Text(out.get("value", ""))
    return out


def _run(node_id: str, old: str, new: str) -> SpliceText:
    """The shortest run that turns one text into another."""
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return SpliceText(node_id, start, len(old) - end - start, new[start : len(new) - end])


def _splice(text: Text, edit: SpliceText) -> None:
    held = str(text)
    start, end = edit.span(held)
    # a Text counts bytes of UTF-8
    first = len(held[:start].encode())
    last = first + len(held[start:end].encode())
    if last > first:
        del text[first:last]
    if edit.inserted:
        text.insert(first, edit.inserted)
