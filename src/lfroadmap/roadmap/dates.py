"""Reading a day as people type it."""

from __future__ import annotations

import re
from datetime import date, timedelta

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}|\d{2}))?", re.ASCII)
_AHEAD = re.compile(r"([+-])(\d{1,4})", re.ASCII)
_WORDS = {"today": 0, "היום": 0, "tomorrow": 1, "מחר": 1, "yesterday": -1, "אתמול": -1}


class NotADay(ValueError):
    """The text names no day; `reason` is the key of the words that say why, under `date.`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read_day(text: str, today: date) -> date:
    """The day that `text` names: `2026-03-31`, `31/3/2026`, `31.3.26`, `31.3`, `today`, `היום`, `+14`.

    Raises NotADay with the reason `format`, `month`, `day` or `year`.
    """
    typed = text.strip().lower()
    if typed in _WORDS:
        return today + timedelta(days=_WORDS[typed])
    if found := _AHEAD.fullmatch(typed):
        return _ahead(today, int(found[1] + found[2]))
    if found := _ISO.fullmatch(typed):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(typed):
        year = int(found[3]) if found[3] else today.year
        return _day(year + 2000 if year < 100 else year, int(found[2]), int(found[1]))
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
