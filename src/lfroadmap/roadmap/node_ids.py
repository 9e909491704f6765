"""The ids of all nodes of a roadmap."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from lfroadmap.roadmap.model import CHILDREN, Node, Roadmap
from lfroadmap.roadmap.tree import LAST


def check_ids(roadmap: Roadmap) -> None:
    """Raise ValueError where two nodes share an id, or an id is empty or reserved."""
    ids = ["", LAST, *_ids(Roadmap, [roadmap])]
    if len(set(ids)) < len(ids):
        raise ValueError("an id twice, or none")


def _ids(kind: type, above: Sequence[Node | Roadmap]) -> list[str]:
    """The ids of nodes of a class and of all their descendants, class by class for speed."""
    ids: list[str] = [*map(attrgetter("id"), above)]
    for name, below in CHILDREN[kind]:
        ids += _ids(below, [*chain.from_iterable(map(attrgetter(name), above))])
    return ids
