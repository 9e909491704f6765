"""The roadmap over time as tables, for spreadsheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lfroadmap.report.burn_up import burn_up
from lfroadmap.report.field_columns import Cell
from lfroadmap.report.sparkline import sparkline
from lfroadmap.report.tables import Table
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import number_in, tally
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def with_values(kpis: Table, roadmap: Roadmap, activity: Activity, words: Words) -> Table:
    """The table of KPIs with the first, last and best value of each and their days."""
    labels = Labels(roadmap.template, words.language)
    found = (sparkline(kpi, activity.values.get(kpi.id, ()), labels, words) for kpi in roadmap.kpis)
    rows = tuple((*row, line.text() if line else "") for row, line in zip(kpis.rows, found, strict=True))
    return replace(kpis, columns=(*kpis.columns, "over_time"), rows=rows)


VALUES = ("kpi_name", "day", "dated_value", "number")
"""The columns of the values of KPIs; the head of one is the text `sheet.<column>`."""


def values_table(roadmap: Roadmap, activity: Activity, words: Words) -> Table | None:
    """A row for each value that a KPI has had, by KPI and day; None where none has had one."""
    labels = Labels(roadmap.template, words.language)
    rows: list[tuple[Cell, ...]] = []
    for kpi in roadmap.kpis:
        for at, typed in activity.values.get(kpi.id, ()):
            number = number_in(typed)
            rows.append((labels.of(kpi), at.date(), typed, "" if number is None else number))
    return Table("kpi_values", VALUES, tuple(rows)) if rows else None


def burn_up_table(roadmap: Roadmap, activity: Activity, words: Words, today: date) -> Table | None:
    """Days with the tasks done and due by then, and in the plan if it grew; None if none was ever done."""
    plan = TaskIndex(roadmap, today).plan()
    chart = burn_up(plan, activity, tally(roadmap).done, today, words) if activity.done else None
    if chart is None:
        return None
    rows = ((day, "" if done is None else done, due) for day, done, due in chart.days())
    if not chart.planned:
        return Table("burn_up", ("day", "done_by", "due_by"), tuple(rows))
    planned = ((day, chart.planned_by(day)) for day, _, _ in chart.days())
    sizes = ("" if count is None else count for _, count in planned)
    with_sizes = tuple((*row, size) for row, size in zip(rows, sizes, strict=True))
    return Table("burn_up", ("day", "done_by", "due_by", "planned_by"), with_sizes)
