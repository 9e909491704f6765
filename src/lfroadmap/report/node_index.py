"""Every node that is or was: to name in the history what has long been removed."""

from __future__ import annotations

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import IN_CARD, Card, Node, Roadmap, Stage
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import load, names
from lfroadmap.roadmap.tree import descendants

_Held = tuple[Node, str]
"""A node, and the id of what it stands in."""
_DEPTH = 2
"""Steps from a task or a field up to its stage; a change that says otherwise made no sense."""


class NodeIndex:
    """The nodes of a roadmap by id, and those that changes tell of.

    Where changes are told from the newest on, every node that is gone was met where it was removed, and so
    where it stood last. What the template says of it counts only where no change does.
    """

    def __init__(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self._nodes = _by_id(roadmap)
        self._noted: dict[str, tuple[str | None, str]] = {}
        known = roadmap.template in names()
        self._first = _by_id(load(roadmap.template).roadmap(roadmap.id)) if known else {}

    def remember(self, node_id: str, label: str | None, home: str) -> None:
        """Take a note of a node that may be met nowhere else: its words, and the id of its card or stage."""
        if node_id not in self._nodes:
            self._noted.setdefault(node_id, (label, home))

    def label(self, node_id: str) -> str | None:
        """The words that were noted of a node that is not known otherwise."""
        return self._noted.get(node_id, (None, ""))[0]

    def learn(self, edit: Edit, inverse: Edit) -> None:
        """Take in the nodes that a change put in or took out; what is known already stays."""
        for part in (*edit.singles(), *inverse.singles()):
            if isinstance(part, Add):
                self._nodes.setdefault(part.node.id, (part.node, part.parent))
                self._take(part.node)
            elif isinstance(part, ResetAll):
                self._take(part.fresh)

    def _take(self, above: Node | Roadmap) -> None:
        for node, parent in descendants(above):
            self._nodes.setdefault(node.id, (node, parent))

    def node(self, node_id: str) -> Node | None:
        """The node, as it is or as it was last; None where nothing tells of it."""
        held = self._held(node_id)
        return held[0] if held else None

    def above(self, node_id: str) -> Node | None:
        """What the node stands in; None for what stands in the roadmap itself."""
        held = self._held(node_id)
        return self.node(held[1]) if held else None

    def stage(self, node_id: str) -> str | None:
        """Id of the stage that the node is, or is in; None for KPIs, and where nothing tells of it."""
        held = self._nodes.get(node_id) or self._held(self._home(node_id)) or self._held(node_id)
        for _ in range(_DEPTH):
            if held is None or isinstance(held[0], Stage):
                break
            held = self._held(held[1])
        return held[0].id if held and isinstance(held[0], Stage) else None

    def home(self, node_id: str) -> Node | None:
        """What a person would look for to find the node: its card; else the stage or KPI that it is."""
        if node_id not in self._nodes and (home := self.node(self._home(node_id))):
            return home
        held = self._held(node_id)
        if held and isinstance(held[0], IN_CARD):
            above = self.node(held[1])
            return above if isinstance(above, Card) else None
        return held[0] if held else None

    def _held(self, node_id: str) -> _Held | None:
        return self._nodes.get(node_id) or self._first.get(node_id)

    def _home(self, node_id: str) -> str:
        """Id of the card or stage that was noted of a node."""
        return self._noted.get(node_id, (None, ""))[1]


def _by_id(roadmap: Roadmap) -> dict[str, _Held]:
    return {node.id: (node, parent) for node, parent in descendants(roadmap)}


def kind_of(node: Node) -> str:
    """The name of a node's sort, as the words have it."""
    return type(node).__name__.lower()
