"""Measured figures in words: with their units, what they are counted out of, and how they moved."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import isfinite
from typing import Literal, NamedTuple

from lfroadmap.report.calculators.figures import NONE, format_exact
from lfroadmap.report.formatting import with_unit
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.flow_figures import Figure
from lfroadmap.roadmap.model import Better
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.text import one_line
from lfroadmap.words import Words

Judgement = Literal["", "better", "worse"]
TONES: Mapping[Judgement, ToneName] = {"": "muted", "better": "done", "worse": "late"}
HEADLINE = (
    "return_rate", "return_rate_per_exit", "return_days_median", "return_days_mean", "close_rate",
    "win_rate", "repeat_rate", "upsell_rate", "cross_sell_rate", "interaction_quality",
    "entry_share_beyond_first", "cac", "ltv", "at_risk", "active", "events", "customers", "flows", "won",
    "exits", "returns", "entries", "reentries", "buyers", "purchases",
)  # fmt: skip
"""The numbers of a report in their order: rates and times first, then what they are counted of."""
DIRECTIONS: Mapping[str, Better] = {
    "return_rate": "up", "return_rate_per_exit": "up", "return_days_median": "down",
    "return_days_mean": "down", "close_rate": "up", "win_rate": "up", "repeat_rate": "up",
    "upsell_rate": "up", "cross_sell_rate": "up", "interaction_quality": "up", "cac": "down", "ltv": "up",
    "at_risk": "down", "active": "up",
}  # fmt: skip
"""Measure -> the way in which it gets better.

Counts of all events so far are not among them: they only grow, so that their growth says nothing.
"""


class Change(NamedTuple):
    """How a figure moved since the period before."""

    difference: float
    unit: str
    judgement: Judgement
    """Empty where the measure has no better direction, or nothing moved."""


def change(id: str, now: Figure, before: Figure | None) -> Change | None:
    """The change of a measure; None where one of the two is undefined."""
    if before is None or now.value is None or before.value is None or now.unit != before.unit:
        return None
    exact = _exact(now.value) - _exact(before.value)
    way = DIRECTIONS.get(id, "")
    judgement: Judgement = ""
    if way and exact:
        judgement = "better" if (exact > 0) == (way == "up") else "worse"
    return Change(float(exact), now.unit, judgement)


def format_figure(number: float | None, unit: str, currency: str, words: Words) -> str:
    """A figure with its unit, a share in percent; the word for an undefined one."""
    if number is None or not isfinite(number):
        return words("flow_figures.undefined")
    exact = format_exact(_exact(number) * (100 if unit == "share" else 1))
    if unit == "share":
        return f"{exact}%"
    if unit == "days":
        form = {"1": "one", "2": "two"}.get(exact, "many")
        return words(f"kpi.in_days.{form}", n=exact)
    return with_unit(exact, currency) if unit == "money" else exact


def format_change(found: Change, currency: str, words: Words) -> str:
    """A change with its sign, that of a share in percentage points."""
    if not found.difference:
        return words("flow_figures.unchanged")
    exact = format_exact(_exact(found.difference) * (100 if found.unit == "share" else 1))
    signed = exact if exact.startswith("-") else f"+{exact}"
    if found.unit == "share":
        return words("flow_figures.points", numbers=signed)
    if found.unit == "days":
        key = "flow_figures.by_day" if signed[1:] == "1" else "flow_figures.by_days"
        return words(key, numbers=signed)
    return with_unit(signed, currency) if found.unit == "money" else signed


def format_counts(figure: Figure, words: Words) -> str:
    """The two counts of a quotient, `70 of 190`; empty where there are none, or they are no counts."""
    if figure.denominator is None or figure.unit in ("days", "weight"):
        return ""
    parts = (figure.numerator, figure.denominator)
    part, whole = (NONE if each is None else format_exact(_exact(each)) for each in parts)
    return words("calc.of", part=part, whole=whole)


def format_count(number: object) -> str:
    """A count or an amount of a list; a dash for none."""
    return format_exact(_exact(number)) if is_number(number) else NONE


def format_share(number: object) -> str:
    """A share of a list in percent; a dash for an undefined one."""
    return f"{format_exact(_exact(number) * 100)}%" if is_number(number) else NONE


def format_day(typed: str, words: Words) -> str:
    """A day as formatted; any other text as it is."""
    day = iso_day(typed)
    return words.day(day) if day else one_line(typed)


def is_number(value: object) -> bool:
    """True for a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def share_of(value: object, most: object = 1) -> float:
    """The length of a bar, 0.0 to 1.0, beside one of the length `most`."""
    if not is_number(value) or not is_number(most) or _exact(most) <= 0:
        return 0.0
    return float(min(max(_exact(value) / _exact(most), Fraction(0)), Fraction(1)))


def _exact(number: object) -> Fraction:
    """The number that a person reads in its digits: 0.1 is a tenth."""
    return Fraction(str(number))
