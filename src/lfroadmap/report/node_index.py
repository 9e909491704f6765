"""An index of every node that exists or existed, to name removed nodes in the history."""

from __future__ import annotations

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Kpi, Node, Roadmap, Stage
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import load, names
from lfroadmap.roadmap.tree import descendants

_Entry = tuple[Node, str]
"""A node and the id of its parent."""
_DEPTH = 3
"""Levels from a note up to its stage; deeper parents are an error in the file."""


class NodeIndex:
    """The nodes of a roadmap by id, and those in its changes.

    Where changes are added from the newest on, every removed node is known from its removal, and so with its
    last place. The template's version of it counts only where no change has it.
    """

    def __init__(self, roadmap: Roadmap) -> None:
        self.roadmap = roadmap
        self._nodes = _by_id(roadmap)
        self._labels: dict[str, tuple[str | None, str]] = {}
        has_template = roadmap.template in names()
        self._template_nodes = _by_id(load(roadmap.template).roadmap(roadmap.id)) if has_template else {}

    def add_label(self, node_id: str, label: str | None, home: str) -> None:
        """Store the label of a node that may occur nowhere else, and the id of its card or stage."""
        if node_id not in self._nodes:
            self._labels.setdefault(node_id, (label, home))

    def label(self, node_id: str) -> str | None:
        """The stored label of a node that is not known otherwise."""
        return self._labels.get(node_id, (None, ""))[0]

    def add_edit(self, edit: Edit, inverse: Edit) -> None:
        """Add the nodes that a change added or removed; known ones stay."""
        for part in (*edit.singles(), *inverse.singles()):
            if isinstance(part, Add):
                self._nodes.setdefault(part.node.id, (part.node, part.parent))
                self._add_descendants(part.node)
            elif isinstance(part, ResetAll):
                self._add_descendants(part.fresh)

    def _add_descendants(self, above: Node | Roadmap) -> None:
        for node, parent in descendants(above):
            self._nodes.setdefault(node.id, (node, parent))

    def node(self, node_id: str) -> Node | None:
        """The node, as it is or as it was last; None where it is unknown."""
        entry = self._entry(node_id)
        return entry[0] if entry else None

    def above(self, node_id: str) -> Node | None:
        """The node's parent; None for the roadmap itself."""
        entry = self._entry(node_id)
        return self.node(entry[1]) if entry else None

    def stage(self, node_id: str) -> str | None:
        """Id of the stage that the node is, or is in; None for KPIs and unknown nodes."""
        entry = self._nodes.get(node_id) or self._entry(self._noted_home(node_id)) or self._entry(node_id)
        for _ in range(_DEPTH):
            if entry is None or isinstance(entry[0], Stage):
                break
            entry = self._entry(entry[1])
        return entry[0].id if entry and isinstance(entry[0], Stage) else None

    def home(self, node_id: str) -> Node | None:
        """The node under which a person would look for it: its card; else its stage or KPI."""
        if node_id not in self._nodes and (home := self.node(self._noted_home(node_id))):
            return home
        entry = self._entry(node_id)
        for _ in range(_DEPTH):
            if entry is None or isinstance(entry[0], Card | Stage | Kpi):
                break
            entry = self._entry(entry[1])
        return entry[0] if entry and isinstance(entry[0], Card | Stage | Kpi) else None

    def _entry(self, node_id: str) -> _Entry | None:
        return self._nodes.get(node_id) or self._template_nodes.get(node_id)

    def _noted_home(self, node_id: str) -> str:
        """Id of the card or stage that was stored for a node."""
        return self._labels.get(node_id, (None, ""))[1]


def _by_id(roadmap: Roadmap) -> dict[str, _Entry]:
    return {node.id: (node, parent) for node, parent in descendants(roadmap)}


def kind_of(node: Node) -> str:
    """The name of a node's class in the keys of words."""
    return type(node).__name__.lower()
