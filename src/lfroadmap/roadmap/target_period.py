"""Targets of a period, as `+20% a quarter`: the value that each period starts from."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal, NamedTuple, get_args

from lfroadmap.roadmap.model import Kpi

Period = Literal["week", "month", "quarter", "half", "year"]
_MONTHS: dict[Period, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_ENGLISH = re.compile(
    r"(?<!\w)(?P<once>(?:within|in|after|for)\s+)?"
    r"(?:(?:(?:an?|per|each|every)\s+|/\s*)(?P<noun>week|month|quarter|half[\s-]year|year)"
    r"|(?P<half>half\s+a\s+year)"
    r"|(?P<adverb>weekly|monthly|quarterly|half[\s-]yearly|yearly|annually))(?!\w)",
    re.IGNORECASE,
)
_HEBREW = re.compile(
    r"(?<![א-ת])(?:(?:[בל]?כל|מדי)\s+|[בל][-־]?)(?P<noun>שבוע|חודש|רבעון|חצי[\s־-]שנה|שנה)(?![א-ת])(?!\s+ה[א-ת])"
    r"|(?<![א-ת])(?P<adverb>שבועי|חודשי|רבעוני|חצי[\s־-]שנתי|שנתי)ת?(?![א-ת])"
)
_STEMS: tuple[tuple[str, Period], ...] = (
    ("half", "half"), ("חצי", "half"), ("week", "week"), ("שבוע", "week"), ("month", "month"),
    ("חודש", "month"), ("quarter", "quarter"), ("רבעו", "quarter"),
    ("year", "year"), ("annual", "year"), ("שנ", "year"),
)  # fmt: skip
"""Beginning of a period's name -> the period."""
PERIODS: tuple[Period, ...] = get_args(Period)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class OwnBaseline(NamedTuple):
    """What a target starts from."""

    value: str
    """As typed."""
    day: str = ""
    """The day of the value; empty for the KPI's own baseline, which has none."""


def period_of(target: str) -> Period | None:
    """The period that a target repeats in; None where it names none, or one that comes once."""
    for pattern in (_ENGLISH, _HEBREW):
        for found in pattern.finditer(target):
            groups = found.groupdict()
            if not groups.get("once"):
                name = next(text for text in (groups["noun"], groups.get("half"), groups["adverb"]) if text)
                return next(period for stem, period in _STEMS if name.lower().startswith(stem))
    return None


def first_day(period: Period, day: date) -> date:
    """The first day of the period that a day is in; weeks begin on Mondays."""
    if period == "week":
        return day - timedelta(days=day.weekday()) if day.toordinal() > day.weekday() else date.min
    length = _MONTHS[period]
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def period_baseline(kpi: Kpi, target: str) -> OwnBaseline:
    """The last value of a day before the period of the newest one; else the KPI's baseline.

    The newest value by day says which period it is, so that nothing changes by waiting.
    """
    values = sorted(
        ((day, each.value) for each in kpi.readings if each.value and (day := _day(each.day))),
        key=lambda value: value[0],
    )
    period = period_of(target) if values else None
    if period is None:
        return OwnBaseline(kpi.baseline)
    start = first_day(period, values[-1][0])
    before = [value for value in values if value[0] < start and any(map(str.isdecimal, value[1]))]
    return OwnBaseline(before[-1][1], before[-1][0].isoformat()) if before else OwnBaseline(kpi.baseline)


def _day(text: str) -> date | None:
    """The day of a reading; None where it is none."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
