"""What every edit of a roadmap answers.

Each edit is a small frozen value. `edit.on(roadmap)` is pure and total: it returns a new roadmap, or
the very same object where there is nothing to change (the node is gone, the value is there already).
`edit.inverse(roadmap)` is the edit that takes it back, made from the roadmap before it. An edit holds
no half of a surrogate pair: see `storable`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.surrogates import hold_storable
from lfroadmap.roadmap.tree import find, put


class Edit:
    """One change of a roadmap."""

    __slots__ = ()

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap after this edit."""
        raise NotImplementedError

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit that takes this one back; `roadmap` is the one before it."""
        raise NotImplementedError

    def touches(self) -> tuple[str, str]:
        """Ids of the node and name of the attribute that it changes, for the change log."""
        raise NotImplementedError

    def singles(self) -> Iterator[Edit]:
        """The edits that it is made of, in order, none of them made of others; most edits are but one."""
        yield self


class OfRoadmap(Edit):
    """An edit of the whole roadmap: the edits of single nodes that it comes to depend on what is there."""

    __slots__ = ()

    def singles_on(self, roadmap: Roadmap) -> tuple[Edit, ...]:
        """The edits of single nodes that it comes to."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class NoChange(Edit):
    """The edit that changes nothing."""

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The very same roadmap."""
        return roadmap

    def inverse(self, roadmap: Roadmap) -> Edit:
        """Nothing to take back."""
        return self

    def touches(self) -> tuple[str, str]:
        """Nothing."""
        return "", ""

    def singles(self) -> Iterator[Edit]:
        """None at all."""
        return iter(())


NOTHING = NoChange()


class OfNode(Edit):
    """An edit of one node's own values: what it makes of the node, wherever that stands."""

    __slots__ = ()

    def __post_init__(self) -> None:
        hold_storable(self)

    def fits(self, node: Node) -> bool:
        """Whether the node has what the edit changes."""
        raise NotImplementedError

    def of(self, node: Node) -> Node:
        """The node with its new value; the very same where there is nothing to change."""
        raise NotImplementedError

    def back(self, node: Node) -> Edit:
        """The edit that gives a node, which it fits, its value again."""
        raise NotImplementedError

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node's new value."""
        place = find(roadmap, self.touches()[0])
        node = self.of(place.node) if place else None
        return roadmap if place is None or node is None or node is place.node else put(roadmap, place, node)

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The value before."""
        place = find(roadmap, self.touches()[0])
        return self.back(place.node) if place and self.fits(place.node) else NOTHING
