"""The figures of the last measurement that are others than those of the last one before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from lfroadmap.roadmap.flow_figures import FlowFigures, read_figures
from lfroadmap.roadmap.measurements import in_order
from lfroadmap.roadmap.model import Measurement, Roadmap


class Dated(NamedTuple):
    """What was measured for a day."""

    day: str
    figures: FlowFigures


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure of flows that has another value in the last measurement; None where it was undefined."""

    id: str
    unit: str
    currency: str
    before: float | None
    after: float | None
    day_before: str
    """The days of the measurements, `YYYY-MM-DD`; the first is empty where nothing was measured before."""
    day: str


def last_measured(measurements: Iterable[Measurement]) -> Dated | None:
    """The newest measurement that can be read; None where there is none."""
    for each in reversed(in_order(measurements)):
        figures = read_figures(each.figures)
        if figures is not None:
            return Dated(each.day, figures)
    return None


def filters_of(figures: FlowFigures) -> tuple[str, str, str]:
    """What figures are of: the channel, the segment and the first day, each empty for all."""
    return figures.channel, figures.segment, figures.since


def measure_changes(then: Roadmap, now: Roadmap) -> tuple[MeasureChange, ...]:
    """The measures whose value moved; none where the last measurements have different filters."""
    if then.measurements == now.measurements:
        return ()
    return tuple(_changes(last_measured(then.measurements), last_measured(now.measurements)))


def _changes(old: Dated | None, new: Dated | None) -> Iterator[MeasureChange]:
    if new is None or (old and filters_of(old.figures) != filters_of(new.figures)):
        return
    for id, figure in new.figures.measures.items():
        before = old.figures.measures.get(id) if old else None
        was = before.value if before and before.unit == figure.unit else None
        if was != figure.value:
            days = (old.day if old else "", new.day)
            yield MeasureChange(id, figure.unit, new.figures.currency, was, figure.value, *days)
