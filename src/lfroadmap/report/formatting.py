"""Formatting of standings and days."""

from __future__ import annotations

from lfroadmap.roadmap.progress import Standing
from lfroadmap.words import Words


def format_standing(status: Standing, words: Words) -> str:
    """The standing of a KPI in words."""
    return words(f"standing.{status.word or 'unknown'}", percent=status.percent or 0)


def format_days(days: int, words: Words) -> str:
    """The distance of a deadline from today in words; negative days are past."""
    if days == 0:
        return words("days.today")
    return words.plural("days.ahead" if days > 0 else "days.ago", abs(days))
