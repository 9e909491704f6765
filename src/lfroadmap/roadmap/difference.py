"""The edits that turn one roadmap into another, for a reset and for an import into an existing roadmap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.edits import Rename, between
from lfroadmap.roadmap.model import ATTRIBUTES, CHILDREN, Node, Roadmap
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import Nodes, children, descendants

N = TypeVar("N", bound=Node)


def difference(now: Roadmap, then: Roadmap) -> tuple[Edit, ...]:
    """The single edits that turn `now` into `then`, keeping its id and template; none if they are equal.

    A node that is in both is moved, not removed and added, unless no edit gives it its new values; among
    siblings the fewest possible are moved.
    """
    title = (Rename(now.id, then.title),) if now.title != then.title else ()
    return (*title, *_Difference(now, then).edits())


class _Difference:
    """The matched nodes of two roadmaps, and the edits between these."""

    def __init__(self, now: Roadmap, then: Roadmap) -> None:
        self._now, self._then = now, then
        self._kept: dict[str, tuple[Node, tuple[Edit, ...]]] = {}
        """Id of each node that stays -> the node as it is now, and the edits of its values."""
        self._left: list[Node] = []
        """The nodes that are no longer where they are now."""
        self._arrived: dict[str, Node] = {}
        """The nodes that come to a place, with all below them."""
        self._removed: list[Edit] = []
        """The removals that go first: one of the ids may come back elsewhere."""
        self._removed_last: list[Edit] = []
        """The removals of nodes out of which others are moved."""
        self._edits: list[Edit] = []

    def edits(self) -> tuple[Edit, ...]:
        """All edits in the order in which they are to be applied."""
        self._match(self._now, self._then)
        for node in self._left:
            self._leave(node, is_top=True)
        self._arrange(self._now, self._then)
        return (*self._removed, *self._edits, *self._removed_last)

    def _match(self, now: Node | Roadmap, then: Node | Roadmap) -> None:
        """Match the nodes below two nodes that have the same parent; collect those that have not."""
        for old, new in _changed_levels(now, then):
            targets = {node.id: node for node in new}
            for node in old:
                target = targets.get(node.id)
                if target is not None and self._keep(node, target):
                    del targets[node.id]
                    if node is not target:
                        self._match(node, target)
                else:
                    self._left.append(node)
            for node in targets.values():
                self._arrived[node.id] = node
                self._arrived.update((below.id, below) for below, _ in descendants(node))

    def _keep(self, node: Node, target: Node) -> bool:
        """Note that a node stays, if edits of its values are enough."""
        edits = _value_edits(node, target)
        if edits is not None:
            self._kept[node.id] = node, edits
        return edits is not None

    def _leave(self, node: Node, *, is_top: bool) -> bool:
        """Find what becomes of a node that leaves its place; True if it or anything below it stays.

        `is_top` is False below a node that is removed.
        """
        target = self._arrived.get(node.id)
        if target is not None and self._keep(node, target):
            for child in _all_children(node):
                self._leave(child, is_top=True)
            return True
        if target is not None:  # its id comes back: everything below it goes with it
            self._removed.append(Remove(node.id))
            return False
        some_stay = any([self._leave(child, is_top=False) for child in _all_children(node)])
        if is_top:
            (self._removed_last if some_stay else self._removed).append(Remove(node.id))
        return some_stay

    def _arrange(self, now: Node | Roadmap | None, then: Node | Roadmap) -> None:
        """Append the edits for all nodes below `then`; `now` is None where it was just added."""
        parent = self._now.id if isinstance(then, Roadmap) else then.id
        for old, new in _changed_levels(now, then):
            self._arrange_level(parent, old, new, is_new=now is None)

    def _arrange_level(self, parent: str, now: Nodes, then: Nodes, *, is_new: bool) -> None:
        unmoved = self._unmoved(now, then)
        after = ""
        for node in then:
            old, edits = self._kept.get(node.id, (None, ()))
            if old is not None:
                if node.id not in unmoved:
                    self._edits.append(Move(node.id, parent, after))
                self._edits += edits
                if old is not node:
                    self._arrange(old, node)
            else:
                self._add(node, parent, after, is_new=is_new)
            after = node.id

    def _add(self, node: Node, parent: str, after: str, *, is_new: bool) -> None:
        """Add a node without those that are moved into it; with `is_new` it came with its parent."""
        added = self._without_kept(node)
        if not is_new:
            self._edits.append(Add(added, parent, after))
        if added is not node:
            self._arrange(None, node)

    def _without_kept(self, node: N) -> N:
        """A new node without the nodes below it that there are already; itself where there are none."""
        changed: dict[str, Any] = {}
        for name, _ in CHILDREN[type(node)]:
            below = children(node, name)
            left = tuple(self._without_kept(child) for child in below if child.id not in self._kept)
            if len(left) < len(below) or any(a is not b for a, b in zip(left, below, strict=True)):
                changed[name] = left
        return replace(node, **changed) if changed else node

    def _unmoved(self, now: Nodes, then: Nodes) -> set[str]:
        """The most nodes of a parent that can stay where they are."""
        places = {node.id: at for at, node in enumerate(now) if node.id in self._kept}
        ids = [node.id for node in then if node.id in places]
        return {ids[at] for at in longest_increasing([places[node_id] for node_id in ids])}


def longest_increasing(numbers: Sequence[int]) -> list[int]:
    """The indices of a longest increasing subsequence of different numbers."""
    ends: list[int] = []
    """The smallest last number of the subsequences of each length."""
    at: list[int] = []
    before: list[int] = []
    for index, number in enumerate(numbers):
        length = bisect_left(ends, number)
        before.append(at[length - 1] if length else -1)
        ends[length : length + 1] = [number]
        at[length : length + 1] = [index]
    out: list[int] = []
    here = at[-1] if at else -1
    while here >= 0:
        out.append(here)
        here = before[here]
    return out[::-1]


def _changed_levels(now: Node | Roadmap | None, then: Node | Roadmap) -> Iterator[tuple[Nodes, Nodes]]:
    """The lists of children that differ, one pair for each class."""
    for name, _ in CHILDREN[type(then)]:
        old, new = children(now, name) if now else (), children(then, name)
        if old != new:
            yield old, new


def _all_children(above: Node) -> Iterator[Node]:
    for name, _ in CHILDREN[type(above)]:
        yield from children(above, name)


def _value_edits(old: Node, new: Node) -> tuple[Edit, ...] | None:
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
