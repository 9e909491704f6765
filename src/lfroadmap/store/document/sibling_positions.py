"""The positions of nodes among their siblings in a roadmap's document."""

from __future__ import annotations

from itertools import pairwise

from lfroadmap.roadmap.linked_order import LinkedOrder
from lfroadmap.roadmap.model import Node
from lfroadmap.store.document.insertion_runs import Run
from lfroadmap.store.document.node_maps import NodeMaps
from lfroadmap.store.document.position import among, between, spread


class SiblingPositions:
    """Chooses positions for the nodes of an edit."""

    def __init__(self, nodes: NodeMaps) -> None:
        self._nodes = nodes
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
        root = self._nodes.roots[kind]
        positions = [self._nodes.position(kind, node.id) for node in nodes if node.id in root]
        is_sorted = (
            len(positions) == len(nodes)
            and all(positions)
            and all(low < high for low, high in pairwise(positions))
        )
        return positions if is_sorted else spread(len(nodes))

    def of(self, node: Node, order: LinkedOrder) -> str:
        """A position for a node between its neighbors in `order`."""
        kind = type(node)
        before, behind = order.previous(node.id), order.next(node.id)
        low = self._nodes.position(kind, before) if before else ""
        high = self._nodes.position(kind, behind) if behind else ""
        is_odd = (before and not low) or (behind and not high)
        if is_odd or (high and not low < high):
            # two windows chose the same position, or one is no position of ours: there is no room between
            return self._respread(node, order)
        run = self.runs.get(node.id, [])
        if len(run) > 1 and run[0] == node.id:
            self._reserved.update(zip(run, among(low, high, len(run)), strict=True))
        reserved = self._reserved.get(node.id, "")
        own = self._nodes.position(kind, node.id)
        fitting = (pos for pos in (reserved, own) if low < pos and (pos < high or not high))
        return next(fitting, None) or between(low, high)

    def _respread(self, node: Node, order: LinkedOrder) -> str:
        """A position for a node, with new ones for all its siblings."""
        ids = list(order)
        positions = dict(zip(ids, spread(len(ids)), strict=True))
        for other, pos in positions.items():
            if other != node.id:
                self._nodes.map_of(type(node), other)["pos"] = pos
        return positions[node.id]
