"""From one roadmap to another by edits: what a reset, and an import into a roadmap that is there, do."""

from __future__ import annotations

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.edits import Rename, between
from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import Nodes, children


def difference(now: Roadmap, then: Roadmap) -> tuple[Edit, ...]:
    """The single edits that turn `now` into `then`, under its own id and template; none where they agree."""
    out: list[Edit] = []
    if now.title != then.title:
        out.append(Rename(now.id, then.title))
    gone: list[Edit] = []
    rest: list[Edit] = []
    _levels(now, then, gone, rest)
    # what goes goes first: one of its ids may come back elsewhere
    return (*out, *gone, *rest)


def _levels(now: Node | Roadmap, then: Node | Roadmap, gone: list[Edit], rest: list[Edit]) -> None:
    """Append the edits that turn all under `now` into what is under `then`."""
    for name, _ in CHILDREN[type(now)]:
        old, new = children(now, name), children(then, name)
        if old != new:
            _level(now.id, old, new, gone, rest)


def _level(parent: str, now: Nodes, then: Nodes, gone: list[Edit], rest: list[Edit]) -> None:
    """Append the edits that turn the nodes `now` under `parent` into `then`: to `gone` those that remove."""
    wanted = {node.id: node for node in then}
    kept: dict[str, tuple[Node, tuple[Edit, ...]]] = {}
    for old in now:
        edits = _turning(old, wanted.get(old.id))
        if edits is None:
            gone.append(Remove(old.id))
        else:
            kept[old.id] = old, edits
    waiting = LinkedOrder(kept)
    after = ""
    for node in then:
        if node.id not in kept:
            rest.append(Add(node, parent, after))
        else:
            old, edits = kept[node.id]
            if waiting.before(node.id):
                rest.append(Move(node.id, parent, after))
            waiting.remove(node.id)
            if old is not node:
                rest += edits
                _levels(old, node, gone, rest)
        after = node.id


def _turning(old: Node, new: Node | None) -> tuple[Edit, ...] | None:
    """The edits that turn a node's own values into another's; None where no edits of values do."""
    if old is new:
        return ()
    if type(old) is not type(new):
        return None
    if _agree(old, new):
        return ()
    edits = tuple(between(old, new))
    there = old
    for edit in edits:
        there = edit.of(there)
    return edits if _agree(there, new) else None


def _agree(old: Node, new: Node) -> bool:
    """Whether two nodes of a class have the same values, whatever stands under them."""
    if not CHILDREN[type(old)]:
        return old == new
    return all(getattr(old, name) == getattr(new, name) for name in ATTRIBUTES[type(old)])
