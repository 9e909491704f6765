"""The edits that turn one roadmap into another, for a reset and for an import into an existing roadmap."""

from __future__ import annotations

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.edits import Rename, between
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import Nodes, children


def difference(now: Roadmap, then: Roadmap) -> tuple[Edit, ...]:
    """The single edits that turn `now` into `then`, keeping its id and template; none if they are equal."""
    out: list[Edit] = []
    if now.title != then.title:
        out.append(Rename(now.id, then.title))
    removals: list[Edit] = []
    rest: list[Edit] = []
    _levels(now, then, removals, rest)
    # removals go first: one of the ids may come back elsewhere
    return (*out, *removals, *rest)


def _levels(now: Node | Roadmap, then: Node | Roadmap, removals: list[Edit], rest: list[Edit]) -> None:
    """Append the edits that turn all nodes under `now` into those under `then`."""
    for name, _ in CHILDREN[type(now)]:
        old, new = children(now, name), children(then, name)
        if old != new:
            _level(now.id, old, new, removals, rest)


def _level(parent: str, now: Nodes, then: Nodes, removals: list[Edit], rest: list[Edit]) -> None:
    """Append the edits that turn the nodes `now` under `parent` into `then`; removals go to `removals`."""
    targets = {node.id: node for node in then}
    kept: dict[str, tuple[Node, tuple[Edit, ...]]] = {}
    for old in now:
        edits = _value_edits(old, targets.get(old.id))
        if edits is None:
            removals.append(Remove(old.id))
        else:
            kept[old.id] = old, edits
    remaining = LinkedOrder(kept)
    after = ""
    for node in then:
        if node.id not in kept:
            rest.append(Add(node, parent, after))
        else:
            old, edits = kept[node.id]
            if remaining.previous(node.id):
                rest.append(Move(node.id, parent, after))
            remaining.remove(node.id)
            if old is not node:
                rest += edits
                _levels(old, node, removals, rest)
        after = node.id


def _value_edits(old: Node, new: Node | None) -> tuple[Edit, ...] | None:
    """The edits that give a node another's own values; None where edits of values cannot do it."""
    if old is new:
        return ()
    if type(old) is not type(new):
        return None
    if _agree(old, new):
        return ()
    edits = tuple(between(old, new))
    result = old
    for edit in edits:
        result = edit.on_node(result)
    return edits if _agree(result, new) else None


def _agree(old: Node, new: Node) -> bool:
    """True if two nodes of a class have the same values, whatever their children."""
    if not CHILDREN[type(old)]:
        return old == new
    return all(getattr(old, name) == getattr(new, name) for name in ATTRIBUTES[type(old)])
