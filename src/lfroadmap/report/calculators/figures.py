"""Numbers and formulas of the calculators in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from lfroadmap.bidi.marks import LRM
from lfroadmap.report.nodes import Facts, Section, Value
from lfroadmap.roadmap.calculators.formulas import SIGNS, Formula
from lfroadmap.roadmap.calculators.funnel import Step
from lfroadmap.roadmap.calculators.numbers import decimals_of
from lfroadmap.text import arrow
from lfroadmap.words import Words

NONE = "—"
"""Stands for a figure that cannot be calculated."""
_PLACES = 2
_SMALLEST_RATE = Fraction(1, 20_000)
"""A rate below it would be rounded to 0.00%."""


def format_exact(number: Fraction | int | None, places: int = _PLACES) -> str:
    """A number with its thousands grouped, rounded to so many decimals; a dash for none.

    One below 1 has two digits that are not 0 in front, so that a small amount is not shown as nothing.
    """
    if number is None:
        return NONE
    places = decimals_of(Fraction(number), places)
    scaled = round(Fraction(number) * 10**places)
    whole, part = divmod(abs(scaled), 10**places)
    decimals = f".{part:0{places}}".rstrip("0").rstrip(".")
    return f"{'-' if scaled < 0 else ''}{whole:,}{decimals}"


def format_rate(rate: Fraction | None) -> str:
    """A rate in percent; one that would be rounded to nothing as `<0.01%`."""
    if rate is None:
        return NONE
    return "<0.01%" if 0 < rate < _SMALLEST_RATE else f"{format_exact(rate * 100)}%"


def length(number: Fraction | int, most: Fraction | int) -> float:
    """The length of a bar beside the longest one."""
    return float(Fraction(number) / Fraction(most)) if most else 0.0


def format_step(step: Step, words: Words) -> str:
    """The names of the counts before and after a step."""
    before, after = step.before.name, step.after.name
    return f"{before} {arrow(before, after, words.direction)} {after}"


def format_losing(step: Step | None, words: Words, note: str = "calc.rate_and_loss") -> Value:
    """The step with the lowest rate, and how many do not go on, by the words of `note`."""
    if step is None:
        return Value(words("calc.no_loss"), "muted")
    shown = words(note, rate=format_rate(step.rate), loss=format_exact(step.loss))
    return Value(format_step(step, words), note=shown)


def formulas(
    every: Iterable[Formula], words: Words, numbers: Mapping[str, Fraction | int | None] | None = None
) -> Section:
    """The formulas in words, and in numbers where these are given."""
    pairs = tuple(
        (words(f"calc.name_{each.result}"), Value(_formula(each, words, numbers or {}))) for each in every
    )
    return Section(words("calc.formulas"), (Facts(pairs),), "formulas")


def _formula(formula: Formula, words: Words, numbers: Mapping[str, Fraction | int | None]) -> str:
    named = _joined(part if part in SIGNS else words(f"calc.name_{part}") for part in formula.parts)
    needed = [part for part in formula.parts if part not in SIGNS]
    if not set(needed) <= numbers.keys() or any(numbers[part] is None for part in needed):
        return named
    counted = _joined(part if part in SIGNS else format_exact(numbers[part]) for part in formula.parts)
    mark = LRM if words.direction == "rtl" else ""  # signs between numbers would turn their order around
    return f"{named} = {mark}{counted} = {format_exact(numbers[formula.result])}{mark}"


def _joined(parts: Iterable[str]) -> str:
    return " ".join(parts).replace("( ", "(").replace(" )", ")")
