"""What began and ceased to wait, which cards began and ceased to move KPIs, and who has what of the KPIs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lfroadmap.roadmap.model import Card, Kpi, Node, RelationKind, Roadmap, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import descendants
from lfroadmap.roadmap.value_changes import ValueChange


@dataclass(frozen=True, slots=True)
class RelationChange:
    """A relation that came or went."""

    word: Literal["added", "removed"]
    id: str
    """Id of the card or the task that has it."""
    what: str
    """The title of the card, or the text of the task."""
    where: str
    """The title of the task's card; empty for a card."""
    kind: RelationKind
    target_id: str
    target: str
    """The title of what it waits for, or the measure that it moves; its id where it is gone."""


class _Named:
    """The cards, tasks and KPIs of one state by id, and their relations."""

    def __init__(self, roadmap: Roadmap, labels: Labels) -> None:
        self.labels = labels
        self.nodes: dict[str, tuple[Node, Card | None]] = {kpi.id: (kpi, None) for kpi in roadmap.kpis}
        self.relations: dict[tuple[str, RelationKind, str], None] = {}
        for card in (card for stage in roadmap.stages for card in stage.cards):
            self.nodes[card.id] = card, None
            self.nodes |= {task.id: (task, card) for task in card.tasks}
            having: list[Card | Task] = [card, *(task for task in card.tasks if task.relations)]
            self.relations |= {(n.id, each.kind, each.target): None for n in having for each in n.relations}

    def title(self, node_id: str) -> str:
        found = self.nodes.get(node_id)
        return self.labels.of(found[0]) if found else ""

    def change(
        self, word: Literal["added", "removed"], relation: tuple[str, RelationKind, str], other: _Named
    ) -> RelationChange:
        node_id, kind, target = relation
        _, card = self.nodes[node_id]
        where = self.labels.of(card) if card else ""
        name = self.title(target) or other.title(target) or target
        return RelationChange(word, node_id, self.title(node_id), where, kind, target, name)


def relation_changes(
    then: Roadmap, now: Roadmap, old_labels: Labels, new_labels: Labels
) -> Iterator[RelationChange]:
    """The relations that came and went; those of a card or a task that itself came or went are among them."""
    if not any(kind for kind in (_has_relations(then), _has_relations(now))):
        return
    old, new = _Named(then, old_labels), _Named(now, new_labels)
    yield from (new.change("added", each, old) for each in new.relations if each not in old.relations)
    yield from (old.change("removed", each, new) for each in old.relations if each not in new.relations)


def _has_relations(roadmap: Roadmap) -> bool:
    cards = [card for stage in roadmap.stages for card in stage.cards]
    return any(card.relations or any(task.relations for task in card.tasks) for card in cards)


def repeat_changes(then: Roadmap, now: Roadmap, labels: Labels) -> Iterator[ValueChange]:
    """The changed rules of tasks that are in both states."""
    before = {node.id: node.repeat for node, _ in descendants(then) if isinstance(node, Task)}
    for card in (card for stage in now.stages for card in stage.cards):
        for task in card.tasks:
            if (was := before.get(task.id, task.repeat)) != task.repeat:
                yield ValueChange(task.id, labels.of(task), labels.of(card), was, task.repeat)


def kpi_owner_changes(
    old: dict[str, Kpi], new: dict[str, Kpi], old_labels: Labels, new_labels: Labels
) -> Iterator[ValueChange]:
    """The KPIs in both states with another owner."""
    for kpi_id, kpi in new.items():
        before = old.get(kpi_id)
        then = old_labels.kpi(before, "owner") if before else ""
        now = new_labels.kpi(kpi, "owner")
        if before is not None and then != now:
            yield ValueChange(kpi_id, new_labels.kpi(kpi, "measure") or kpi_id, "", then, now)
