"""The roadmap as flat lists of plain values for data frames and business intelligence.

Names are the same in every language; what was typed stands beside the number, the day or the choice that it
is read as. `content/schemas/analysis.json` describes every key.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.health import Health, card_health, roadmap_health, task_health
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import card_tally, goal_of, iso_day, number_in, role_value, standing, tally
from lfroadmap.roadmap.scope import ids_in
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine

VERSION = 1
Row = dict[str, object]


def analysis(
    roadmap: Roadmap,
    words: Words,
    *,
    today: date,
    risk_days: int,
    activity: Activity | None = None,
    history: Sequence[HistoryLine] | None = None,
    whole: Roadmap | None = None,
) -> Row:
    """The whole file as of `today`; the changes only where the history is given.

    With the `whole` that the roadmap is a part of, what is waited for outside of it is counted.
    """
    labels, own = Labels(roadmap.template, words.language), frozenset().union(*map(ids_in, roadmap.stages))
    rows = _Rows(labels, today, risk_days, Dependencies(whole or roadmap), own)
    done, total = tally(roadmap)
    health, late = roadmap_health(roadmap, today, risk_days)
    places = [(stage, card) for stage in roadmap.stages for card in stage.cards]
    out: Row = {
        "format": "lfroadmap-analysis",
        "version": VERSION,
        "as_of": today.isoformat(),
        "language": words.language,
        "id": roadmap.id,
        "title": rows.labels.of(roadmap),
        "health": health,
        "done_tasks": done,
        "all_tasks": total,
        "progress": _share(done, total),
        "late_cards": late.cards,
        "late_tasks": late.tasks,
        "cards": [rows.card(stage, card) for stage, card in places],
        "fields": [rows.field(card, field) for _, card in places for field in card.fields],
        "tasks": [rows.task(stage, card, task) for stage, card in places for task in card.tasks],
        "kpis": [rows.kpi(kpi) for kpi in roadmap.kpis],
        "kpi_values": [*_values(roadmap, activity or Activity())],
    }
    return out if history is None else out | {"changes": [line.plain() for line in history]}


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of one roadmap as of a day."""

    labels: Labels
    today: date
    risk_days: int
    relations: Dependencies
    own: frozenset[str]
    """The ids of the cards and tasks that are in the file."""

    def card(self, stage: Stage, card: Card) -> Row:
        done, total = card_tally(card)
        deadline = role_value(card, "deadline")
        health = card_health(card, self.today, self.risk_days).health
        return {
            "id": card.id,
            "stage_id": stage.id,
            "stage": self.labels.of(stage),
            "card": self.labels.of(card),
            "owner": role_value(card, "owner"),
            "deadline": _day(deadline),
            "deadline_typed": deadline,
            "start": _day(role_value(card, "start")),
            "health": health,
            "days_late": self._days_late(health, deadline),
            "done_tasks": done,
            "all_tasks": total,
            "progress": _share(done, total),
            **self.waiting(card.id),
            "moves": list(self.relations.moves(card.id)),
        }

    def field(self, card: Card, field: Field) -> Row:
        is_choice = field.kind == "choice" and bool(field.value)
        return {
            "id": field.id,
            "card_id": card.id,
            "field": self.labels.of(field),
            "kind": field.kind,
            "role": field.role,
            "value": field.value,
            "choice": self.labels.option(field, field.value) if is_choice else None,
            "day": _day(field.value) if field.kind == "date" else None,
            "number": number_in(field.value) if field.kind == "text" else None,
        }

    def task(self, stage: Stage, card: Card, task: Task) -> Row:
        health = task_health(task, self.today, self.risk_days)
        return {
            "id": task.id,
            "stage_id": stage.id,
            "card_id": card.id,
            "task": self.labels.of(task),
            "done": task.done,
            "done_on": _day(task.done_on),
            "due": _day(task.due),
            "due_typed": task.due,
            "owner": task.owner or role_value(card, "owner"),
            "health": health,
            "days_late": self._days_late(health, task.due),
            "repeat": task.repeat,
            **self.waiting(task.id),
        }

    def waiting(self, node_id: str) -> Row:
        """What a card or a task waits for."""
        return {
            "waits_for": [each for each in self.relations.targets(node_id) if each in self.own],
            "waits_outside": sum(each not in self.own for each in self.relations.waits(node_id)),
            "blocked": self.relations.is_blocked(node_id),
        }

    def kpi(self, kpi: Kpi) -> Row:
        target, baseline = self.labels.kpi(kpi, "target"), number_in(kpi.baseline)
        status = standing(kpi, target)
        return {
            "id": kpi.id,
            "measure": self.labels.of(kpi),
            "unit": self.labels.kpi(kpi, "unit"),
            "owner": self.labels.kpi(kpi, "owner"),
            "better": kpi.better or None,
            "baseline": baseline,
            "baseline_typed": kpi.baseline,
            "target": goal_of(target, baseline),
            "target_typed": target,
            "current": number_in(kpi.current),
            "current_typed": kpi.current,
            "standing": status.word or "unknown",
            "percent": status.percent,
            "moved_by": [each for each in self.relations.moved_by(kpi.id) if each in self.own],
        }

    def _days_late(self, health: Health, typed: str) -> int | None:
        """Days since the day of what is late; None for anything else."""
        day = iso_day(typed)
        return (self.today - day).days if day and health == "late" else None


def _values(roadmap: Roadmap, activity: Activity) -> Iterator[Row]:
    """Each value that a KPI has had, in the order of time."""
    for kpi in roadmap.kpis:
        for at, typed in activity.values.get(kpi.id, ()):
            yield {"kpi_id": kpi.id, "day": at.date().isoformat(), "number": number_in(typed), "typed": typed}


def _day(typed: str) -> str | None:
    day = iso_day(typed)
    return day.isoformat() if day else None


def _share(done: int, total: int) -> float:
    """Unrounded, 0.0 to 1.0."""
    return done / total if total else 0.0
