"""Weeks: the day on which they begin, and the weeks from a day on."""

from __future__ import annotations

from datetime import date

from lfroadmap.words import Language

MONDAY, SUNDAY = 0, 6
FIRST_WEEKDAYS: dict[Language, int] = {"he": SUNDAY, "en": MONDAY}
"""Language -> the weekday on which a week begins, as `date.weekday` counts them."""
_WEEK = 7


def week_start(day: date, first: int) -> date:
    """The first day of the week that a day is in; in the first week of the calendar its first day."""
    back = (day.weekday() - first) % _WEEK
    return date.fromordinal(max(day.toordinal() - back, 1))


def weeks_between(earlier: date, later: date, first: int) -> int:
    """The number of weeks from the week of one day to that of another; 0 in the same week."""
    start, end = (day.toordinal() - (day.weekday() - first) % _WEEK for day in (earlier, later))
    return (end - start) // _WEEK
