"""Numbers as people type them, read exactly; a text that could be read in two ways is refused."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from lfroadmap.roadmap.progress import first_number, plain_number
from lfroadmap.text import without_direction_marks

Fault = Literal[
    "empty", "not_a_number", "too_large", "ambiguous", "negative", "not_whole", "percent", "no_share",
    "mixed_shares", "no_stage", "stage_twice", "unit", "currency", "first_rate", "nobody", "deal_count",
]  # fmt: skip
"""Why a cell cannot be counted with. ambiguous: `1.000`, which is a thousand to some and one to others,
and `1,00` or `1,0000`, which may have lost or gained a digit; unit: days where money must be, and the like;
percent: a percentage where an amount must be; no_share: not from 0 to 100 %; mixed_shares: `0.5` in a column
of percentages; currency: another one than the first of its table; first_rate: a rate with no step before it;
nobody: a rate of a step that nobody comes to; deal_count: a number of deals in the row of one deal."""

_LONGEST = 40
"""Characters of a number; a longer one is beyond every limit, or has decimals that mean nothing."""
_AMBIGUOUS = re.compile(r"[-+−–]?\s*(?:(?!0)\d{1,3}\.\d{3}|(?!0,)\d+,(?:\d{2}|\d{4,}))")
_PERCENT = frozenset(("%", "٪", "％", "percent", "אחוז", "אחוזים"))
_UNITS = {
    "": "",
    **dict.fromkeys(("₪", "nis", "ils", 'ש"ח', "ש״ח", "שח"), "₪"),
    **dict.fromkeys(("$", "usd"), "$"), **dict.fromkeys(("€", "eur"), "€"),
    **dict.fromkeys(("£", "gbp"), "£"),
    **dict.fromkeys(("day", "days", "יום", "ימים"), "days"),
    **dict.fromkeys(("month", "months", "חודש", "חודשים"), "months"),
    **dict.fromkeys(_PERCENT, "%"),
}  # fmt: skip
"""Words that may stand beside a number -> the unit that they mean."""
Kind = Literal["", "money", "days", "months", "count"]
"""The kind of a quantity; empty for any."""
_WHOLE = 100
_MOST = 10**15
_BARE = re.compile(r"[\d.,\s+-]*")


def decimals_of(number: Fraction, places: int = 2) -> int:
    """How many decimals to show: `places`, or more so that two digits remain of a small one."""
    size = abs(number)
    if not size or size >= 1:
        return places
    first = 1
    while size * 10**first < 1:
        first += 1
    return max(places, first + 1)


class NumberFault(ValueError):
    """A text that is no number of the kind that is needed."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault: Fault = fault


class Amount(NamedTuple):
    """A number that was read."""

    value: Fraction
    """The number as it stands: 25 for `25%`."""
    unit: str
    """The sign of a currency, `days`, `months`, `%`, or empty."""

    @property
    def is_percent(self) -> bool:
        """True for `25%`."""
        return self.unit == "%"

    @property
    def currency(self) -> str:
        """The sign of its currency; empty where it has none."""
        return "" if self.unit in ("%", "days", "months") else self.unit


@lru_cache(maxsize=4096)
def amount_of(text: str) -> Amount:
    """The number that a text is, with its unit if it has one; raises NumberFault."""
    typed = without_direction_marks(text).strip()
    if not typed:
        raise NumberFault("empty")
    found = first_number(typed)
    if found is None:
        raise NumberFault("not_a_number")
    unit = "".join((typed[: found.start()] + typed[found.end() :]).split()).casefold()
    if unit not in _UNITS and not (len(unit) == 1 and unicodedata.category(unit) == "Sc"):
        raise NumberFault("not_a_number")
    if len(found[0]) > _LONGEST or abs(value := Fraction(plain_number(found[0]))) > _MOST:
        raise NumberFault("too_large")
    if _AMBIGUOUS.fullmatch(found[0]) and unit not in _PERCENT:
        raise NumberFault("ambiguous")
    return Amount(value, _UNITS.get(unit, unit))


def unit_of(text: str) -> str | None:
    """The unit that a text is: a currency's sign, `days`, `months`, `%`; empty for none, None for another."""
    unit = "".join(without_direction_marks(text).split()).casefold()
    if unit in _UNITS:
        return _UNITS[unit]
    return unit if len(unit) == 1 and unicodedata.category(unit) == "Sc" else None


def currency_sign(text: str) -> str:
    """The sign of the currency that a text names; empty where it is none."""
    unit = unit_of(text)
    return unit if unit and unit not in ("%", "days", "months") else ""


def currency_of(text: str) -> str:
    """The sign of the currency in a text; empty where it has none, or is no number."""
    if _BARE.fullmatch(text):
        return ""
    try:
        return amount_of(text).currency
    except NumberFault:
        return ""


def quantity(text: str, kind: Kind = "") -> Fraction:
    """A number of a kind that is not negative and no percentage; raises NumberFault."""
    amount = amount_of(text)
    if amount.is_percent:
        raise NumberFault("percent")
    if amount.value < 0:
        raise NumberFault("negative")
    if kind and amount.unit not in ("", amount.currency if kind == "money" else kind):
        raise NumberFault("unit")
    return amount.value


def count_of(text: str) -> int:
    """A whole number that is not negative; raises NumberFault."""
    value = quantity(text, "count")
    if value.denominator != 1:
        raise NumberFault("not_whole")
    return value.numerator


def share_of(text: str, *, in_percent: bool | None = None) -> Fraction:
    """A share from 0 to 1, written as `25%`, `0.25` or `25`; raises NumberFault.

    Without a sign a number is a percentage as `in_percent` says, by default where it is more than 1.
    """
    amount = amount_of(text)
    value = amount.value
    if amount.unit and not amount.is_percent:
        raise NumberFault("unit")
    if not amount.is_percent and in_percent and 0 < value < 1:
        raise NumberFault("mixed_shares")
    if amount.is_percent or (value > 1 if in_percent is None else in_percent):
        value /= _WHOLE
    if value < 0:
        raise NumberFault("negative")
    if value > 1:
        raise NumberFault("no_share")
    return value
