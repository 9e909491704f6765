"""The roadmap as plain tables, one row per card, task or KPI, for spreadsheets and CSV files.

Cells have the texts as typed, not cleaned; a valid day is a `date`, a bare number a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lfroadmap.report.formatting import format_number, format_standing
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import (
    card_tally,
    goal_of,
    is_overdue,
    iso_day,
    number_in,
    role_value,
    stage_tally,
    standing,
)
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

Cell = str | bool | int | float | date
"""The content of a cell."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "cards": (
        "id", "stage", "card", "owner", "deadline", "progress", "done_tasks", "all_tasks", "goals", "details",
    ),
    "tasks": ("id", "stage", "card", "task", "done", "done_on", "due", "owner"),
    "kpis": (
        "id", "measure", "definition", "baseline", "target", "current", "better", "unit", "owner",
        "standing", "way", "goal",
    ),
}  # fmt: skip
"""Table -> its columns in reading order; the head of a column is the text `sheet.<column>`."""

OVERVIEW = ("stage", "progress", "done_tasks", "all_tasks", "late", "next")
"""The columns of the table of stages, which is as of a day."""

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


def tables(roadmap: Roadmap, words: Words) -> dict[str, Table]:
    """All tables of a roadmap, by name."""
    return {name: table(roadmap, words, name) for name in COLUMNS}


def table(roadmap: Roadmap, words: Words, name: str) -> Table:
    """One table of a roadmap; raises KeyError for a name that is not in `COLUMNS`."""
    labels = Labels(roadmap.template, words.language)
    rows = {"cards": _cards, "tasks": _tasks, "kpis": _kpis}[name](roadmap, labels, words)
    return Table(name, COLUMNS[name], tuple(rows))


def overview(roadmap: Roadmap, words: Words, today: date) -> Table:
    """The progress of each stage, a row per stage."""
    labels = Labels(roadmap.template, words.language)
    return Table("overview", OVERVIEW, tuple(_stage(stage, labels, today) for stage in roadmap.stages))


def _stage(stage: Stage, labels: Labels, today: date) -> tuple[Cell, ...]:
    counted = stage_tally(stage)
    late = [is_overdue(card, card_tally(card), today) for card in stage.cards].count(True)
    next_day = min((day for card in stage.cards if (day := _ahead(card, today))), default="")
    return (labels.of(stage), counted.percent / 100, counted.done, counted.total, late, next_day)


def _ahead(card: Card, today: date) -> date | None:
    """The deadline of an unfinished card, where it is in the future."""
    day, counted = iso_day(role_value(card, "deadline")), card_tally(card)
    finished = counted.total > 0 and counted.done == counted.total
    return day if day and day >= today and not finished else None


def _places(roadmap: Roadmap) -> Iterator[tuple[Stage, Card]]:
    return ((stage, card) for stage in roadmap.stages for card in stage.cards)


def _cards(roadmap: Roadmap, labels: Labels, words: Words) -> Iterator[tuple[Cell, ...]]:
    for stage, card in _places(roadmap):
        counted = card_tally(card)
        yield (
            card.id,
            labels.of(stage),
            labels.of(card),
            role_value(card, "owner"),
            day_cell(role_value(card, "deadline")),
            counted.percent / 100,
            counted.done,
            counted.total,
            role_value(card, "goals"),
            _details(card, labels),
        )


def _details(card: Card, labels: Labels) -> str:
    """The filled fields that have no column of their own, a line each."""
    own = {role: next((f.id for f in card.fields if f.role == role), None) for role in _ROLES}
    rest = (field for field in card.fields if field.value and field.id not in own.values())
    return "\n".join(f"{labels.of(field)}: {_field_text(field, labels)}" for field in rest)


def _field_text(field: Field, labels: Labels) -> str:
    return labels.option(field, field.value) if field.kind == "choice" else field.value


def _tasks(roadmap: Roadmap, labels: Labels, words: Words) -> Iterator[tuple[Cell, ...]]:
    for stage, card in _places(roadmap):
        above = (labels.of(stage), labels.of(card))
        yield from ((task.id, *above, *_task(task, labels)) for task in card.tasks)


def _task(task: Task, labels: Labels) -> tuple[Cell, ...]:
    return (labels.of(task), task.done, day_cell(task.done_on), day_cell(task.due), task.owner)


def _kpis(roadmap: Roadmap, labels: Labels, words: Words) -> Iterator[tuple[Cell, ...]]:
    return (_kpi(kpi, labels, words) for kpi in roadmap.kpis)


def _kpi(kpi: Kpi, labels: Labels, words: Words) -> tuple[Cell, ...]:
    target = labels.kpi(kpi, "target")
    status, goal = standing(kpi, target), goal_of(target, number_in(kpi.baseline))
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
