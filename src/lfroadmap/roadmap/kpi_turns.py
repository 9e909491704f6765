"""KPIs whose last measured value is worse than the one before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lfroadmap.roadmap.kpi_readings import by_day
from lfroadmap.roadmap.model import Kpi, Reading, Roadmap
from lfroadmap.roadmap.progress import goes_up, number_in
from lfroadmap.roadmap.templates import Labels


@dataclass(frozen=True, slots=True)
class KpiTurn:
    """A KPI that moved away from its better direction between its last two measured values."""

    id: str
    measure: str
    """Its name."""
    unit: str
    before: str
    after: str
    """The values, as they were set down."""
    day_before: str
    day: str
    """The days of the values, `YYYY-MM-DD`."""


def kpi_turns(roadmap: Roadmap, labels: Labels) -> tuple[KpiTurn, ...]:
    """The KPIs that turned the wrong way, in their order.

    Only values of the same measure and filters are compared, and those of different days.
    """
    return tuple(_turns(roadmap, labels))


def _turns(roadmap: Roadmap, labels: Labels) -> Iterator[KpiTurn]:
    for kpi in roadmap.kpis:
        if len(kpi.readings) < 2 or (last_two := _last_two(kpi)) is None:
            continue
        before, after = last_two
        moved = (number_in(after.value or "") or 0.0) - (number_in(before.value or "") or 0.0)
        if moved < 0 if goes_up(kpi, labels.kpi(kpi, "target")) else moved > 0:
            yield KpiTurn(
                kpi.id,
                labels.kpi(kpi, "measure") or kpi.id,
                labels.kpi(kpi, "unit"),
                before.value or "",
                after.value or "",
                before.day,
                after.day,
            )


def _last_two(kpi: Kpi) -> tuple[Reading, Reading] | None:
    """The last measured value, and the one of the last day before it that was measured alike."""
    measured = [
        each for each in by_day(kpi) if each.origin == "measured" and number_in(each.value or "") is not None
    ]
    if not measured:
        return None
    last = measured[-1]
    earlier = [each for each in measured if each.source == last.source and each.day < last.day]
    return (earlier[-1], last) if earlier else None
