"""KPIs that are bound to measures of flows: what a KPI can be bound to, and the edits that bind one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.explain import texts
from lfroadmap.report.measure_names import measure_name
from lfroadmap.roadmap.edits import Bind
from lfroadmap.roadmap.measured_values import (
    BINDABLE,
    Source,
    misfit_of_measure,
    suggested,
    unit_of_measure,
)
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.named_nodes import likest_of
from lfroadmap.text import one_line
from lfroadmap.usecases.plan_edits import Made, PlanEdits
from lfroadmap.words import LANGUAGES, Words


class BindableMeasure(NamedTuple):
    """A measure that a KPI can be bound to."""

    id: str
    name: str
    definition: str
    unit: str
    """`%`, `days`, `money` or `number`."""


def bindable_measures(words: Words) -> tuple[BindableMeasure, ...]:
    """All of them, with their explanations."""
    return tuple(_measure(id, words) for id in BINDABLE)


def _measure(id: str, words: Words) -> BindableMeasure:
    entry, key = texts(words.language)[id], f"binding.figure_{id}"
    definition = " ".join([entry["definition"], *([words(key)] if key in words else [])])
    return BindableMeasure(id, entry["name"], definition, unit_of_measure(id))


def bound_source(kpi: Kpi) -> Source:
    """What a KPI is bound to; an empty measure where it is bound to nothing."""
    return Source(kpi.bound_to, kpi.bound_channel, kpi.bound_segment)


def suggestion(kpi: Kpi, plan: PlanEdits) -> str:
    """The measure that the template names for a KPI that is bound to none; empty where there is none."""
    return "" if kpi.bound_to else suggested(kpi, plan.roadmap.template)


def fitting(kpi: Kpi, plan: PlanEdits) -> tuple[str, ...]:
    """Ids of the measures in the KPI's unit, the suggested one first."""
    first = suggested(kpi, plan.roadmap.template)
    fit = [each for each in BINDABLE if misfit_of_measure(each, kpi, plan.labels) is None]
    return tuple(sorted(fit, key=lambda each: each != first))


def bind(plan: PlanEdits, named: str, measure: str, channel: str = "", segment: str = "") -> Made:
    """A KPI bound to a measure, which is named by its id or its name in either language.

    Raises RoadmapError where there is no such KPI or measure, and UsageError where its unit does not fit.
    """
    kpi = plan.one(Kpi, named).node
    assert isinstance(kpi, Kpi)
    id_ = _measure_named(measure)
    if misfit := misfit_of_measure(id_, kpi, plan.labels):
        raise _refusal(plan, kpi, id_, misfit)
    column, sign, value = segment.partition("=")
    if segment and not (sign and column.strip() and value.strip()):
        raise UsageError("bind_segment", typed=segment[:80])
    joined = f"{column.strip()}={value.strip()}" if segment else ""
    return Made(Bind(kpi.id, id_, channel.strip(), joined), (kpi.id,))


def unbind(plan: PlanEdits, named: str) -> Made:
    """A KPI bound to nothing; its values stay."""
    kpi = plan.one(Kpi, named).node
    return Made(Bind(kpi.id, ""), (kpi.id,))


def _refusal(plan: PlanEdits, kpi: Kpi, measure: str, misfit: str) -> UsageError:
    key = "bind_unit_unknown" if misfit == "no_unit" else "bind_unit"
    return UsageError(
        key,
        name=plan.name(kpi),
        unit=one_line(plan.labels.kpi(kpi, "unit")) or "—",
        measure=measure_name(measure, plan.words.language),
        needed=plan.words(f"binding.unit_{UNIT_NAMES[unit_of_measure(measure)]}"),
    )


UNIT_NAMES = {"%": "percent", "days": "days", "money": "money", "number": "number"}
"""Unit of a measure -> the end of its key in the words."""


def _measure_named(typed: str) -> str:
    """Id of the measure that a text means; raises UsageError with the ones that there are."""
    wanted = typed.strip().lower().replace("-", "_").replace(" ", "_")
    if wanted in BINDABLE:
        return wanted
    every = {id: tuple(texts(language)[id]["name"] for language in LANGUAGES) for id in BINDABLE}
    found = likest_of(typed, {at: every[id] for at, id in enumerate(BINDABLE)})
    if len(found) == 1:
        return BINDABLE[next(iter(found))]
    if not found:
        raise RoadmapError("bind_no_measure", name=one_line(typed)[:80], known=", ".join(BINDABLE))
    listed = ", ".join(BINDABLE[at] for at in found)
    raise UsageError("bind_several", name=one_line(typed)[:80], found=listed)


def bindings_json(plan: PlanEdits, name: str, kpis: Iterable[Kpi]) -> dict[str, Any]:
    """What is bound, what is suggested, and all that can be bound."""
    return {
        "roadmap": name,
        "kpis": [
            {
                "id": kpi.id,
                "measure": plan.labels.of(kpi),
                "unit": plan.labels.kpi(kpi, "unit"),
                "bound_to": kpi.bound_to or None,
                "channel": kpi.bound_channel or None,
                "segment": kpi.bound_segment or None,
                "suggested": suggestion(kpi, plan) or None,
                "fitting": list(fitting(kpi, plan)),
            }
            for kpi in kpis
        ],
        "measures": [each._asdict() for each in bindable_measures(plan.words)],
    }
