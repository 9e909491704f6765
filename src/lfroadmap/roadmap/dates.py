"""Reading a day as people type it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from lfroadmap.bidi.marks import DIRECTION_MARKS

_YEAR_FIRST = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})([-./])(\d{1,2})(?:\2(\d{4}|\d{2}))?", re.ASCII)
_AHEAD = re.compile(r"([-+−])\s?(\d{1,4})", re.ASCII)
_WORDS = {"today": 0, "היום": 0, "tomorrow": 1, "מחר": 1, "yesterday": -1, "אתמול": -1}
_MARKS = dict.fromkeys(map(ord, DIRECTION_MARKS))
"""Invisible direction marks, which come along when a date is pasted from a Hebrew page."""


class NotADay(ValueError):
    """The text names no day; `reason` is the key of the words that say why, under `date.`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_day(text: str, today: date) -> date:
    """The day that `text` names: `2026-03-31`, `31/3/2026`, `31.3.26`, `31.3`, `today`, `היום`, `+14`.

    A day without a year is in this year. Raises NotADay with the reason `format`, `month`, `day` or `year`.
    """
    typed = text.translate(_MARKS).strip().lower()
    if typed in _WORDS:
        return _ahead(today, _WORDS[typed])
    if found := _AHEAD.fullmatch(typed):
        return _ahead(today, int(found[2]) if found[1] == "+" else -int(found[2]))
    if found := _YEAR_FIRST.fullmatch(typed):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := _DAY_FIRST.fullmatch(typed):
        year = int(found[4]) if found[4] else today.year
        return _day(year + 2000 if year < 100 else year, int(found[3]), int(found[1]))
    raise NotADay("format")


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
    """The moment that `text` names, in local time without a zone: `2026-02-01`, `1.2 14:30`, `yesterday`.

    A day alone means its end, with `start` its beginning; a minute alone its last second. Raises NotADay as
    `read_day` does, with the reason `clock` for an hour that no clock shows.
    """
    found = _CLOCK.fullmatch(text.translate(_MARKS).strip())
    if found is None:
        return datetime.combine(read_day(text, today), time.min if start else time.max)
    day = read_day(found[1], today)
    try:
        return datetime.combine(day, time(int(found[2]), int(found[3]), int(found[4] or 59), 999_999))
    except ValueError:
        raise NotADay("clock") from None
