"""Parsing of days and moments as people type them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from lfroadmap.bidi.marks import DIRECTION_MARKS

_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})(?:\2(\d{4}|\d{2}))?", re.ASCII)
_AHEAD = re.compile(r"([-+−])\s?(\d{1,4})", re.ASCII)
_MARKS = dict.fromkeys(map(ord, DIRECTION_MARKS))
"""Invisible direction marks, which come along when a date is pasted from a Hebrew page."""


class NotADay(ValueError):
    """The text is not a day; `reason` is the key of the message, under `date.`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_day(text: str, today: date) -> date:
    """Parse a day: `2026-03-31`, `31/3/2026`, `31.3.26`, `31.3`, `+14`, or words as in `spoken_days`.

    A day without a year is in this year. Raises NotADay with the reason `format`, `month`, `day` or `year`.
    """
    typed = text.translate(_MARKS).strip().lower()
    if match := _AHEAD.fullmatch(typed):
        return _ahead(today, int(match[2]) if match[1] == "+" else -int(match[2]))
    if match := _YEAR_FIRST.fullmatch(typed):
        return _day(int(match[1]), int(match[3]), int(match[4]))
    if match := _DAY_FIRST.fullmatch(typed):
        year = int(match[4]) if match[4] else today.year
        return _day(year + 2000 if year < 100 else year, int(match[3]), int(match[1]))
    return _in_words(typed, today)


def _in_words(typed: str, today: date) -> date:
    from lfroadmap.roadmap.spoken_days import spoken_day  # noqa: PLC0415 - most days are numbers

    try:
        day = spoken_day(typed, today, _day) if typed else None
    except OverflowError:
        raise NotADay("year") from None
    if day is None:
        raise NotADay("format")
    return day


def _ahead(today: date, days: int) -> date:
    try:
        return today + timedelta(days=days)
    except OverflowError:
        raise NotADay("year") from None


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2999:
        raise NotADay("year")
    if not 1 <= month <= 12:
        raise NotADay("month")
    try:
        return date(year, month, day)
    except ValueError:
        raise NotADay("day") from None


_CLOCK = re.compile(r"(.*?)[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)


def read_moment(text: str, today: date, *, start: bool = False) -> datetime:
    """Parse a moment in local time without a zone: `2026-02-01`, `1.2 14:30`, `yesterday`.

    A day alone means its end, with `start` its beginning; a minute alone its last second. Raises NotADay as
    `read_day` does, with the reason `clock` for an impossible time of day.
    """
    match = _CLOCK.fullmatch(text.translate(_MARKS).strip())
    if match is None:
        return datetime.combine(read_day(text, today), time.min if start else time.max)
    day = read_day(match[1], today)
    try:
        return datetime.combine(day, time(int(match[2]), int(match[3]), int(match[4] or 59), 999_999))
    except ValueError:
        raise NotADay("clock") from None
