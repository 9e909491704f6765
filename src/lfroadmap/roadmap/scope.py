"""The part of a roadmap that is exported or shown."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage


class Scope(NamedTuple):
    """The part of a roadmap: its title, KPIs and measurements always, its stages and texts as chosen."""

    stages: frozenset[str] | None = None
    """Ids of the stages; None means all."""
    brief: bool = False
    """True if long texts and notes are left out."""


WHOLE = Scope()


def within(roadmap: Roadmap, scope: Scope) -> Roadmap:
    """The roadmap with only the stages in the scope, and without long texts and notes if it is brief."""
    kept = tuple(stage for stage in roadmap.stages if scope.stages is None or stage.id in scope.stages)
    if scope.brief:
        kept = tuple(map(_brief, kept))
    return roadmap if kept == roadmap.stages else replace(roadmap, stages=kept)


def left_out_ids(whole: Roadmap, part: Roadmap) -> frozenset[str]:
    """The ids of the cards and tasks of the stages that a part does not have."""
    kept = {stage.id for stage in part.stages}
    return frozenset().union(*(ids_in(stage) for stage in whole.stages if stage.id not in kept))


def ids_in(stage: Stage) -> frozenset[str]:
    """The ids of the cards and tasks of a stage."""
    cards = frozenset(card.id for card in stage.cards)
    return cards | {task.id for card in stage.cards for task in card.tasks}


def _brief(stage: Stage) -> Stage:
    return replace(stage, cards=tuple(map(_brief_card, stage.cards)))


def _brief_card(card: Card) -> Card:
    tasks = tuple(replace(task, notes=()) if task.notes else task for task in card.tasks)
    return replace(card, fields=tuple(map(_emptied, card.fields)), tasks=tasks, notes=())


def _emptied(field: Field) -> Field:
    return replace(field, value="") if field.kind == "long" else field
