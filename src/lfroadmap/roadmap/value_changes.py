"""A value before and after; the changes of bindings and of measurements between two states of a roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from lfroadmap.roadmap.measured_values import Source
from lfroadmap.roadmap.measurements import in_order
from lfroadmap.roadmap.model import Kpi, Measurement, Roadmap
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

PartWord = Literal["added", "removed", "renamed"]


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
            yield ValueChange(kpi.id, labels.kpi(kpi, "measure") or kpi.id, "", was, bound)


def bound_text(kpi: Kpi) -> str:
    """The measure that a KPI is bound to, as readings store it: `cac?channel=ads`; empty for none."""
    return Source(kpi.bound_to, kpi.bound_channel, kpi.bound_segment).text if kpi.bound_to else ""


def measurement_changes(
    then: Roadmap, now: Roadmap, words: Words
) -> Iterator[tuple[PartWord, str, str, str]]:
    """What happened to measurements, the id of the newest of them, their title, and the title before.

    Those that came are one together, and so are those that went, as there may be one an hour.
    """
    old, new = ({each.id: each for each in roadmap.measurements} for roadmap in (then, now))
    came = in_order(each for id_, each in new.items() if id_ not in old)
    went = in_order(each for id_, each in old.items() if id_ not in new)
    if came:
        yield "added", came[-1].id, _several(came, words), ""
    if went:
        yield "removed", went[-1].id, _several(went, words), ""
    for id_ in (each for each in old if each in new):
        titles = [_title(each[id_], words) for each in (old, new)]
        if titles[0] != titles[1]:
            yield "renamed", id_, titles[1], titles[0]


def _several(measurements: tuple[Measurement, ...], words: Words) -> str:
    last = measurements[-1]
    return words.plural("compared.measurements", len(measurements), day=_title(last, words))


def _title(measurement: Measurement, words: Words) -> str:
    """The name of a measurement, else the day of its figures."""
    day = iso_day(measurement.day)
    return measurement.title or (words.day(day) if day else measurement.day or measurement.id)
