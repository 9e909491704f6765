"""The roadmap as plain tables, one row per card, task or KPI, for spreadsheets and CSV files.

Cells have the texts as typed, not cleaned; a valid day is a `date`, a bare number a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from lfroadmap.report.field_columns import Cell, FieldColumn, day_cell, field_cells, field_columns
from lfroadmap.report.formatting import format_health, format_number, format_standing
from lfroadmap.report.value_source import source_text
from lfroadmap.roadmap import kpi_readings, notes
from lfroadmap.roadmap.health import RISK_DAYS, Health, card_health, stage_health, task_health
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import (
    Standing,
    card_tally,
    goal_of,
    iso_day,
    number_in,
    own_baseline,
    role_value,
    stage_tally,
    standing,
)
from lfroadmap.roadmap.relation_names import RelationNames
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

__all__ = [
    "COLUMNS", "OVERVIEW", "Cell", "Share", "Table", "number_cell", "overview", "table", "tables", "with_day",
]  # fmt: skip


class Share(float):
    """A share from 0 to 1, which is shown in percent with its decimals."""


COLUMNS: dict[str, tuple[str, ...]] = {
    "cards": (
        "id", "stage", "card", "owner", "deadline", "health", "progress", "done_tasks", "all_tasks", "goals",
        "notes", "days_late", "start", "waits_for", "moves",
    ),
    "tasks": (
        "id", "stage", "card", "task", "done", "done_on", "due", "health", "owner", "notes", "days_late",
        "repeat", "waits_for",
    ),
    "kpis": (
        "id", "measure", "definition", "baseline", "target", "current", "better", "unit", "owner",
        "standing", "way", "goal", "source", "readings", "baseline_number", "current_number",
    ),
}  # fmt: skip
"""Table -> its columns in reading order; the head of a column is the text `sheet.<column>`.

Behind those of cards is one for each field, as `field_columns` has them.
"""

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


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    """Column -> its heading, for those that a person named."""

    def heads(self, words: Words) -> list[str]:
        """The columns' names as shown."""
        return [self.titles.get(column) or words(f"sheet.{column}") for column in self.columns]


class _Day(NamedTuple):
    """The language, and the day as of which the health is."""

    words: Words
    today: date
    risk_days: int

    def health(self, health: Health) -> str:
        return format_health(health, self.words)

    def late(self, health: Health, typed: str) -> str | int:
        """Days since the day of what is late; empty for anything else."""
        day = iso_day(typed)
        return (self.today - day).days if day and health == "late" else ""


def tables(roadmap: Roadmap, words: Words, today: date, risk_days: int = RISK_DAYS) -> dict[str, Table]:
    """All tables of a roadmap, by name; their health is as of `today`."""
    return {name: table(roadmap, words, name, today, risk_days) for name in COLUMNS}


def table(roadmap: Roadmap, words: Words, name: str, today: date, risk_days: int = RISK_DAYS) -> Table:
    """One table of a roadmap; raises KeyError for a name that is not in `COLUMNS`."""
    labels, day = Labels(roadmap.template, words.language), _Day(words, today, risk_days)
    if name == "cards":
        found = field_columns(roadmap, labels, words)
        columns = (*COLUMNS[name], *(each.name for each in found))
        titles = {each.name: each.title for each in found}
        return Table(name, columns, tuple(_cards(roadmap, labels, day, found)), titles)
    rows = {"tasks": _tasks, "kpis": _kpis}[name](roadmap, labels, day)
    return Table(name, COLUMNS[name], tuple(rows))


def with_day(found: Table, today: date) -> Table:
    """A table with the day that it is as of as its last column, for files that say it nowhere else."""
    rows = tuple((*row, today) for row in found.rows)
    return replace(found, columns=(*found.columns, "as_of"), rows=rows)


def overview(roadmap: Roadmap, words: Words, today: date, risk_days: int = RISK_DAYS) -> Table:
    """The progress and health of each stage, a row per stage."""
    labels, day = Labels(roadmap.template, words.language), _Day(words, today, risk_days)
    return Table("overview", OVERVIEW, tuple(_stage(stage, labels, day) for stage in roadmap.stages))


def _stage(stage: Stage, labels: Labels, day: _Day) -> tuple[Cell, ...]:
    counted, (health, late) = stage_tally(stage), stage_health(stage, day.today, day.risk_days)
    ahead = (_ahead(card, day.today) for card in stage.cards)
    share = counted.share
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


def _cards(
    roadmap: Roadmap, labels: Labels, day: _Day, fields: tuple[FieldColumn, ...]
) -> Iterator[tuple[Cell, ...]]:
    names = RelationNames(roadmap, labels)
    for stage, card in _places(roadmap):
        counted, deadline = card_tally(card), role_value(card, "deadline")
        health = card_health(card, day.today, day.risk_days).health
        yield (
            card.id,
            labels.of(stage),
            labels.of(card),
            role_value(card, "owner"),
            day_cell(deadline),
            day.health(health),
            counted.share,
            counted.done,
            counted.total,
            role_value(card, "goals"),
            notes.cell_of(card.notes),
            day.late(health, deadline),
            day_cell(role_value(card, "start")),
            names.cell(card, "waits_for"),
            names.cell(card, "moves"),
            *field_cells(card, labels, fields),
        )


def _tasks(roadmap: Roadmap, labels: Labels, day: _Day) -> Iterator[tuple[Cell, ...]]:
    names = RelationNames(roadmap, labels)
    for stage, card in _places(roadmap):
        above = (labels.of(stage), labels.of(card))
        for task in card.tasks:
            yield task.id, *above, *_task(task, labels, day), task.repeat, names.cell(task, "waits_for")


def _task(task: Task, labels: Labels, day: _Day) -> tuple[Cell, ...]:
    health = task_health(task, day.today, day.risk_days)
    days = (day_cell(task.done_on), day_cell(task.due))
    ends = (task.owner, notes.cell_of(task.notes), day.late(health, task.due))
    return (labels.of(task), task.done, *days, day.health(health), *ends)


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
        _way(kpi, target, goal, status),
        "" if goal is None else number_cell(format_number(goal)),
        source_text(roadmap, kpi, labels, words),
        kpi_readings.cell_of(kpi_readings.by_day(kpi)),
        *("" if number is None else number for number in map(number_in, (kpi.baseline, kpi.current))),
    )


def _way(kpi: Kpi, target: str, goal: float | None, status: Standing) -> float | str:
    """The share of the way to the target, unrounded; empty where there is none."""
    baseline, current = number_in(own_baseline(kpi, target).value), number_in(kpi.current)
    if status.word == "on_the_way" and None not in (baseline, current, goal):
        return ((current or 0) - (baseline or 0)) / ((goal or 0) - (baseline or 0))
    return "" if status.percent is None else status.percent / 100


def number_cell(typed: str) -> str | int | float:
    """A bare number as a number; a text that a number would not reproduce exactly stays text."""
    if not re.fullmatch(r"-?(0|[1-9]\d{0,14})(\.\d{1,6})?", typed, re.ASCII):
        return typed
    number = float(typed) if "." in typed else int(typed)
    return number if str(number) == typed else typed
