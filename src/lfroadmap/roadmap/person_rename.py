"""Giving a person another name wherever that person owns something in a roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, SetField, SetKpi, SetTask
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Task
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key


class Owned(NamedTuple):
    """A card, a task or a KPI of a person, and the edit that gives it the other name."""

    node: Card | Task | Kpi
    before: str
    """The name as it is written there."""
    edit: Edit


class PersonRename(NamedTuple):
    """What another name for a person changes in one roadmap."""

    owned: tuple[Owned, ...]
    """In reading order; what has the new name in the same letters already is left out."""

    @property
    def edit(self) -> Batch:
        """All of it as one step."""
        return Batch(tuple(each.edit for each in self.owned))

    def count(self, kind: type) -> int:
        """How many cards, tasks or KPIs it is about."""
        return sum(isinstance(each.node, kind) for each in self.owned)


def person_rename(roadmap: Roadmap, labels: Labels, old: str, new: str) -> PersonRename:
    """What changes where a person, whatever case, spaces and marks the name has, is called `new`.

    Authors of notes and of the history keep the names that they had. `labels` are those of the reader: a
    KPI may have its owner from the template.
    """
    wanted = match_key(old)
    found = (each for each in _owned(roadmap, labels, new) if match_key(each.before) == wanted)
    return PersonRename(tuple(each for each in found if wanted and each.before != new))


def _owned(roadmap: Roadmap, labels: Labels, new: str) -> Iterator[Owned]:
    for stage in roadmap.stages:
        for card in stage.cards:
            for field in card.fields:
                if field.role == "owner":
                    yield Owned(card, field.value, SetField(field.id, new))
            for task in card.tasks:
                yield Owned(task, task.owner, SetTask(task.id, "owner", new))
    for kpi in roadmap.kpis:
        yield Owned(kpi, labels.kpi(kpi, "owner"), SetKpi(kpi.id, "owner", new))
