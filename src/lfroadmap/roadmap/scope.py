"""The part of a roadmap that is exported or shown."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from lfroadmap.roadmap.model import Field, Roadmap, Stage


class Scope(NamedTuple):
    """The part of a roadmap: its title and KPIs always, its stages and texts as chosen."""

    stages: frozenset[str] | None = None
    """Ids of the stages; None means all."""
    brief: bool = False
    """True if long texts are left out."""


WHOLE = Scope()


def within(roadmap: Roadmap, scope: Scope) -> Roadmap:
    """The roadmap with only the stages in the scope, and with empty long texts if it is brief."""
    kept = tuple(stage for stage in roadmap.stages if scope.stages is None or stage.id in scope.stages)
    if scope.brief:
        kept = tuple(map(_brief, kept))
    return roadmap if kept == roadmap.stages else replace(roadmap, stages=kept)


def _brief(stage: Stage) -> Stage:
    cards = (replace(card, fields=tuple(map(_emptied, card.fields))) for card in stage.cards)
    return replace(stage, cards=tuple(cards))


def _emptied(field: Field) -> Field:
    return replace(field, value="") if field.kind == "long" else field
