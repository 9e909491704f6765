"""Health of a task, a card, a stage and the roadmap: one definition for the screen, commands and files.

A task or a card is *done*; *late* if its own day is past; *at risk* if its day is within `risk_days` or, for
a card, if an open task in it is late; *no date* without a day that was understood; else *on track*. A stage
and the roadmap have the health of their worst card. A card is done when it has tasks and all are ticked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, changed_tasks, iso_day, role_value

Health = Literal["late", "at_risk", "no_date", "on_track", "done"]
WORST_FIRST: tuple[Health, ...] = get_args(Health)
RISK_DAYS = DEFAULT_THRESHOLDS.risk_days
"""Days before its day in which something open is at risk, unless the settings say otherwise."""


class Late(NamedTuple):
    """How many cards and tasks are late; the short figure counts both."""

    cards: int = 0
    tasks: int = 0

    @property
    def total(self) -> int:
        """Cards and tasks together."""
        return self.cards + self.tasks


class DatedItem(NamedTuple):
    """An open card or task with its day."""

    day: date
    stage: Stage
    card: Card
    task: Task | None = None
    """None for the card itself."""

    @property
    def node(self) -> Card | Task:
        """The card or the task."""
        return self.task or self.card

    @property
    def owner(self) -> str:
        """The owner of the task, or else of the card; as typed."""
        own = self.task.owner if self.task else ""
        return own if own.strip() else role_value(self.card, "owner")


class HealthSummary(NamedTuple):
    """The health of a card, a stage or the roadmap, and how much in it is late."""

    health: Health
    late: Late = Late()


def worst(healths: Iterable[Health]) -> Health:
    """The worst of several; `no_date` for none."""
    return min(healths, key=WORST_FIRST.index, default="no_date")


def day_health(typed: str, today: date, risk_days: int = RISK_DAYS) -> Health:
    """The health of something open by its day, as it is written in a field or a task."""
    day = iso_day(typed)
    return "no_date" if day is None else open_health(day, today, risk_days)


def open_health(day: date, today: date, risk_days: int = RISK_DAYS) -> Health:
    """The health of something open by its day."""
    left = (day - today).days
    if left < 0:
        return "late"
    return "at_risk" if left <= risk_days else "on_track"


def task_health(task: Task, today: date, risk_days: int = RISK_DAYS) -> Health:
    """The health of one task."""
    return "done" if task.done else day_health(task.due, today, risk_days)


def is_late(task: Task, today: date) -> bool:
    """True for an open task whose day is past."""
    day = None if task.done or not task.due else iso_day(task.due)
    return day is not None and day < today


def card_health(card: Card, today: date, risk_days: int = RISK_DAYS) -> HealthSummary:
    """The health of one card, with its late tasks counted."""
    late = sum(is_late(task, today) for task in card.tasks)
    return _card_summary(card, all(task.done for task in card.tasks), late, today, risk_days)


def _card_summary(card: Card, all_done: bool, late: int, today: date, risk_days: int) -> HealthSummary:
    if card.tasks and all_done:
        return HealthSummary("done")
    health = day_health(role_value(card, "deadline"), today, risk_days)
    if late and health != "late":
        health = "at_risk"
    return HealthSummary(health, Late(int(health == "late"), late))


def stage_health(stage: Stage, today: date, risk_days: int = RISK_DAYS) -> HealthSummary:
    """The health of a stage: its worst card's, and all that is late in it."""
    return together(card_health(card, today, risk_days) for card in stage.cards)


def roadmap_health(roadmap: Roadmap, today: date, risk_days: int = RISK_DAYS) -> HealthSummary:
    """The health of the roadmap: its worst card's, and all that is late in it."""
    return together(card_health(card, today, risk_days) for stage in roadmap.stages for card in stage.cards)


def together(summaries: Iterable[HealthSummary]) -> HealthSummary:
    """Several cards or stages as one."""
    each = tuple(summaries)
    late = Late(sum(one.late.cards for one in each), sum(one.late.tasks for one in each))
    return HealthSummary(worst(one.health for one in each), late)


def late_items(roadmap: Roadmap, today: date) -> tuple[DatedItem, ...]:
    """The late cards and tasks, the longest late first."""
    return tuple(item for item in agenda(roadmap) if item.day < today)


def agenda(roadmap: Roadmap) -> tuple[DatedItem, ...]:
    """The open cards and tasks with a day, the earliest first; of one day in reading order."""
    items = (item for stage in roadmap.stages for card in stage.cards for item in _dated_in(stage, card))
    return tuple(sorted(items, key=lambda item: item.day))


def count_items(items: Iterable[DatedItem]) -> Late:
    """Late cards and tasks in a list."""
    are_tasks = [item.task is not None for item in items]
    return Late(are_tasks.count(False), are_tasks.count(True))


def _dated_in(stage: Stage, card: Card) -> Iterator[DatedItem]:
    day = iso_day(role_value(card, "deadline"))
    if day and not (card.tasks and all(task.done for task in card.tasks)):
        yield DatedItem(day, stage, card)
    for task in card.tasks:
        if not task.done and task.due and (day := iso_day(task.due)):
            yield DatedItem(day, stage, card, task)


class _Card(NamedTuple):
    card: Card
    left: int
    late: int
    summary: HealthSummary


class HealthCounts:
    """The health of a roadmap that is being edited; only what changed is looked at again.

    `follow` compares by identity: an edit leaves the other cards, and the other tasks of a card, the same
    objects. What a tick costs does not depend on how many tasks have a day.
    """

    def __init__(self, roadmap: Roadmap, today: date, risk_days: int = RISK_DAYS) -> None:
        self._cards: dict[str, _Card] = {}
        self._today = today
        self._risk_days = risk_days
        self.stages: dict[str, HealthSummary] = {}
        self.overall = HealthSummary("no_date")
        self.follow(roadmap, today)

    def follow(self, roadmap: Roadmap, today: date) -> None:
        """Look at what is not the same object as before; on another day at everything."""
        before = self._cards if today == self._today else {}
        self._today, self._cards, self.stages = today, {}, {}
        for stage in roadmap.stages:
            for card in stage.cards:
                old = before.get(card.id)
                self._cards[card.id] = old if old and old.card is card else self._look(card, old)
            self.stages[stage.id] = together(self._cards[card.id].summary for card in stage.cards)
        self.overall = together(self.stages[stage.id] for stage in roadmap.stages if stage.cards)

    def card(self, card_id: str) -> HealthSummary:
        """The health of one card."""
        return self._cards[card_id].summary

    def _look(self, card: Card, old: _Card | None) -> _Card:
        left, late = self._counted(card, old)
        summary = _card_summary(card, not left, late, self._today, self._risk_days)
        return _Card(card, left, late, summary)

    def _counted(self, card: Card, old: _Card | None) -> tuple[int, int]:
        """The open and the late tasks of a card."""
        if old is None or len(old.card.tasks) != len(card.tasks):
            return self._count(card.tasks)
        before, after = old.card.tasks, card.tasks
        changed = changed_tasks(before, after)
        was_open, was_late = self._count(before[at] for at in changed)
        is_open, late = self._count(after[at] for at in changed)
        return old.left - was_open + is_open, old.late - was_late + late

    def _count(self, tasks: Iterable[Task]) -> tuple[int, int]:
        left = [task for task in tasks if not task.done]
        return len(left), sum(is_late(task, self._today) for task in left if task.due)
