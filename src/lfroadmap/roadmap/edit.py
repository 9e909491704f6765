"""The protocol of edits.

Each edit is a small frozen value. `edit.on(roadmap)` is pure and total: it returns a new roadmap, or
the very same object where there is nothing to change (the node is gone, the value is already set).
`edit.inverse(roadmap)` is the edit that undoes it, made from the roadmap before it. An edit contains
no lone surrogates: see `storable`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lfroadmap.roadmap.model import Node, Roadmap
from lfroadmap.roadmap.surrogates import make_storable
from lfroadmap.roadmap.tree import find, replace_node


class Edit:
    """One change of a roadmap."""

    __slots__ = ()

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap after this edit."""
        raise NotImplementedError

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit that undoes this one; `roadmap` is the one before it."""
        raise NotImplementedError

    def touches(self) -> tuple[str, str]:
        """Id of the node and name of the attribute that it changes, for the change log."""
        raise NotImplementedError

    def singles(self) -> Iterator[Edit]:
        """The edits that it consists of, in order and flattened; most edits yield only themselves."""
        yield self


class RoadmapEdit(Edit):
    """An edit of the whole roadmap; its edits of single nodes depend on the roadmap's state."""

    __slots__ = ()

    def singles_on(self, roadmap: Roadmap) -> tuple[Edit, ...]:
        """The edits of single nodes that it amounts to on `roadmap`."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class NoChange(Edit):
    """The edit that changes nothing."""

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The very same roadmap."""
        return roadmap

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit itself."""
        return self

    def touches(self) -> tuple[str, str]:
        """Nothing."""
        return "", ""

    def singles(self) -> Iterator[Edit]:
        """No edits."""
        return iter(())


NOTHING = NoChange()


class NodeEdit(Edit):
    """An edit of one node's own values, independent of the node's place."""

    __slots__ = ()

    def __post_init__(self) -> None:
        make_storable(self)

    def fits(self, node: Node) -> bool:
        """True if the node has the attribute that the edit changes."""
        raise NotImplementedError

    def on_node(self, node: Node) -> Node:
        """The node with its new value; the very same object where there is nothing to change."""
        raise NotImplementedError

    def inverse_on_node(self, node: Node) -> Edit:
        """The edit that restores the value of a node which the edit fits."""
        raise NotImplementedError

    def on(self, roadmap: Roadmap) -> Roadmap:
        """The roadmap with the node's new value."""
        place = find(roadmap, self.touches()[0])
        node = self.on_node(place.node) if place else None
        return (
            roadmap
            if place is None or node is None or node is place.node
            else replace_node(roadmap, place, node)
        )

    def inverse(self, roadmap: Roadmap) -> Edit:
        """The edit that restores the node's value."""
        place = find(roadmap, self.touches()[0])
        return self.inverse_on_node(place.node) if place and self.fits(place.node) else NOTHING
