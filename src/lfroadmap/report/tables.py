"""The roadmap as plain tables, one row per card, task or KPI, for spreadsheets and CSV files.

Cells have the texts as typed, not cleaned; a valid day is a `date`, a bare number a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from lfroadmap.report.formatting import format_health, format_number, format_standing
from lfroadmap.report.value_source import source_text
from lfroadmap.roadmap import kpi_readings, notes
from lfroadmap.roadmap.health import RISK_DAYS, Health, card_health, stage_health, task_health
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import (
    card_tally,
    goal_of,
    iso_day,
    number_in,
    own_baseline,
    role_value,
    stage_tally,
    standing,
)
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


class Share(float):
    """A share from 0 to 1, which is shown in percent with its decimals."""


Cell = str | bool | int | float | date
"""The content of a cell."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "cards": (
        "id", "stage", "card", "owner", "deadline", "health", "progress", "done_tasks", "all_tasks", "goals",
        "details", "notes",
    ),
    "tasks": ("id", "stage", "card", "task", "done", "done_on", "due", "health", "owner", "notes"),
    "kpis": (
        "id", "measure", "definition", "baseline", "target", "current", "better", "unit", "owner",
        "standing", "way", "goal", "source", "readings",
    ),
}  # fmt: skip
"""Table -> its columns in reading order; the head of a column is the text `sheet.<column>`."""

OVERVIEW = ("stage", "health", "progress", "done_tasks", "all_tasks", "late", "late_tasks", "next")
"""The columns of the table of stages, which is as of a day."""

FLOW_COLUMNS = ("id", "measure", "value", "before", "numerator", "denominator", "unit", "day")
"""The columns of the table of the last measurement of flows."""

FLOW_LIST_COLUMNS = ("id", "measure", "row", "figure", "value", "day")
"""The columns of the table of its lists, a row for each figure."""

MEASUREMENT_COLUMNS = (
    "id", "day", "time", "measure", "value", "numerator", "denominator", "unit", "channel", "segment",
    "since",
)  # fmt: skip
"""The columns of the table of all measurements."""

_ROLES = ("owner", "deadline", "goals")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    def heads(self, words: Words) -> list[str]:
        """The columns' names as shown."""
        return [words(f"sheet.{column}") for column in self.columns]


class _Day(NamedTuple):
    """The language, and the day as of which the health is."""

    words: Words
    today: date
    risk_days: int

    def health(self, health: Health) -> str:
        return format_health(health, self.words)


def tables(roadmap: Roadmap, words: Words, today: date, risk_days: int = RISK_DAYS) -> dict[str, Table]:
    """All tables of a roadmap, by name; their health is as of `today`."""
    return {name: table(roadmap, words, name, today, risk_days) for name in COLUMNS}


def table(roadmap: Roadmap, words: Words, name: str, today: date, risk_days: int = RISK_DAYS) -> Table:
    """One table of a roadmap; raises KeyError for a name that is not in `COLUMNS`."""
    labels, day = Labels(roadmap.template, words.language), _Day(words, today, risk_days)
    rows = {"cards": _cards, "tasks": _tasks, "kpis": _kpis}[name](roadmap, labels, day)
    return Table(name, COLUMNS[name], tuple(rows))


def overview(roadmap: Roadmap, words: Words, today: date, risk_days: int = RISK_DAYS) -> Table:
    """The progress and health of each stage, a row per stage."""
    labels, day = Labels(roadmap.template, words.language), _Day(words, today, risk_days)
    return Table("overview", OVERVIEW, tuple(_stage(stage, labels, day) for stage in roadmap.stages))


def _stage(stage: Stage, labels: Labels, day: _Day) -> tuple[Cell, ...]:
    counted, (health, late) = stage_tally(stage), stage_health(stage, day.today, day.risk_days)
    ahead = (_ahead(card, day.today) for card in stage.cards)
    share = counted.percent / 100
    return (
        labels.of(stage),
        day.health(health),
        share,
        counted.done,
        counted.total,
        late.cards,
        late.tasks,
        min(filter(None, ahead), default=""),
    )


def _ahead(card: Card, today: date) -> date | None:
    """The deadline of an unfinished card, where it is in the future."""
    day = iso_day(role_value(card, "deadline"))
    return day if day and day >= today and card_health(card, today).health != "done" else None


def _places(roadmap: Roadmap) -> Iterator[tuple[Stage, Card]]:
    return ((stage, card) for stage in roadmap.stages for card in stage.cards)


def _cards(roadmap: Roadmap, labels: Labels, day: _Day) -> Iterator[tuple[Cell, ...]]:
    for stage, card in _places(roadmap):
        counted = card_tally(card)
        yield (
            card.id,
            labels.of(stage),
            labels.of(card),
            role_value(card, "owner"),
            day_cell(role_value(card, "deadline")),
            day.health(card_health(card, day.today, day.risk_days).health),
            counted.percent / 100,
            counted.done,
            counted.total,
            role_value(card, "goals"),
            _details(card, labels),
            notes.cell_of(card.notes),
        )


def _details(card: Card, labels: Labels) -> str:
    """The filled fields that have no column of their own, a line each."""
    own = {role: next((f.id for f in card.fields if f.role == role), None) for role in _ROLES}
    rest = (field for field in card.fields if field.value and field.id not in own.values())
    return "\n".join(f"{labels.of(field)}: {_field_text(field, labels)}" for field in rest)


def _field_text(field: Field, labels: Labels) -> str:
    return labels.option(field, field.value) if field.kind == "choice" else field.value


def _tasks(roadmap: Roadmap, labels: Labels, day: _Day) -> Iterator[tuple[Cell, ...]]:
    for stage, card in _places(roadmap):
        above = (labels.of(stage), labels.of(card))
        yield from ((task.id, *above, *_task(task, labels, day)) for task in card.tasks)


def _task(task: Task, labels: Labels, day: _Day) -> tuple[Cell, ...]:
    health = day.health(task_health(task, day.today, day.risk_days))
    days = (day_cell(task.done_on), day_cell(task.due))
    return (labels.of(task), task.done, *days, health, task.owner, notes.cell_of(task.notes))


def _kpis(roadmap: Roadmap, labels: Labels, day: _Day) -> Iterator[tuple[Cell, ...]]:
    return (_kpi(roadmap, kpi, labels, day.words) for kpi in roadmap.kpis)


def _kpi(roadmap: Roadmap, kpi: Kpi, labels: Labels, words: Words) -> tuple[Cell, ...]:
    target = labels.kpi(kpi, "target")
    status, goal = standing(kpi, target), goal_of(target, number_in(own_baseline(kpi, target).value))
    return (
        kpi.id,
        labels.of(kpi),
        labels.kpi(kpi, "definition"),
        number_cell(kpi.baseline),
        number_cell(target),
        number_cell(kpi.current),
        words(f"report.{kpi.better}") if kpi.better else "",
        labels.kpi(kpi, "unit"),
        labels.kpi(kpi, "owner"),
        format_standing(status, words),
        "" if status.percent is None else status.percent / 100,
        "" if goal is None else number_cell(format_number(goal)),
        source_text(roadmap, kpi, labels, words),
        kpi_readings.cell_of(kpi_readings.by_day(kpi)),
    )


def day_cell(typed: str) -> str | date:
    """The day, or the text as typed where it is no valid day."""
    return iso_day(typed) or typed


def number_cell(typed: str) -> str | int | float:
    """A bare number as a number; a text that a number would not reproduce exactly stays text."""
    if not re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?", typed, re.ASCII):
        return typed
    number = float(typed) if "." in typed else int(typed)
    return number if str(number) == typed else typed
