"""Reading a roadmap from the flat maps of its document."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Any, TypeVar, cast

from lfroadmap.roadmap.codec import make, make_readable, simple_types
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, LONGEST, Node, Roadmap
from lfroadmap.roadmap.tree import LAST, children, descendants
from lfroadmap.store.document.limits import MAX_ID, UNREADABLE
from lfroadmap.store.document.position import is_position

_ALWAYS_LAST = "~"
"""The position of a node that has none of ours: behind all others."""
AT_TOP = frozenset(kind for _, kind in CHILDREN[Roadmap])
"""The classes of nodes that are in the roadmap itself."""
_TOP = ""
"""Stands for the parent of nodes that are always the roadmap's."""
_NAMES = {kind: frozenset(ATTRIBUTES[kind]) for kind in CHILDREN}
_SIMPLE = {
    kind: {name: types for name, types in simple_types(kind).items() if name in names}
    for kind, names in _NAMES.items()
}
N = TypeVar("N", bound=Node | Roadmap)


def read(
    meta: dict[str, Any], values: dict[type, dict[str, Any]], previous: Roadmap | None
) -> tuple[Roadmap, int]:
    """The roadmap of a document's maps, and the number of things that could not be read.

    Any values give a roadmap: attributes that are not known are passed over, those of a wrong type get their
    default, nodes without a parent are left out. Nodes equal to those in `previous` are reused.
    """
    reader = _Reader(values, previous)
    return reader.roadmap(meta), reader.left_out()


def place_of(position: object) -> str:
    """The text by which a node with this position is sorted among its siblings."""
    return cast("str", position) if is_position(position) else _ALWAYS_LAST


def make_node(kind: type[Node], node_id: str, values: dict[str, Any]) -> tuple[Node, int]:
    """A node without its children, and the number of its values that cannot be read."""
    own: dict[str, Any] = {"id": node_id}
    if kind in LONGEST:
        values = _within_limits(values, LONGEST[kind])
    simple, names = _SIMPLE[kind], _NAMES[kind]
    for name, value in values.items():
        if type(value) in simple.get(name, ()):
            own[name] = value
        elif name in names:  # a value of another type, or a wrong one
            return _make_checked(kind, {k: v for k, v in values.items() if k in names}, node_id)
    return kind(**own), 0


def _within_limits(values: dict[str, Any], limits: dict[str, int]) -> dict[str, Any]:
    """The values with one that cannot be read in the place of a text that is too long."""
    too_long = [name for name, most in limits.items() if len(str(values.get(name, ""))) > most]
    return {**values, **dict.fromkeys(too_long, UNREADABLE)}


def _make_checked(kind: type[N], values: dict[str, Any], node_id: str) -> tuple[N, int]:
    """A node with those of its values that are right, and the number of the others."""
    try:
        return make(kind, {**values, "id": node_id}), 0
    except ValueError:
        return make_readable(kind, {**values, "id": node_id})


def touched_ids(before: Roadmap, after: Roadmap) -> tuple[str, ...]:
    """Ids of the nodes that differ or were moved; of a parent, if its list of children differs."""
    old: dict[str, object] = {}
    new: dict[str, object] = {}
    _note_shells(before, after, ("", ""), old, new)
    return tuple(node_id for node_id in old | new if old.get(node_id) != new.get(node_id))


def _note_shells(
    before: Node | Roadmap | None,
    after: Node | Roadmap | None,
    parents: tuple[str, str],
    old: dict[str, object],
    new: dict[str, object],
) -> None:
    """Note each node's own values with its parent, without those that are the same objects on both sides."""
    for node, parent, shells in ((before, parents[0], old), (after, parents[1], new)):
        if node is not None:
            shells[node.id] = parent, _own_values(node)
    below = (before and before.id) or "", (after and after.id) or ""
    for name, _ in CHILDREN[type(before or after)]:
        was, now = (children(node, name) if node else () for node in (before, after))
        if was is now:
            continue
        gone = {node.id: node for node in was}
        for node in now:
            match = gone.pop(node.id, None)
            if match is not node:
                _note_shells(match, node, below, old, new)
        for node in gone.values():
            _note_shells(node, None, below, old, new)


def _own_values(node: Node | Roadmap) -> object:
    """A node's own values and the ids of its children."""
    below = CHILDREN[type(node)]
    if not below:
        return node
    values = tuple(getattr(node, name) for name in ATTRIBUTES[type(node)])
    return values, tuple(tuple(child.id for child in children(node, name)) for name, _ in below)


class _Reader:
    def __init__(self, values: dict[type, dict[str, Any]], previous: Roadmap | None) -> None:
        self._previous: dict[str, Node] = (
            {node.id: node for node, _ in descendants(previous)} if previous else {}
        )
        self._reserved: set[str] = {"", LAST}
        """Ids that no node has."""
        self._seen: set[str] = set()
        self._values = values
        self._unreadable = 0
        """Nodes and values that are none of ours."""
        self._present: list[tuple[type, str]] = []
        """The nodes that are not deleted."""
        self._deleted: set[str] = set()
        self._by_parent: dict[tuple[type, str], list[tuple[str, str]]] = defaultdict(list)
        for kind, nodes in values.items():
            self._sort_in(kind, nodes)

    def _sort_in(self, kind: type, nodes: dict[str, Any]) -> None:
        """Put the nodes of a class under their parents."""
        by_parent, at_top, present = self._by_parent, kind in AT_TOP, self._present
        for node_id, values in nodes.items():
            if type(values) is not dict:
                self._unreadable += 1
            elif values.get("deleted") is True:
                self._deleted.add(node_id)
            else:
                present.append((kind, node_id))
                parent, pos = values.get("parent"), values.get("pos")
                if type(parent) is str and len(node_id) <= MAX_ID:
                    by_parent[kind, _TOP if at_top else parent].append((place_of(pos), node_id))

    def roadmap(self, meta: dict[str, Any]) -> Roadmap:
        own = {name: meta[name] for name in ATTRIBUTES[Roadmap] if name in meta}
        top, unreadable = _make_checked(Roadmap, own, self._top_id(meta.get("id")))
        self._unreadable += unreadable
        self._reserved.add(top.id)
        self._seen |= self._reserved
        return self._with_children(top)

    def _top_id(self, own: object) -> str:
        """The roadmap's id; without a valid one, the parent of most stages and KPIs."""
        if type(own) is str and own not in self._reserved and len(own) <= MAX_ID:
            return own
        # deleted ones count too: the id must not change by an edit
        nodes = (values for kind in AT_TOP for values in self._values[kind].values())
        found = (values.get("parent") for values in nodes if type(values) is dict)
        parents = Counter(parent for parent in found if type(parent) is str)
        valid = [parent for parent in parents if parent not in self._reserved and len(parent) <= MAX_ID]
        return min(valid, key=lambda parent: (-parents[parent], parent), default="roadmap")

    def _with_children(self, node: N) -> N:
        """A node with its children."""
        above = _TOP if type(node) is Roadmap else node.id
        below: dict[str, Any] = {
            name: self._nodes(kind, above)
            for name, kind in CHILDREN[type(node)]
            if (kind, above) in self._by_parent
        }
        return replace(node, **below) if below else node

    def _nodes(self, kind: type[Node], above: str) -> tuple[Node, ...]:
        made = (self._make(kind, node_id) for node_id in self._ids(kind, above))
        return tuple(map(self._reuse, map(self._with_children, made) if CHILDREN[kind] else made))

    def _ids(self, kind: type, above: str) -> list[str]:
        """The ids of the nodes of a class under one parent, in order; equal positions go by id."""
        ids = []
        for _, node_id in sorted(self._by_parent[kind, above]):
            if node_id not in self._seen:  # two windows may have used one id for nodes of two classes
                self._seen.add(node_id)
                ids.append(node_id)
        return ids

    def _make(self, kind: type[Node], node_id: str) -> Node:
        """A node without its children."""
        node, unreadable = make_node(kind, node_id, self._values[kind][node_id])
        self._unreadable += unreadable
        return node

    def _reuse(self, node: Node) -> Node:
        old = self._previous.get(node.id)
        return old if old == node else node

    def left_out(self) -> int:
        """The number of values and nodes that are not in the roadmap, without those of deleted parents."""
        if len(self._seen) - len(self._reserved) == len(self._present):
            return self._unreadable
        return self._unreadable + self._count_lost()

    def _count_lost(self) -> int:
        """The number of nodes that are not in the roadmap, though nobody deleted what they are in."""
        parents = {node_id: self._values[kind][node_id].get("parent") for kind, node_id in self._present}
        known: dict[object, bool] = dict.fromkeys(self._deleted - parents.keys(), False)
        hidden = [i for i in parents if i in self._reserved or i not in self._seen]
        twice = len(self._present) - len(parents)
        return twice + sum(_is_lost(node_id, parents, known) for node_id in hidden)


def _is_lost(node_id: str, parents: dict[str, object], known: dict[object, bool]) -> bool:
    """True unless a node is below a deleted one; `known` has the answer for others."""
    path: list[object] = []
    here: object = node_id
    while type(here) is str and here not in known and here in parents:
        known[here] = True
        path.append(here)
        here = parents[here]
    lost = known.get(here, True) if type(here) is str else True
    known.update(dict.fromkeys(path, lost))
    return lost
