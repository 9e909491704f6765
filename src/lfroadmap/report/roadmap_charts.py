"""The charts of a roadmap over time as nodes of its report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from lfroadmap.report.burn_up import burn_up
from lfroadmap.report.nodes import Node, Section
from lfroadmap.report.sparkline import Sparklines, sparkline
from lfroadmap.roadmap.activity import Activity, Values
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def sparklines(roadmap: Roadmap, values: Mapping[str, Values], labels: Labels, words: Words) -> list[Node]:
    """The values that the KPIs have had, those of which there are several."""
    found = (sparkline(kpi, values.get(kpi.id, ()), labels, words) for kpi in roadmap.kpis)
    rows = tuple(row for row in found if row and len(row.points) > 1)
    return [Sparklines(rows)] if rows else []


def burn_up_section(roadmap: Roadmap, activity: Activity | None, today: date, words: Words) -> list[Node]:
    """The tasks done by day against the plan."""
    if activity is None or not activity.done:
        return []
    plan = TaskIndex(roadmap, today).plan()
    chart = burn_up(plan, activity, tally(roadmap).done, today, words)
    return [Section(chart.title, (chart,), "burn-up")] if chart else []
