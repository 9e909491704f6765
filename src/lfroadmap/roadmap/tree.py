"""Finding nodes in a roadmap and replacing them, without touching the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar, cast

from lfroadmap.roadmap.model import CHILDREN, Node, Note, Reading, Relation, Roadmap

LAST = "*"
"""The `after` of the last place; no node has this id."""

Nodes = tuple[Node, ...]
Steps = tuple[tuple[str, int], ...]
"""The path down to a node: attributes and positions in them."""
T = TypeVar("T", bound=Node | Roadmap)

_last_found: list[tuple[str, Steps]] = []
"""Ids and steps of the nodes that were found last: an edit looks for the same nodes several times.

The nodes themselves are not in it, so that no roadmap is kept.
"""
_MOST_FOUND = 4
_MOST_FILTERS = 2
_LARGE: dict[type, tuple[tuple[str, type], ...]] = {
    kind: tuple((name, child) for name, child in below if child not in (Note, Reading, Relation))
    for kind, below in CHILDREN.items()
}
"""The table without the classes that most searches are not for: what has them is many, and few have any."""
_NAMES_BELOW = {kind: tuple(name for name, _ in below) for kind, below in CHILDREN.items()}
_ID = attrgetter("id")
_ATTRIBUTES = {(above, kind): name for above, below in CHILDREN.items() for name, kind in below}


class Place(NamedTuple):
    """The place of a node."""

    node: Node
    parent: str
    """Id of the parent; the roadmap's own id for stages and KPIs."""
    attribute: str
    """The parent's attribute with the node."""
    at: int
    """Position among its siblings."""
    above: Steps = ()
    """The steps down to the parent from the roadmap, or from the node that was searched."""

    @property
    def steps(self) -> Steps:
        """The steps from the roadmap down to the node."""
        return (*self.above, (self.attribute, self.at))

    @property
    def stage(self) -> int:
        """Position of the stage that the node is or is in; -1 for nodes outside the stages."""
        return dict(self.steps).get("stages", -1)

    @property
    def card(self) -> int:
        """Position of the card that the node is or is in, in its stage; -1 for nodes outside cards."""
        return dict(self.steps).get("cards", -1)


def home_of(roadmap: Roadmap, place: Place) -> str:
    """Id of the card, or else of the stage, that a node is in or is; empty for KPIs and their readings."""
    at = dict(place.steps)
    if "stages" not in at:
        return ""
    stage = roadmap.stages[at["stages"]]
    return stage.cards[at["cards"]].id if "cards" in at else stage.id


def places(roadmap: Roadmap) -> Iterator[Place]:
    """Every node with its place, in reading order, parents before children."""
    return _places(roadmap, ())


def _places(above: Node | Roadmap, steps: Steps) -> Iterator[Place]:
    for name, kind in CHILDREN[type(above)]:
        inner_names = _NAMES_BELOW[kind]
        for at, node in enumerate(children(above, name)):
            yield Place(node, above.id, name, at, steps)
            for inner in inner_names:
                if getattr(node, inner):
                    yield from _places(node, (*steps, (name, at)))
                    break


def descendants(above: Node | Roadmap) -> Iterator[tuple[Node, str]]:
    """All descendants of a node or roadmap, each with its parent's id; in reading order, parents first."""
    parent = above.id
    for name, kind in CHILDREN[type(above)]:
        inner_names = _NAMES_BELOW[kind]
        for node in children(above, name):
            yield node, parent
            for inner in inner_names:
                if getattr(node, inner):
                    yield from descendants(node)
                    break


def changed_descendants(above: Node | Roadmap, after: Node | Roadmap | None) -> Iterator[tuple[Node, str]]:
    """As `descendants`, without those of nodes that are the very same objects in `after` at their place."""
    for name, kind in CHILDREN[type(above)]:
        there = {node.id: node for node in children(after, name)} if after is not None else {}
        for node in children(above, name):
            yield node, above.id
            other = there.get(node.id)
            if other is not node and any(getattr(node, inner) for inner in _NAMES_BELOW[kind]):
                yield from changed_descendants(node, other)


def ids_under(above: Node | Roadmap) -> Iterator[str]:
    """The id of a node or roadmap and those of all its descendants."""
    yield above.id
    for node, _ in descendants(above):
        yield node.id


def has_any(above: Node | Roadmap, ids: frozenset[str]) -> bool:
    """True if a node or roadmap, or one of its descendants, has one of these ids."""
    if above.id in ids:
        return True
    for name, kind in CHILDREN[type(above)]:
        nodes = children(above, name)
        if not ids.isdisjoint(map(_ID, nodes)):
            return True
        if any(has_any(node, ids) for node in with_any(nodes, _NAMES_BELOW[kind])):
            return True
    return False


def children(above: Node | Roadmap, name: str) -> Nodes:
    """The children in an attribute of `CHILDREN`."""
    nodes: Nodes = getattr(above, name)
    return nodes


def attribute_for(above: Node | Roadmap | None, kind: type) -> str | None:
    """The attribute of `above` for children of a class; None where it takes none."""
    return _ATTRIBUTES.get((type(above), kind))


def find(above: Node | Roadmap, node_id: str) -> Place | None:
    """The place of a node in a roadmap or under a node; None where there is no such node."""
    if not node_id:  # asked for where nothing has the focus; no node is without one
        return None
    for last_id, steps in _last_found:
        if last_id == node_id and (place := _place_at(above, steps)) and place.node.id == node_id:
            return place
    place = _search(above, node_id, _LARGE) or _search(above, node_id)
    if place is not None:
        _last_found[:] = [(node_id, place.steps), *_last_found[: _MOST_FOUND - 1]]
    return place


def _place_at(above: Node | Roadmap, steps: Steps) -> Place | None:
    """The place at the end of steps; None where they lead nowhere."""
    for name, at in steps:
        nodes: Nodes = getattr(above, name, ())
        if at >= len(nodes):
            return None
        parent, above = above.id, nodes[at]
    return Place(cast("Node", above), parent, *steps[-1], steps[:-1])


def _search(
    above: Node | Roadmap, node_id: str, table: dict[type, tuple[tuple[str, type], ...]] = CHILDREN
) -> Place | None:
    for name, kind in table[type(above)]:
        nodes = children(above, name)
        for node in nodes:
            if node.id == node_id:
                return Place(node, above.id, name, _position(nodes, node))
        for node in with_any(nodes, tuple(inner for inner, _ in table[kind])):
            place = _search(node, node_id, table)
            if place is not None:
                return place._replace(above=((name, _position(nodes, node)), *place.above))
    return None


def with_any(nodes: Nodes, names: tuple[str, ...]) -> Iterable[Node]:
    """The nodes that may have children in one of these attributes."""
    # of the many tasks few have notes or relations: those are found in C, twice where they have both
    if len(names) > _MOST_FILTERS:
        return nodes
    return chain.from_iterable(filter(attrgetter(name), nodes) for name in names)


def _position(nodes: Nodes, node: Node) -> int:
    """The position of a node; computed only for the result, as counting makes the search a third slower."""
    return next(at for at, other in enumerate(nodes) if other is node)


def nearest(before: Roadmap, after: Roadmap, node_id: str) -> str:
    """Id of the node in `after` that is nearest to where a node was before; empty where there is none.

    That is the next of its siblings that is still there, else the one before, else its parent.
    """
    place = find(before, node_id)
    while place is not None:
        around = siblings(before, place.parent, place.node) or ()
        for node in (place.node, *around[place.at + 1 :], *around[: place.at][::-1]):
            if find(after, node.id):
                return node.id
        place = find(before, place.parent)
    return ""


def siblings(roadmap: Roadmap, parent: str, node: Node) -> Nodes | None:
    """The children of the same class under `parent`; None where `node` cannot be there."""
    if parent == roadmap.id:
        return _beside(roadmap, node)
    place = find(roadmap, parent)
    return _beside(place.node, node) if place else None


def _beside(above: Node | Roadmap, node: Node) -> Nodes | None:
    name = attribute_for(above, type(node))
    return children(above, name) if name else None


def edit_siblings(roadmap: Roadmap, parent: str, node: Node, change: Callable[[Nodes], Nodes]) -> Roadmap:
    """The roadmap with `change` applied to the siblings of `node` under `parent`."""
    if parent == roadmap.id:
        return _changed(roadmap, node, change)
    place = find(roadmap, parent)
    return replace_node(roadmap, place, _changed(place.node, node, change)) if place else roadmap


def _changed(above: T, node: Node, change: Callable[[Nodes], Nodes]) -> T:
    name = attribute_for(above, type(node))
    return _with_children(above, name, change(children(above, name))) if name else above


def replace_node(roadmap: Roadmap, place: Place, node: Node) -> Roadmap:
    """The roadmap with `node` at `place` instead of the node there."""
    return _replace_node(roadmap, place.steps, node)


def _replace_node(above: T, steps: Steps, node: Node) -> T:
    (name, at), deeper = steps[0], steps[1:]
    nodes = children(above, name)
    replacement = _replace_node(nodes[at], deeper, node) if deeper else node
    return _with_children(above, name, nodes[:at] + (replacement,) + nodes[at + 1 :])  # noqa: RUF005  quicker on long lists


def _with_children(above: T, name: str, nodes: Nodes) -> T:
    children_by_name: dict[str, Any] = {name: nodes}
    return replace(above, **children_by_name)


def insert(nodes: Nodes, node: Node, after: str) -> Nodes:
    """`nodes` with `node` inserted behind the one with the id `after`: empty = first, unknown = last."""
    if not after:
        return (node, *nodes)
    for i, other in enumerate(nodes):
        if other.id == after:
            return (*nodes[: i + 1], node, *nodes[i + 1 :])
    return (*nodes, node)
