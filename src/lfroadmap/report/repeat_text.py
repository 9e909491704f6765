"""A rule of repeating in words."""

from __future__ import annotations

from lfroadmap.roadmap.repeats import day_cut, days_of, is_rule
from lfroadmap.words import Words

REPEAT_SIGN = "↻"
"""Stands for a task that repeats."""


def describe_repeat(repeat: str, words: Words) -> str:
    """A rule in words: `every week`; a text that is none as it is."""
    if not is_rule(repeat):
        return repeat
    if on := day_cut(repeat):
        return words("repeat.month_on", day=on)
    if number := days_of(repeat):
        return words.plural("repeat.days", number)
    return words(f"repeat.{repeat}")
