"""Formatting of standings, days and health."""

from __future__ import annotations

from datetime import date

from lfroadmap.roadmap.health import Health, HealthSummary, Late
from lfroadmap.roadmap.progress import Standing
from lfroadmap.words import SafeText, Words

HEALTH_SIGNS: dict[Health, str] = {
    "late": "▲", "at_risk": "■", "on_track": "●", "done": "✓", "no_date": "○"
}  # fmt: skip
HEALTH_STYLES: dict[Health, str] = {
    "late": "red", "at_risk": "orange", "on_track": "", "done": "green", "no_date": "empty"
}  # fmt: skip
"""Health -> the style of its word; the sign and the word say it without any color."""


def format_standing(status: Standing, words: Words) -> str:
    """The standing of a KPI in words."""
    return words(f"standing.{status.word or 'unknown'}", percent=status.percent or 0)


def format_days(days: int, words: Words) -> str:
    """The distance of a deadline from today in words; negative days are past."""
    if days == 0:
        return words("days.today")
    return words.plural("days.ahead" if days > 0 else "days.ago", abs(days))


def format_health(health: Health, words: Words) -> str:
    """The sign and the word of a health: `▲ late`."""
    return SafeText(f"{HEALTH_SIGNS[health]} {words(f'health.{health}')}")


def format_late(late: Late, words: Words) -> str:
    """The number of late cards and tasks, named apart: `2 cards, 5 tasks late`; empty for none."""
    return words("health.these_late", what=count_late(late, words)) if late.total else ""


def count_late(late: Late, words: Words) -> str:
    """Late cards and tasks, counted without the word: `2 cards, 5 tasks`; empty for none."""
    parts = [words.plural("health.cards", late.cards)] if late.cards else []
    parts += [words.plural("health.tasks", late.tasks)] if late.tasks else []
    return SafeText(", ".join(parts))


def format_late_short(late: Late, words: Words) -> str:
    """The number of late cards and tasks together: `▲ 3 late`; empty for none."""
    return SafeText(f"▲ {words('health.late_in_all', n=late.total)}") if late.total else ""


def describe_card_health(summary: HealthSummary, words: Words) -> str:
    """The health of a card and its late tasks: `■ at risk · 2 tasks late`."""
    tasks = format_late(Late(0, summary.late.tasks), words)
    return SafeText(" · ".join(filter(None, (format_health(summary.health, words), tasks))))


def describe_health(summary: HealthSummary, words: Words) -> str:
    """The health of a stage or the roadmap and all that is late in it: `▲ late · 1 card, 2 tasks late`."""
    parts = (format_health(summary.health, words), format_late(summary.late, words))
    return SafeText(" · ".join(filter(None, parts)))


def format_short_day(day: date, today: date, words: Words) -> str:
    """A day with the name of its month: `30 Nov`, and with its year where that is not this year's."""
    month = words("date.months").split()[day.month - 1]
    key = "date.short" if day.year == today.year else "date.short_with_year"
    return words(key, day=day.day, month=month, year=day.year)
