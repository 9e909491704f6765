"""What measured figures would change in a roadmap, and what KPIs are bound to, as reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lfroadmap.report.formatting import with_unit
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.measured_source import describe_measured
from lfroadmap.report.nodes import Facts, Grid, Node, Report, Section, Value
from lfroadmap.report.values import format_value
from lfroadmap.roadmap.model import Kpi
from lfroadmap.text import arrow, one_line
from lfroadmap.usecases.bindings import (
    UNIT_NAMES,
    bindable_measures,
    bound_source,
    suggestion,
)
from lfroadmap.usecases.measure_into import KpiPreview
from lfroadmap.usecases.plan_edits import PlanEdits


def into_report(plan: PlanEdits, previews: Sequence[KpiPreview], name: str, day: date) -> Report:
    """A row a bound KPI: the measure, the value now and then, the baseline, or why there is no value."""
    words = plan.words
    heads = tuple(words(f"binding.head_{head}") for head in ("kpi", "measure", "value", "baseline"))
    rows = tuple(_row(plan, each) for each in previews)
    body: tuple[Node, ...] = (Grid(heads, rows),) if rows else (Value(words("binding.none_bound"), "muted"),)
    facts = Facts(
        ((words("binding.roadmap"), Value(one_line(name))), (words("binding.day"), Value(words.day(day))))
    )
    return Report(words("binding.into_title"), words.language, words.direction, facts, body)


def _row(plan: PlanEdits, each: KpiPreview) -> tuple[Value, ...]:
    words, unit = plan.words, plan.labels.kpi(each.kpi, "unit")
    now = with_unit(each.kpi.current, unit) if each.kpi.current.strip() else "—"
    if each.why:
        value = Value(now, "risk", words(f"binding.why_{each.why}"))
    else:
        then = with_unit(each.value, unit)
        note = "" if each.is_current else words("binding.later_known")
        value = Value(f"{now} {arrow(now, then, words.direction)} {then}", "muted", note)
    baseline = with_unit(each.baseline, unit) if each.baseline else ""
    return (
        format_value(plan.name(each.kpi)),
        Value(describe_measured(each.source.text, words)),
        value,
        Value(words("binding.first", value=baseline)) if baseline else _typed_baseline(each.kpi, unit),
    )


def _typed_baseline(kpi: Kpi, unit: str) -> Value:
    return format_value(with_unit(kpi.baseline, unit))


def bindings_report(plan: PlanEdits, name: str) -> Report:
    """What each KPI is bound to, or could be, and the measures with what they mean."""
    words = plan.words
    heads = tuple(words(f"binding.head_{head}") for head in ("kpi", "measure"))
    rows = tuple(_binding_row(plan, kpi) for kpi in plan.roadmap.kpis)
    measures = tuple(
        (
            Value(each.id, direction="ltr"),
            Value(f"{each.name} · {words(f'binding.unit_{UNIT_NAMES[each.unit]}')}", note=each.definition),
        )
        for each in bindable_measures(words)
    )
    measure_heads = tuple(words(f"binding.head_{head}") for head in ("id", "definition"))
    body: tuple[Node, ...] = (
        Section(words("binding.bound"), (Grid(heads, rows) if rows else Value(words("kpi.empty"), "muted"),)),
        Section(words("binding.measures"), (Grid(measure_heads, measures, fitted=True),)),
    )
    facts = Facts(((words("binding.roadmap"), Value(one_line(name))),))
    return Report(words("binding.title"), words.language, words.direction, facts, body)


def _binding_row(plan: PlanEdits, kpi: Kpi) -> tuple[Value, ...]:
    words = plan.words
    if kpi.bound_to:
        return format_value(plan.name(kpi)), Value(describe_measured(bound_source(kpi).text, words))
    suggested = suggestion(kpi, plan)
    note = words("binding.suggested", measure=measure_name(suggested, words.language)) if suggested else ""
    return format_value(plan.name(kpi)), Value("—", "muted", note)
