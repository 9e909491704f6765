"""Removed nodes as the document has them: with what others changed in them since, which nobody sees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.document.node_maps import NodeMaps, read_node
from lfroadmap.store.document.reader import make_node, place_of


def restoring(edit: Edit, maps: NodeMaps) -> Edit:
    """An edit that restores removed nodes, without taking back what others did in them meanwhile."""
    if isinstance(edit, Add):
        node = _restored(edit.node, maps)
        return edit if node is edit.node or node == edit.node else replace(edit, node=node)
    if isinstance(edit, Batch):
        before = tuple(edit.singles())
        parts = tuple(restoring(part, maps) for part in before)
        return edit if parts == before else Batch(parts)
    return edit


def _restored(node: Node, maps: NodeMaps) -> Node:
    values = _values(type(node), node.id, maps)
    return _made(type(node), node.id, values, maps) if values and values.get("deleted") is True else node


def _made(kind: type[Node], node_id: str, values: dict[str, Any], maps: NodeMaps) -> Node:
    """A node and what is in it and not deleted."""
    own = {name: value for name, value in values.items() if name in ATTRIBUTES[kind]}
    node, _ = make_node(kind, node_id, own)
    below: dict[str, Any] = {name: _below(child, node_id, maps) for name, child in CHILDREN[kind]}
    return replace(node, **below) if below else node


def _below(kind: type[Node], parent: str, maps: NodeMaps) -> tuple[Node, ...]:
    found = [(node_id, _values(kind, node_id, maps)) for node_id in maps.ids_under(kind, parent)]
    nodes = sorted((place_of(values.get("pos")), node_id, values) for node_id, values in found if values)
    return tuple(_made(kind, node_id, values, maps) for _, node_id, values in nodes)


def _values(kind: type[Node], node_id: str, maps: NodeMaps) -> dict[str, Any] | None:
    return read_node(maps.roots[kind].get(node_id), kind)
