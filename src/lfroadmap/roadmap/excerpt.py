"""A part of a roadmap, for those who need no more of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from lfroadmap.roadmap.model import Field, Roadmap, Stage


def excerpt(
    roadmap: Roadmap, stages: Collection[str] | None = None, *, without_long: bool = False
) -> Roadmap:
    """The roadmap with only the stages of those ids (None: all), its long texts emptied if so asked."""
    kept = tuple(stage for stage in roadmap.stages if stages is None or stage.id in stages)
    if without_long:
        kept = tuple(map(_brief, kept))
    return roadmap if kept == roadmap.stages else replace(roadmap, stages=kept)


def _brief(stage: Stage) -> Stage:
    cards = (replace(card, fields=tuple(map(_emptied, card.fields))) for card in stage.cards)
    return replace(stage, cards=tuple(cards))


def _emptied(field: Field) -> Field:
    return replace(field, value="") if field.kind == "long" else field
