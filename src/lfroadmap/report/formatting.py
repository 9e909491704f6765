"""Formatting of standings, days and health."""

from __future__ import annotations

from datetime import date

from lfroadmap.roadmap.health import Health
from lfroadmap.roadmap.progress import Standing
from lfroadmap.words import Words

HEALTH_SIGNS: dict[Health, str] = {
    "late": "▲", "at_risk": "■", "on_track": "●", "done": "✓", "no_date": "○"
}  # fmt: skip


def format_standing(status: Standing, words: Words) -> str:
    """The standing of a KPI in words."""
    return words(f"standing.{status.word or 'unknown'}", percent=status.percent or 0)


def format_days(days: int, words: Words) -> str:
    """The distance of a deadline from today in words; negative days are past."""
    if days == 0:
        return words("days.today")
    return words.plural("days.ahead" if days > 0 else "days.ago", abs(days))


def format_short_day(day: date, today: date, words: Words) -> str:
    """A day with the name of its month: `30 Nov`, and with its year where that is not this year's."""
    month = words("date.months").split()[day.month - 1]
    key = "date.short" if day.year == today.year else "date.short_with_year"
    return words(key, day=day.day, month=month, year=day.year)
