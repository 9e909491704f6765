"""The roadmap over time as tables, for spreadsheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from lfroadmap.report.burn_up import burn_up
from lfroadmap.report.sparkline import sparkline
from lfroadmap.report.tables import Table
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def with_values(kpis: Table, roadmap: Roadmap, activity: Activity, words: Words) -> Table:
    """The table of KPIs with the first, last and best value of each and their days."""
    labels = Labels(roadmap.template, words.language)
    found = (sparkline(kpi, activity.values.get(kpi.id, ()), labels, words) for kpi in roadmap.kpis)
    rows = tuple((*row, line.text() if line else "") for row, line in zip(kpis.rows, found, strict=True))
    return replace(kpis, columns=(*kpis.columns, "over_time"), rows=rows)


def burn_up_table(roadmap: Roadmap, activity: Activity, words: Words, today: date) -> Table | None:
    """Days with the tasks done and the tasks due by then; None where nothing was ever done."""
    plan = TaskIndex(roadmap, today).plan()
    chart = burn_up(plan, activity, tally(roadmap).done, today, words) if activity.done else None
    if chart is None:
        return None
    rows = tuple((day, "" if done is None else done, due) for day, done, due in chart.days())
    return Table("burn_up", ("day", "done_by", "due_by"), rows)
