"""The edits that set down a value of a KPI for a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lfroadmap.roadmap.edits import Edit, Rename, SetKpi
from lfroadmap.roadmap.kpi_readings import by_day
from lfroadmap.roadmap.model import Kpi, Reading
from lfroadmap.roadmap.structure import Add, Remove


def edits_of_day(kpi: Kpi, value: str, day: str, newest: str, new_id: Callable[[], str]) -> tuple[Edit, ...]:
    """The edits for a value of a day; an empty one takes the day's value away.

    It is the current value too where none of a later day than `newest_day` says is known.
    """
    there = next((reading for reading in kpi.readings if reading.day == day), None)
    is_newest = day >= newest
    if not value:
        return _without(kpi, there, is_newest=is_newest) if there else ()
    of_day: Edit = Rename(there.id, value) if there else Add(Reading(new_id(), value, day), kpi.id)
    return (of_day, SetKpi(kpi.id, "current", value)) if is_newest else (of_day,)


def newest_day(kpi: Kpi, typed_on: date | None, today: date) -> str:
    """The last day of which a value is known; empty for none.

    `typed_on` is the last day on which the current value was typed; one of an unknown day counts as today's.
    """
    known = [*(reading.day for reading in by_day(kpi)), *([typed_on.isoformat()] if typed_on else [])]
    if not known and kpi.current:
        known = [today.isoformat()]
    return max(known, default="")


def _without(kpi: Kpi, reading: Reading, *, is_newest: bool) -> tuple[Edit, ...]:
    """The removal; where it was the current value, the one of the day before is it again."""
    removal = Remove(reading.id)
    if not is_newest or kpi.current != reading.value:
        return (removal,)
    rest = [each for each in by_day(kpi) if each.id != reading.id]
    return removal, SetKpi(kpi.id, "current", (rest[-1].value or "") if rest else "")
