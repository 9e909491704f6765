"""Measures in words."""

from __future__ import annotations

from lfroadmap.roadmap.progress import Standing
from lfroadmap.words import Words


def told_standing(stands: Standing, words: Words) -> str:
    """How a KPI stands against its target."""
    return words(f"standing.{stands.word or 'unknown'}", percent=stands.percent or 0)


def told_days(days: int, words: Words) -> str:
    """How far a deadline is from today; negative days are past."""
    if days == 0:
        return words("days.today")
    return words.plural("days.ahead" if days > 0 else "days.ago", abs(days))
