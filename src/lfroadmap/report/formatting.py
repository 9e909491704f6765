"""Measures told in words, and tables told in part."""

from __future__ import annotations

from lfroadmap.report.nodes import Grid, Node, Value
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


def told_at_most(grid: Grid, most: int | None, words: Words) -> tuple[Node, ...]:
    """A table of at most so many rows (None: all), and how many more there are."""
    rest = 0 if most is None else len(grid.rows) - most
    if rest <= 0:
        return (grid,)
    return Grid(grid.heads, grid.rows[:most]), Value(words.plural("compared.more", rest), "note")
