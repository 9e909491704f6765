"""The maps of a document's nodes, of which another program may have written any: reading is total."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, cast

from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.store.document.limits import MAX_TEXT, MAX_TYPES, UNREADABLE
from lfroadmap.store.document.position import is_position
from lfroadmap.store.document.yjs import Array, Map, Text, XmlElement, XmlFragment

ROOTS: dict[type, str] = {kind: name for below in CHILDREN.values() for name, kind in below}
META = ("id", *ATTRIBUTES[Roadmap])
LINEAGE = "lineage"
"""The key of the document's lineage in `meta`."""
PLACE_KEYS = ("parent", "pos", "deleted")
Values = dict[str, Any]
"""The values of the nodes by id; a dict for each node, anything else where it is none."""


class NodeMaps:
    """The document's maps by class and id."""

    def __init__(self, meta: Map[Any], roots: dict[type, Map[Any]]) -> None:
        self.meta, self.roots = meta, roots
        self._ids_by_parent: dict[type, dict[str, set[str]]] = {}
        """Class and parent -> ids that were under it at some time of the current edit."""

    def clear(self) -> None:
        """Forget what was read for the edit before."""
        self._ids_by_parent.clear()

    def exists(self, node: Node) -> bool:
        """True if the document has the node, deleted or not."""
        return isinstance(self.roots[type(node)].get(node.id), Map | dict)

    def get(self, kind: type, node_id: str) -> Map[Any] | None:
        """The map of a node; None where it has none."""
        node = self.roots[kind].get(node_id)
        return node if isinstance(node, Map) else None

    def is_text(self, kind: type, node_id: str, name: str) -> bool:
        """True for a value in which the letters of several authors merge."""
        node = self.get(kind, node_id)
        return node is not None and isinstance(node.get(name), Text)

    def is_deleted(self, node: Node) -> bool:
        """True if the document has the node as one that was removed."""
        values = read_node(self.roots[type(node)].get(node.id), type(node))
        return values is not None and values.get("deleted") is True

    def map_of(self, kind: type, node_id: str) -> Map[Any]:
        """The map of a node; a plain value that another program wrote is made a map that can be edited."""
        root = self.roots[kind]
        node = root[node_id]
        if not isinstance(node, Map):
            plain = cast("dict[str, Any]", node)
            _make_writable(plain)
            root[node_id] = node = Map(plain)
        return node

    def only(self, node_id: str) -> Map[Any] | None:
        """The map of the one node with this id; None where there are more or none."""
        found = [root[node_id] for root in self.roots.values() if node_id in root]
        return found[0] if len(found) == 1 and isinstance(found[0], Map) else None

    def position(self, kind: type, node_id: str) -> str:
        """The position of a node; empty where it has none that others can be placed beside."""
        root = self.roots[kind]
        node = root.get(node_id)
        position = node.get("pos") if isinstance(node, Map | dict) else None
        return cast("str", position) if is_position(position) else ""

    def ids_under(self, kind: type, parent: str) -> set[str]:
        """The ids of the nodes under a parent that are not deleted."""
        root = self.roots[kind]
        nodes = ((node_id, root[node_id]) for node_id in self._all_by_parent(kind)[parent])
        return {i for i, node in nodes if node.get("parent") == parent and node.get("deleted") is not True}

    def note_parent(self, node: Node, parent: str) -> None:
        """Note the new parent of a node."""
        if type(node) in self._ids_by_parent:
            self._ids_by_parent[type(node)][parent].add(node.id)

    def _all_by_parent(self, kind: type) -> dict[str, set[str]]:
        """The ids by parent, read once for all parts of an edit: parsing a large root takes a while."""
        if kind not in self._ids_by_parent:
            self._ids_by_parent[kind] = defaultdict(set)
            for node_id, values in read_values(self.roots[kind], kind).items():
                if isinstance(values, dict):
                    self._ids_by_parent[kind][str(values.get("parent"))].add(node_id)
        return self._ids_by_parent[kind]


def read_values(root: Map[Any], kind: type) -> Values:
    """The values of all the nodes of a class."""
    try:
        text = str(root)
        values: Values = json.loads(text)
    except (ValueError, RecursionError):  # a value that is nested too deeply for JSON
        names = (*PLACE_KEYS, *ATTRIBUTES[kind])
        return {node_id: _own_values(node, names) for node_id, node in _items(root)}
    if len(text) > MAX_TEXT:
        return {node_id: _shortened(node) for node_id, node in values.items()}
    return values


def read_node(node: object, kind: type) -> dict[str, Any] | None:
    """The values of one node; None where they are none, or are another value when all are read at once."""
    names = (*PLACE_KEYS, *ATTRIBUTES[kind])
    if not isinstance(node, Map):
        return None
    try:
        parsed: dict[str, Any] = json.loads(str(node))
    except (ValueError, RecursionError):
        return None
    own = cast("dict[str, Any]", _own_values(node, names))
    return own if own == {name: parsed[name] for name in names if name in parsed} else None


def read_meta(meta: Map[Any]) -> dict[str, Any]:
    """The values of the roadmap itself."""
    return cast("dict[str, Any]", _own_values(meta, META))


def _make_writable(plain: dict[str, Any]) -> None:
    """Make the bytes in plain values those that can be written: the library returns them as others."""
    containers: list[dict[Any, Any] | list[Any]] = [plain]
    while containers:
        container = containers.pop()
        for key, value in list(container.items() if isinstance(container, dict) else enumerate(container)):
            if isinstance(value, bytearray):
                container[key] = bytes(value)
            elif isinstance(value, list | dict):
                containers.append(value)


def _items(ymap: Map[Any]) -> Iterator[tuple[str, Any]]:
    """The keys and values of a map; the library also returns keys of forged items that have no value."""
    return ((key, ymap[key]) for key in ymap.keys() if key in ymap)  # noqa: SIM118 - it is no dict


def _own_values(node: object, names: tuple[str, ...]) -> object:
    """The values of one map that the roadmap has; None for anything else."""
    if not isinstance(node, Map | dict):
        return None
    return _shortened({name: _plain(node[name]) for name in names if name in node})


def _shortened(node: object) -> object:
    """The values of a node without its longest texts."""
    if not isinstance(node, dict):
        return node
    return {
        name: UNREADABLE if isinstance(value, str) and len(value) > MAX_TEXT else value
        for name, value in node.items()
    }


def _plain(value: object) -> object:
    if isinstance(value, Text):
        return str(value)
    if isinstance(value, Array):
        value = list(value)
    if isinstance(value, list):
        return value if all(type(item) is str for item in value) else UNREADABLE
    return value if value is None or isinstance(value, str | bool) else UNREADABLE


def depth(maps: Iterable[Map[Any]]) -> int:
    """How deep types are nested in maps; counted up to `MAX_TYPES`."""
    level: list[Any] = list(maps)
    for levels in range(MAX_TYPES):
        level = [inner for outer in level for inner in _types_in(outer)]
        if not level:
            return levels
    return MAX_TYPES


def _types_in(outer: Any) -> Iterator[Any]:  # noqa: ANN401 - any shared type
    values: Iterable[Any]
    if isinstance(outer, Map):
        values = (value for _, value in _items(outer))
    else:
        values = outer if isinstance(outer, Array) else outer.children
    return (value for value in values if isinstance(value, Map | Array | XmlFragment | XmlElement))
