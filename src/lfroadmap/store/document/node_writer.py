"""Writing the nodes of an edit into a document's maps, each value with its stamp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lfroadmap.roadmap.edits import Edit, Rename, SpliceText
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Field, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.text_diff import diff_texts
from lfroadmap.roadmap.tree import children
from lfroadmap.store.document.node_maps import NodeMaps
from lfroadmap.store.document.sibling_positions import SiblingPositions
from lfroadmap.store.document.stamps import MADE, TOGETHER, stamps_of
from lfroadmap.store.document.yjs import Map, Text


class NodeWriter:
    """Writes single edits; inside a transaction of the document."""

    def __init__(self, meta: Map[Any], nodes: NodeMaps, positions: SiblingPositions) -> None:
        self._meta, self._nodes, self._positions = meta, nodes, positions
        self.stamp = ""
        """The stamp of the current edit; empty for none."""

    def write(self, edit: Edit, old: Node | None, new: Node | None, order: Callable[[], LinkedOrder]) -> None:
        """Write a single edit's change of a node; `order` returns the order of its siblings."""
        if isinstance(edit, Add):
            self._put(edit.node, edit.parent, self._positions.of(edit.node, order()))
        elif isinstance(edit, Remove):
            assert old is not None
            self._set(self._map(old), {"deleted": True})
        elif isinstance(edit, Move):
            assert new is not None
            ymap = self._map(new)
            self._nodes.note_parent(new, edit.parent)
            self._set(ymap, {"parent": edit.parent, "pos": self._positions.of(new, order())})
        elif isinstance(edit, Rename) and old is None:
            self._set(self._meta, {"title": edit.text})
        else:
            assert old is not None and new is not None
            self._write_node(edit, old, new)

    def _write_node(self, edit: Edit, old: Node, new: Node) -> None:
        ymap, values = self._map(new), dict[str, Any]()
        for name in _changed(old, new):
            value = getattr(new, name)
            text = ymap.get(name) if isinstance(value, str) else None
            if isinstance(text, Text):
                if isinstance(edit, SpliceText) and str(text) == getattr(old, name):
                    _splice(text, edit)
                else:
                    _splice(text, _splice_between(old.id, str(text), value))
                self._sign(ymap, {name})
            else:
                values[name] = Text(value) if name == "value" and _is_long(new) else _yjs_value(value)
        self._set(ymap, values)

    def _set(self, ymap: Map[Any], values: dict[str, Any]) -> None:
        """Set values with their stamps."""
        ymap.update({**values, **stamps_of(set(values), self.stamp)})

    def _sign(self, ymap: Map[Any], names: set[str]) -> None:
        """Write the stamps of values that were set."""
        ymap.update(stamps_of(names, self.stamp))

    def _map(self, node: Node) -> Map[Any]:
        return self._nodes.map_of(type(node), node.id)

    def _put(self, node: Node, parent: str, pos: str, *, is_top: bool = True) -> None:
        """Write a node and all its descendants exactly as given, new or restored.

        `is_top` is False for a new node below another one, whose stamp stands for both.
        """
        root = self._nodes.roots[type(node)]
        exists = self._nodes.exists(node)
        self._nodes.note_parent(node, parent)
        if exists:
            self._update_node(self._map(node), node, parent, pos)
        else:
            made = stamps_of({MADE} if is_top else set(), self.stamp)
            root[node.id] = Map({"parent": parent, "pos": pos, **_attributes(node), **made})
        self.put_children(node.id, node, fresh=not exists)

    def _update_node(self, ymap: Map[Any], node: Node, parent: str, pos: str) -> None:
        target: dict[str, Any] = {"deleted": False}
        if (ymap.get("parent"), ymap.get("pos")) != (parent, pos):
            self._set(ymap, {"parent": parent, "pos": pos})
        for name, default in ATTRIBUTES[type(node)].items():
            value, current = getattr(node, name), ymap.get(name, default)
            if isinstance(current, Text) and _is_long(node):
                if str(current) != value:
                    _splice(current, _splice_between(node.id, str(current), value))
                    self._sign(ymap, {name})
            elif name == "value" and _is_long(node):
                self._set(ymap, {name: Text(value)})
            else:
                target[name] = _yjs_value(value)
        defaults = {"deleted": False, **ATTRIBUTES[type(node)]}
        self._set(ymap, {n: value for n, value in target.items() if ymap.get(n, defaults[n]) != value})

    def put_children(self, parent: str, above: Node | Roadmap, *, fresh: bool) -> None:
        """Write the children of `above` under `parent`; with `fresh` there were none."""
        for name, kind in CHILDREN[type(above)]:
            nodes = children(above, name)
            kept = {node.id for node in nodes}
            for gone in set() if fresh else self._nodes.ids_under(kind, parent) - kept:
                self._set(self._nodes.map_of(kind, gone), {"deleted": True})
            for node, pos in zip(nodes, self._positions.of_all(kind, nodes), strict=True):
                self._put(node, parent, pos, is_top=not fresh)


def _changed(old: Node, new: Node) -> list[str]:
    """The attributes that differ, with those that have a stamp together."""
    names = {name for name in ATTRIBUTES[type(new)] if getattr(old, name) != getattr(new, name)}
    for together in TOGETHER:
        if not names.isdisjoint(together):
            names.update(together)
    return [name for name in ATTRIBUTES[type(new)] if name in names]


def _is_long(node: Node) -> bool:
    return isinstance(node, Field) and node.kind == "long"


def _yjs_value(value: Any) -> Any:  # noqa: ANN401 - an attribute of any node
    return list(value) if isinstance(value, tuple) else value


def _attributes(node: Node) -> dict[str, Any]:
    out = {
        name: _yjs_value(getattr(node, name))
        for name, default in ATTRIBUTES[type(node)].items()
        if getattr(node, name) != default
    }
    if _is_long(node):
        out["value"] = Text(out.get("value", ""))
    return out


def _splice_between(node_id: str, old: str, new: str) -> SpliceText:
    return SpliceText(node_id, *diff_texts(old, new))


def _splice(text: Text, edit: SpliceText) -> None:
    current = str(text)
    start, end = edit.span(current)
    # a Text counts bytes of UTF-8
    first = len(current[:start].encode())
    last = first + len(current[start:end].encode())
    if last > first:
        del text[first:last]
    if edit.inserted:
        text.insert(first, edit.inserted)
