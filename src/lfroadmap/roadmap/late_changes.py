"""The cards and tasks that became late between two states of a roadmap, or are late no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from lfroadmap.roadmap.health import RISK_DAYS, DatedItem, late_items
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.templates import Labels

LateWord = Literal["late", "not_late"]
LATE_WORDS: tuple[LateWord, ...] = ("late", "not_late")


@dataclass(frozen=True, slots=True)
class LateChange:
    """A card or a task that became late, or that is late no more; one that is gone is late no more."""

    word: LateWord
    id: str
    text: str
    stage: str
    card: str
    """The title of the task's card; empty for a card."""
    day: str


@dataclass(frozen=True, slots=True)
class Days:
    """The days as of which the two states are, and the days within which a day is a risk."""

    before: date
    after: date
    risk_days: int = RISK_DAYS


def late_changes(
    then: Roadmap, now: Roadmap, old_labels: Labels, new_labels: Labels, days: Days
) -> Iterator[LateChange]:
    """The changes of lateness, each with the labels of the state in which it is late."""
    before = {item.node.id: item for item in late_items(then, days.before)}
    after = {item.node.id: item for item in late_items(now, days.after)}
    for key, item in after.items():
        if key not in before:
            yield _change("late", item, new_labels)
    for key, item in before.items():
        if key not in after:
            yield _change("not_late", item, old_labels)


def _change(word: LateWord, item: DatedItem, labels: Labels) -> LateChange:
    card = labels.of(item.card) if item.task else ""
    text, stage = labels.of(item.node), labels.of(item.stage)
    return LateChange(word, item.node.id, text, stage, card, item.day.isoformat())
