"""A value before and after, and the changes of what KPIs are bound to, between two states of a roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lfroadmap.roadmap.model import Kpi, Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import words


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value of a card's field, a task or a KPI, before and after; empty where there was none."""

    id: str
    what: str
    """The label of the field, the text of the task, or the measure."""
    where: str
    """The title of its card; empty for a KPI."""
    before: str
    after: str
    days: int | None = None
    """Of two valid dates: days that it moved later; negative if earlier."""


def binding_changes(then: Roadmap, now: Roadmap, labels: Labels) -> Iterator[ValueChange]:
    """The changed bindings of the KPIs that are in both states."""
    before = {kpi.id: kpi for kpi in then.kpis}
    for kpi in now.kpis:
        if kpi.id in before and (was := bound_text(before[kpi.id])) != (bound := bound_text(kpi)):
            measure = labels.kpi(kpi, "measure") or kpi.id
            what = f"{measure} · {words(labels.language)('sheet.bound_to')}"
            yield ValueChange(kpi.id, what, "", was, bound)


def bound_text(kpi: Kpi) -> str:
    """The measure that a KPI is bound to, with the channel and the segment that it is of: `cac · ads`."""
    return " · ".join(filter(None, (kpi.bound_to, kpi.bound_channel, kpi.bound_segment)))
