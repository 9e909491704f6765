"""Weeks from a day on, by the day on which they begin: 0 is a Monday, 6 a Sunday."""

from __future__ import annotations

from datetime import date

MONDAY, SUNDAY = 0, 6
_WEEK = 7


def week_start(day: date, first: int) -> date:
    """The first day of the week that a day is in; in the first week of the calendar its first day."""
    back = (day.weekday() - first) % _WEEK
    return date.fromordinal(max(day.toordinal() - back, 1))


def weeks_between(earlier: date, later: date, first: int) -> int:
    """The number of weeks from the week of one day to that of another; 0 in the same week."""
    start, end = (day.toordinal() - (day.weekday() - first) % _WEEK for day in (earlier, later))
    return (end - start) // _WEEK
