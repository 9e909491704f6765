"""The part of a roadmap that one person has: own cards, own tasks, own KPIs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key


def owner_part(roadmap: Roadmap, labels: Labels, owner: str) -> Roadmap:
    """The roadmap with only what a person has, whatever case, spaces and marks the name has.

    A task is its own owner's, or else its card's. A card of somebody else in which the person has tasks is
    their heading: its title, whose it is, and these tasks. Stages without anything are left out, and so are
    measurements, which are nobody's. `labels` are those of the reader: a KPI may have its owner from the
    template.
    """
    key = match_key(owner)
    stages = tuple(
        Stage(stage.id, stage.title, cards, stage.words_from)
        for stage in roadmap.stages
        if (cards := tuple(_cards(stage, key)))
    )
    kpis = tuple(kpi for kpi in roadmap.kpis if match_key(labels.kpi(kpi, "owner")) == key)
    return replace(roadmap, stages=stages, kpis=kpis, measurements=())


def _cards(stage: Stage, key: str) -> Iterator[Card]:
    for card in stage.cards:
        if match_key(role_value(card, "owner")) == key:
            yield replace(card, tasks=_own_tasks(card, key))
        elif tasks := tuple(task for task in card.tasks if match_key(task.owner) == key):
            fields = tuple(field for field in card.fields if field.role == "owner")
            yield Card(card.id, card.title, fields, tasks, words_from=card.words_from)


def _own_tasks(card: Card, key: str) -> tuple[Task, ...]:
    """The tasks of a card's own owner.

    Where all of them are done and others have something open, that stays: the card would else look done.
    """
    own = tuple(task for task in card.tasks if match_key(task.owner) in ("", key))
    if own and all(task.done for task in own):
        return tuple(task for task in card.tasks if not task.done or task in own)
    return own
