"""Measured figures as values of the KPIs that are bound to them, after a look at what would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Literal, NamedTuple

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, SetKpi
from lfroadmap.roadmap.flow_figures import FlowFigures, figures_text
from lfroadmap.roadmap.kpi_sources import MisfitError
from lfroadmap.roadmap.measured_values import BINDABLE, Source, figure_of, measured_value
from lfroadmap.roadmap.measurements import latest, thinned
from lfroadmap.roadmap.model import Kpi, Measurement, Reading
from lfroadmap.roadmap.notes import utc_time
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.usecases.bindings import bound_source
from lfroadmap.usecases.dated_values import edits_of_day, newest_day
from lfroadmap.usecases.plan_edits import Made, PlanEdits

Why = Literal["", "none", "unit", "no_unit", "unknown", "filter"]
"""Why a KPI gets no value: the measure is undefined, in another unit, none of this version, or of customers
who were not measured apart."""
FiguresOf = Callable[[Source], FlowFigures | None]
"""Returns the figures that a value comes from; None where those customers were not measured apart."""


class KpiPreview(NamedTuple):
    """A bound KPI, and the value that it would get."""

    kpi: Kpi
    source: Source
    value: str = ""
    """As the KPI has it; empty where there is none."""
    why: Why = ""
    baseline: str = ""
    """The baseline that it would get; empty where it has one."""
    is_current: bool = True
    """False where a value of a later day is known, which stays the current one."""
    figure: float | None = None
    """As `measure --json` prints it."""


def preview(plan: PlanEdits, figures_of: FiguresOf, day: date) -> tuple[KpiPreview, ...]:
    """The bound KPIs in reading order, with the values of a day that they would get."""
    return tuple(_preview(plan, kpi, figures_of, day) for kpi in plan.roadmap.kpis if kpi.bound_to)


def _preview(plan: PlanEdits, kpi: Kpi, figures_of: FiguresOf, day: date) -> KpiPreview:
    source = bound_source(kpi)
    if source.measure not in BINDABLE:
        return KpiPreview(kpi, source, why="unknown")
    figures = figures_of(source)
    if figures is None:
        return KpiPreview(kpi, source, why="filter")
    try:
        value = measured_value(figures, source.measure, kpi, plan.labels)
    except MisfitError as error:
        return KpiPreview(kpi, source, why=error.misfit)
    found = figure_of(figures, source.measure)
    newest = _newest(plan, kpi)
    baseline = "" if kpi.baseline.strip() else value
    is_current = day.isoformat() >= newest
    return KpiPreview(kpi, source, value, "", baseline, is_current, found.value if found else None)


def _newest(plan: PlanEdits, kpi: Kpi) -> str:
    """The last day of which a value is known; a value that was emptied is none."""
    typed_on = plan.source.typed_on(kpi) if kpi.current.strip() else None
    return newest_day(kpi, typed_on, plan.today)


def fill(plan: PlanEdits, previews: Sequence[KpiPreview], day: date) -> Made:
    """The values as one edit: for their day, as the current ones, and as baselines where there are none."""
    edits: list[Edit] = []
    for each in previews:
        if each.value:
            edits += _filled(plan, each, day.isoformat())
    return Made(Batch(tuple(edits)), tuple(each.kpi.id for each in previews if each.value))


def _filled(plan: PlanEdits, found: KpiPreview, day: str) -> list[Edit]:
    kpi, time = found.kpi, utc_time(plan.source.now)
    reading = Reading(plan.new_id(), found.value, day, "measured", found.source.text, time)
    newest = _newest(plan, kpi)
    first = [SetKpi(kpi.id, "baseline", found.baseline)] if found.baseline else []
    return [*edits_of_day(kpi, reading, newest), *first]


def keep(plan: PlanEdits, figures: FlowFigures, day: date) -> Made:
    """The edit that keeps the figures in the roadmap, and drops the oldest where there are too many.

    Of no nodes where the last measurement of that day is the same. Undo passes over it.
    """
    text, last = figures_text(figures), latest(plan.roadmap.measurements)
    if last and (last.day, last.figures) == (day.isoformat(), text):
        return Made(Batch(()), ())
    taken = Measurement(plan.new_id(), None, day.isoformat(), utc_time(plan.source.now), text)
    too_many = thinned((*plan.roadmap.measurements, taken))
    dropped = [Remove(each) for each in too_many if each != taken.id]
    return Made(Batch((Add(taken, plan.roadmap.id), *dropped)), (taken.id,))


def preview_json(plan: PlanEdits, previews: Sequence[KpiPreview], day: date) -> dict[str, Any]:
    """What each bound KPI would get, for programs."""
    return {
        "day": day.isoformat(),
        "kpis": [
            {
                "id": each.kpi.id,
                "measure": plan.labels.of(each.kpi),
                "bound_to": each.source.measure,
                "channel": each.source.channel or None,
                "segment": each.source.segment or None,
                "before": each.kpi.current,
                "value": each.value or None,
                "figure": each.figure,
                "baseline": each.baseline or None,
                "is_current": each.is_current,
                "why": each.why or None,
            }
            for each in previews
        ],
    }
