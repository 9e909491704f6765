"""A roadmap in full use, and its activity, for the tests of the dashboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.health import HealthCounts
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import Counts, Thresholds
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.roadmap.templates import Labels, load
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.words import Language, words
from lines import sample_history
from samples import TODAY

NOW = datetime(2026, 3, 15, 9, 30, tzinfo=UTC)
PEOPLE: dict[Language, tuple[str, ...]] = {
    "en": ("Dana Levi", "Yoav Cohen", "Noa Barak", ""),
    "he": ("דנה לוי", "יואב כהן", "Noa Barak", ""),
}
DUE = (-40, -18, 5, 12, 58, 95, None, 150)
"""Days from today to the deadlines of the cards."""
SHARES = (1.0, 0.6, 0.5, 0.3, 0.1, 0.0, 0.0, 0.0)
"""Shares of the tasks of the cards that are done."""
VALUES = {
    "kpi.return-rate": ("20", "20.4", "23.4"),
    "kpi.return-time": ("42", "44"),
    "kpi.upsell": ("11", "12"),
}


def day(days: int | None) -> str:
    """A day so far from today, as it is stored."""
    return "" if days is None else (TODAY + timedelta(days)).isoformat()


def busy(language: Language) -> Roadmap:
    """The first roadmap with owners, days, ticks and KPIs."""
    plan = load("liquid-funnel").roadmap("r1")
    numbers = iter(range(len(DUE)))
    stages = tuple(
        replace(stage, cards=tuple(_card(card, next(numbers), language) for card in stage.cards))
        for stage in plan.stages
    )
    return replace(plan, stages=stages, kpis=tuple(map(_kpi, plan.kpis)))


def _card(card: Card, number: int, language: Language) -> Card:
    people = PEOPLE[language]
    values = {"owner": people[number % len(people)], "deadline": day(DUE[number])}
    done = int(len(card.tasks) * SHARES[number])
    tasks = tuple(_task(task, number, at, done, people) for at, task in enumerate(card.tasks))
    return replace(card, fields=tuple(map(lambda one: _field(one, values), card.fields)), tasks=tasks)


def _field(field: Field, values: dict[str, str]) -> Field:
    return replace(field, value=values[field.role]) if field.role in values else field


def _task(task: Task, number: int, at: int, done: int, people: tuple[str, ...]) -> Task:
    if at < done:
        return replace(task, done=True, done_on=day(-60 + 5 * number + at))
    if at == done:
        return replace(
            task, due=day((-12, -3, 2, 6, 20)[number % 5]), owner=people[(number + 1) % len(people)]
        )
    return task


def _kpi(kpi: Kpi) -> Kpi:
    known = VALUES.get(kpi.id)
    return replace(kpi, baseline=known[0], current=known[-1], owner="Dana Levi") if known else kpi


def lived_in(roadmap: Roadmap) -> Activity:
    """An activity as a history of ten weeks gives it."""
    cards = [card for stage in roadmap.stages for card in stage.cards]
    first = {card.id: TODAY - timedelta(70 - 9 * at) for at, card in enumerate(cards[:6])}
    done = tuple((TODAY - timedelta(70 - 10 * n), 2 * n) for n in range(7))
    values = {
        name: tuple((NOW - timedelta(60 - 25 * at), value) for at, value in enumerate(known))
        for name, known in VALUES.items()
    }
    return Activity(first, done, values)


def board(
    roadmap: Roadmap, language: Language = "en", *, activity: Activity | None = None, today: date = TODAY
) -> Board:
    """The board of a roadmap on a day."""
    thresholds = Thresholds()
    return Board(
        roadmap,
        words(language),
        Labels(roadmap.template, language),
        thresholds,
        today,
        NOW,
        Counts(roadmap),
        HealthCounts(roadmap, today, thresholds.risk_days),
        TaskIndex(roadmap, today),
        activity,
        sample_history(language),
    )


def many(count: int) -> Roadmap:
    """A roadmap with so many late tasks in one card."""
    tasks = tuple(Task(f"t{n}", f"Task {n}", due=day(-n % 300 - 1)) for n in range(count))
    return Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", (), tasks),)),))
