"""The timeline for programs: every card with a deadline and every open task with a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.health import card_health, task_health
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import card_tally, iso_day, role_value
from lfroadmap.roadmap.schedule import Grouping, Schedule, Scheduled
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

FORMAT = "lfroadmap-timeline"
VERSION = 1
Json = dict[str, Any]


def timeline_rows(
    roadmap: Roadmap,
    words: Words,
    today: date,
    risk_days: int,
    activity: Activity,
    *,
    whole: Roadmap | None = None,
    by: Grouping = "stage",
) -> Json:
    """The days by stage or by owner, texts in the language of the words; days are `YYYY-MM-DD`.

    With the `whole` that the roadmap is a part of, it names what is waited for outside of it.
    """
    labels, dependencies = Labels(roadmap.template, words.language), Dependencies(whole or roadmap)
    every = [card for stage in roadmap.stages for card in stage.cards]
    tasks = [task for card in every for task in card.tasks if not task.done]
    return {
        "format": FORMAT,
        "version": VERSION,
        "as_of": today.isoformat(),
        "by": by,
        "undated_cards": sum(iso_day(role_value(card, "deadline")) is None for card in every),
        "undated_tasks": sum(iso_day(task.due) is None for task in tasks),
        "rows": [
            row | {"waits_for": [*dependencies.targets(row["id"])]}
            for row in _rows(roadmap, labels, today, risk_days, activity, by=by)
        ],
    }


def _rows(
    roadmap: Roadmap, labels: Labels, today: date, risk_days: int, activity: Activity, *, by: Grouping
) -> Iterator[Json]:
    stages = {card.id: labels.of(stage) for stage in roadmap.stages for card in stage.cards}
    for group in Schedule(roadmap).groups(by):
        for item in group.items:
            yield {
                "stage": stages[item.card.id],
                "card": labels.of(item.card),
                "task": labels.of(item.task) if item.task else None,
                "id": item.node.id,
                "owner": item.owner,
                "start": _start(item, activity),
                "day": item.day.isoformat(),
                "health": _health(item, today, risk_days),
                "percent": None if item.task else card_tally(item.card).percent,
                "before": [day.isoformat() for day in _before(item, activity)],
            }


def _before(item: Scheduled, activity: Activity) -> Iterator[date]:
    return (day for day in activity.slipped.get(item.node.id, ()) if day != item.day)


def _start(item: Scheduled, activity: Activity) -> str | None:
    """The first day of a card: the typed one, else that of its first change; None where none is before."""
    days = () if item.task else (item.start, activity.first_days.get(item.card.id))
    return next((day.isoformat() for day in days if day and day < item.day), None)


def _health(item: Scheduled, today: date, risk_days: int) -> str:
    if item.task:
        return task_health(item.task, today, risk_days)
    return card_health(item.card, today, risk_days).health
