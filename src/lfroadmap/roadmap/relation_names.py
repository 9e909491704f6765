"""The names by which a cell of a table says what a card or a task waits for, and which KPIs a card moves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from lfroadmap.roadmap.model import Card, Node, RelationKind, Roadmap, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line

RELATION_COLUMNS: dict[str, RelationKind] = {"waits_for": "waits_for", "moves": "moves"}
"""Column of a table -> the relations that it has; in a cell a line for each."""


class TargetsInCell(NamedTuple):
    """What a cell says."""

    ids: tuple[str, ...]
    unknown: tuple[str, ...]
    """The lines that name nothing, or several nodes."""


class RelationNames:
    """The names of what a roadmap's relations can be to; a node whose name others have is named by its id."""

    def __init__(self, roadmap: Roadmap, *labels: Labels) -> None:
        """The names in the first language are written, those in any of them are read."""
        self._labels = labels
        self._roadmap = roadmap
        self._nodes: dict[RelationKind, dict[str, Node]] = {}
        self._ids: dict[RelationKind, dict[str, list[str]]] = {}

    def cell(self, node: Card | Task, kind: RelationKind) -> str:
        """The cell of a node; empty where it has no such relations, and then nothing is looked for."""
        return self.lines((each.target for each in node.relations if each.kind == kind), kind)

    def lines(self, ids: Iterable[str], kind: RelationKind) -> str:
        """The names of nodes, a line for each."""
        return "\n".join(self._name(node_id, kind) for node_id in dict.fromkeys(ids))

    def read(self, cell: str, kind: RelationKind, ids_there: Mapping[str, str]) -> TargetsInCell:
        """The nodes that a cell names by their ids or names.

        `ids_there`: id of a row of the file -> the id of its node here, for those that have no such id.
        """
        ids: dict[str, None] = {}
        unknown: list[str] = []
        for line in filter(None, map(str.strip, cell.splitlines())):
            found = self._found(line, kind) or self._found(line.removeprefix("'"), kind)  # a guard of ours
            if not found and (here := ids_there.get(line, "")) in self._of(kind):
                found = [here]
            if len(found) == 1:
                ids[found[0]] = None
            else:
                unknown.append(line)
        return TargetsInCell(tuple(ids), tuple(unknown))

    def _found(self, line: str, kind: RelationKind) -> list[str]:
        """The ids of what a line names."""
        return [line] if line in self._of(kind) else self._ids[kind].get(match_key(line), [])

    def _name(self, node_id: str, kind: RelationKind) -> str:
        node = self._of(kind).get(node_id)
        name = one_line(self._labels[0].of(node)).strip() if node else ""
        is_own = (
            bool(name) and name not in self._nodes[kind] and self._ids[kind][match_key(name)] == [node_id]
        )
        return name if is_own else node_id

    def _of(self, kind: RelationKind) -> dict[str, Node]:
        if kind not in self._nodes:
            self._nodes[kind] = {node.id: node for node in self._targets(kind)}
            self._ids[kind] = found = dict[str, list[str]]()
            for node_id, node in self._nodes[kind].items():
                for key in {match_key(one_line(labels.of(node))) for labels in self._labels}:
                    found.setdefault(key, []).append(node_id)
        return self._nodes[kind]

    def _targets(self, kind: RelationKind) -> Iterator[Node]:
        if kind == "moves":
            yield from self._roadmap.kpis
            return
        for card in (card for stage in self._roadmap.stages for card in stage.cards):
            yield card
            yield from card.tasks
