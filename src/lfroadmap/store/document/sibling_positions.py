"""The positions of nodes among their siblings in a roadmap's document."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import Node
from lfroadmap.store.document.insertion_runs import Run
from lfroadmap.store.document.position import among, between, spread


class SiblingPositions:
    """Chooses positions for the nodes of an edit; `roots` has the document's maps by class and id."""

    def __init__(self, roots: Mapping[type, Any]) -> None:
        self._roots = roots
        self.runs: dict[str, Run] = {}
        """Id -> the run of new siblings that the node belongs to."""
        self._reserved: dict[str, str] = {}
        """The positions reserved for the nodes of a run."""

    def clear(self) -> None:
        """Forget what belongs to the edit before."""
        self.runs = {}
        self._reserved.clear()

    def of_all(self, kind: type, nodes: tuple[Node, ...]) -> list[str]:
        """The current positions of the nodes if they are in order; else new ones."""
        root = self._roots[kind]
        positions = [str(root[node.id]["pos"]) for node in nodes if node.id in root]
        is_sorted = len(positions) == len(nodes) and all(low < high for low, high in pairwise(positions))
        return positions if is_sorted else spread(len(nodes))

    def of(self, node: Node, order: LinkedOrder) -> str:
        """A position for a node between its neighbors in `order`."""
        root = self._roots[type(node)]
        before, behind = order.previous(node.id), order.next(node.id)
        low = str(root[before]["pos"]) if before else ""
        high = str(root[behind]["pos"]) if behind else ""
        if high and not low < high:
            # two windows chose the same position: there is no room between equals
            return self._respread(node, order)
        run = self.runs.get(node.id, [])
        if len(run) > 1 and run[0] == node.id:
            self._reserved.update(zip(run, among(low, high, len(run)), strict=True))
        reserved = self._reserved.get(node.id, "")
        own = str(root[node.id]["pos"]) if node.id in root else ""
        fitting = (pos for pos in (reserved, own) if low < pos and (pos < high or not high))
        return next(fitting, None) or between(low, high)

    def _respread(self, node: Node, order: LinkedOrder) -> str:
        """A position for a node, with new ones for all its siblings."""
        root = self._roots[type(node)]
        ids = list(order)
        positions = dict(zip(ids, spread(len(ids)), strict=True))
        for other, pos in positions.items():
            if other != node.id:
                root[other]["pos"] = pos
        return positions[node.id]
