"""The edits that set down a value of a KPI for a day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from lfroadmap.errors import UsageError
from lfroadmap.roadmap.edits import Edit, Rename, SetKpi
from lfroadmap.roadmap.kpi_readings import by_day
from lfroadmap.roadmap.model import Kpi, Reading
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.text import one_line


def edits_of_day(kpi: Kpi, reading: Reading, newest: str) -> tuple[Edit, ...]:
    """The edits for a value of a day in the place of the one that is there; an empty one takes it away.

    It is the current value too where none of a later day than `newest_day` says is known.
    """
    there = [each for each in kpi.readings if each.day == reading.day]
    is_newest, value = reading.day >= newest, reading.value or ""
    if not value:
        return _without(kpi, there[0], is_newest=is_newest) if there else ()
    of_day = _of_day(kpi, reading, there)
    if not is_newest or (not of_day and kpi.current == value):
        return of_day
    return *of_day, SetKpi(kpi.id, "current", value)


def _of_day(kpi: Kpi, reading: Reading, there: Sequence[Reading]) -> tuple[Edit, ...]:
    """The value of the day: one that was typed is reworded, one from elsewhere is removed for another."""
    last = there[-1] if there else None
    if last and (last.value, last.origin, last.source) == (reading.value, reading.origin, reading.source):
        return ()
    if last and not last.origin and not reading.origin:
        return (Rename(last.id, reading.value),)
    of_day = replace(reading, id=last.id) if last else reading  # the same value of the day in a comparison
    return *(Remove(each.id) for each in there), Add(of_day, kpi.id)


def past_day(day: str, typed: str, today: date) -> str:
    """The day; raises UsageError for one that is yet to come."""
    if day > today.isoformat():
        raise UsageError("day_ahead", value=one_line(typed))
    return day


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
