"""Adding, removing and moving nodes: stages, cards, fields, tasks and KPIs alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lfroadmap.roadmap.edit import NOTHING, Edit
from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.surrogates import make_storable
from lfroadmap.roadmap.tree import LAST, Place, edit_siblings, find, has_any, ids_under, insert, siblings

__all__ = ["LAST", "Add", "Move", "Remove", "move_by"]


@dataclass(frozen=True, slots=True)
class Add(Edit):
    """Add a node with all its descendants under `parent` behind `after`; also restores a removed one.

    `after` is a sibling's id, empty for the first place, `LAST` (or a sibling that is gone) for the last.
    """

    node: Node
    parent: str
    after: str = LAST

    def __post_init__(self) -> None:
        make_storable(self)

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node; unchanged where the id is taken or the parent is gone."""
        if siblings(roadmap, self.parent, self.node) is None:
            return roadmap
        if not has_own_ids(self.node) or has_any(roadmap, frozenset(ids_under(self.node))):
            return roadmap
        return edit_siblings(roadmap, self.parent, self.node, lambda ns: insert(ns, self.node, self.after))

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The removal of the node, or nothing where it could not be added."""
        return NOTHING if self.on(roadmap) is roadmap else Remove(self.node.id)

    def touches(self) -> tuple[str, str]:
        """The node itself."""
        return self.node.id, "added"


@dataclass(frozen=True, slots=True)
class Remove(Edit):
    """Remove a node with all its descendants."""

    node: str

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap without the node."""
        place = find(roadmap, self.node)
        if place is None:
            return roadmap
        return edit_siblings(
            roadmap, place.parent, place.node, lambda ns: ns[: place.at] + ns[place.at + 1 :]
        )

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit that puts the node back in its place."""
        place = find(roadmap, self.node)
        return NOTHING if place is None else Add(place.node, place.parent, _before(roadmap, place))

    def touches(self) -> tuple[str, str]:
        """The node itself."""
        return self.node, "removed"


@dataclass(frozen=True, slots=True)
class Move(Edit):
    """Move a node under `parent` behind `after`, as in `Add`."""

    node: str
    parent: str
    after: str = LAST

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node in its new place."""
        place = find(roadmap, self.node)
        if place is None or self.after == self.node or siblings(roadmap, self.parent, place.node) is None:
            return roadmap
        node = place.node
        without = edit_siblings(roadmap, place.parent, node, lambda ns: ns[: place.at] + ns[place.at + 1 :])
        moved = edit_siblings(without, self.parent, node, lambda ns: insert(ns, node, self.after))
        there = find(moved, self.node)
        same = there is not None and (there.parent, there.at) == (place.parent, place.at)
        return roadmap if same else moved

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The move back."""
        place = find(roadmap, self.node)
        return NOTHING if place is None else Move(self.node, place.parent, _before(roadmap, place))

    def touches(self) -> tuple[str, str]:
        """The node's place."""
        return self.node, "place"


def move_by(siblings: Sequence[Node], parent: str, at: int, steps: int) -> Move | None:
    """The edit that moves a node by places among its siblings; None beyond their ends."""
    if not 0 <= at < len(siblings) or not 0 <= at + steps < len(siblings):
        return None
    behind = at + steps if steps > 0 else at + steps - 1
    return Move(siblings[at].id, parent, siblings[behind].id if behind >= 0 else "")


def has_own_ids(node: Node, taken: Iterable[str] = ()) -> bool:
    """True if a node and its descendants have valid, unique ids, none of them in `taken`."""
    new = list(ids_under(node))
    ids = set(new)
    return len(ids) == len(new) and ids.isdisjoint(("", LAST)) and ids.isdisjoint(taken)


def _before(roadmap: Roadmap, place: Place) -> str:
    """Id of the previous sibling, empty for the first."""
    nodes = siblings(roadmap, place.parent, place.node)
    return nodes[place.at - 1].id if nodes and place.at > 0 else ""
