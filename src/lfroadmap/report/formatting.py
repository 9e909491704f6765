"""Formatting of standings, values with units, and days."""

from __future__ import annotations

import re
import unicodedata

from lfroadmap.bidi.marks import LRM, RLM
from lfroadmap.roadmap.progress import Standing, number_in
from lfroadmap.text import clean
from lfroadmap.words import Words

_SAME_UNITS = (
    frozenset({"₪", "nis", "ils", "ש״ח", 'ש"ח', "שח"}),
    frozenset({"$", "usd", "דולר"}),
    frozenset({"€", "eur", "euro", "euros", "אירו"}),
    frozenset({"%", "٪", "％", "percent", "אחוז", "אחוזים"}),
)
"""Units that are written in several ways."""


def format_standing(status: Standing, words: Words) -> str:
    """The standing of a KPI in words."""
    return words(f"standing.{status.word or 'unknown'}", percent=status.percent or 0)


def with_unit(typed: str, unit: str) -> str:
    """A number with its unit; a text that has a unit already, or no number, stays as typed."""
    value, unit = clean(typed).strip(), unit.strip()
    last = value.rstrip(LRM + RLM)[-1:]
    if not unit or number_in(value) is None or not last.isdigit() or _has_unit(value, unit):
        return typed
    return f"{value}%" if unit == "%" else f"{value} {unit}"


def _has_unit(value: str, unit: str) -> bool:
    """Whether the unit, another way to write it, or any currency sign stands in a text."""
    if any(unicodedata.category(letter) == "Sc" for letter in value):
        return True
    wanted = unit.casefold()
    same = next((units for units in _SAME_UNITS if wanted in units), (wanted,))
    return any(_stands_in(each, value.casefold()) for each in same)


def _stands_in(unit: str, text: str) -> bool:
    """Whether a unit is in a text and is no part of a longer word."""
    before = r"(?<![^\W\d_])" if unit[0].isalpha() else ""
    after = r"(?![^\W\d_])" if unit[-1].isalpha() else ""
    return re.search(f"{before}{re.escape(unit)}{after}", text) is not None


def format_days(days: int, words: Words) -> str:
    """The distance of a deadline from today in words; negative days are past."""
    if days == 0:
        return words("days.today")
    return words.plural("days.ahead" if days > 0 else "days.ago", abs(days))
