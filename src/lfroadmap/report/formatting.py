"""Formatting of standings, values with units, days and health."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal

from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import Health, HealthSummary, Late
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Standing, goal_of, is_relative, number_in, number_problem
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import arrow, clean, dotted, one_line
from lfroadmap.words import SafeText, Words

HEALTH_SIGNS: dict[Health, str] = {
    "late": "▲", "at_risk": "■", "on_track": "●", "done": "✓", "no_date": "○"
}  # fmt: skip
HEALTH_TONES: dict[Health, ToneName] = {
    "late": "late", "at_risk": "risk", "on_track": "accent", "done": "done", "no_date": "muted"
}  # fmt: skip
"""Health -> the tone of its word; the sign and the word say it without any color."""
_SAME_UNITS = (
    frozenset({"₪", "nis", "ils", "ש״ח", 'ש"ח', "שח"}),
    frozenset({"$", "usd", "דולר"}),
    frozenset({"€", "eur", "euro", "euros", "אירו"}),
    frozenset({"%", "٪", "％", "percent", "אחוז", "אחוזים"}),
)
"""Units that are written in several ways."""

_IN_WEEKS, _IN_MONTHS = 21, 70
"""Days from which a day ahead is given in weeks, and in months."""


def format_title(roadmap: Roadmap, labels: Labels, name: str) -> str:
    """The roadmap's title and, where that is another, its name in the library, which no other roadmap has."""
    title = one_line(labels.of(roadmap))
    own = name == roadmap.template if roadmap.title is None else _bare(name) == _bare(title)
    return title if own or not name else dotted(title, name, "rtl" if labels.language == "he" else "ltr")


def _bare(name: str) -> str:
    """A name without the differences between `Q3 plan` and `q3-plan`."""
    return re.sub(r"[\s_-]+", " ", unicodedata.normalize("NFC", name)).strip().casefold()


def format_standing(status: Standing, words: Words) -> str:
    """The standing of a KPI in words."""
    return words(f"standing.{status.word or 'unknown'}", percent=status.percent or 0)


def with_unit(typed: str, unit: str) -> str:
    """A number with its unit; a text that has a unit already, or no number, stays as typed."""
    value, unit = clean(typed).strip(), unit.strip()
    last = next((letter for letter in reversed(value) if unicodedata.category(letter) != "Cf"), "")
    if not unit or number_in(value) is None or not last.isdigit() or _has_unit(value, unit):
        return typed
    return f"{value}%" if unit == "%" else f"{value} {unit}"


def format_number(number: float) -> str:
    """A number that was worked out, with two decimals at most, or three digits where it is small."""
    number += 0.0  # -0.0 becomes 0.0
    digits = f"{number:.2f}" if abs(number) >= 1 else f"{Decimal(f'{number:.3g}'):f}"
    return (digits.rstrip("0").rstrip(".") if "." in digits else digits) or "0"


def format_target(target: str, baseline: str, unit: str, words: Words) -> str:
    """The target as typed; one that starts from the baseline with the number that it comes to."""
    goal = goal_of(target, number_in(baseline))
    if goal is None or not is_relative(target):
        return target
    number = with_unit(format_number(goal), unit)
    return f"{target.strip()} {arrow(target, number, words.direction)} {number}"


def format_problem(typed: str, words: Words) -> str:
    """Why a value is no number, in words; empty where it is one or nothing is written."""
    problem = number_problem(typed)
    return words(f"kpi.{problem}") if problem else ""


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


def format_when(days: int, words: Words) -> str:
    """As `format_days`, but in weeks and months where the day is far ahead."""
    if days < _IN_WEEKS:
        return format_days(days, words)
    key, length = ("days.weeks", 7) if days < _IN_MONTHS else ("days.months", 30)
    return words.plural(key, days // length)


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


def format_extent(owner: str, words: Words) -> str:
    """How much of a roadmap a part of it is: what an owner has, if one is named."""
    return words("report.part_of_owner", owner=one_line(owner)) if owner else words("report.part")


_SHORT_FORMATS = {
    "YYYY-MM-DD": "{day:%m-%d}",
    "D.M.YYYY": "{day.day}.{day.month}",
    "D/M/YYYY": "{day.day}/{day.month}",
}
"""A chosen format -> its days without their year."""


def format_short_day(day: date, today: date, words: Words) -> str:
    """A day without its year where that is this year's: `30 Nov`, or as the settings write days."""
    chosen = _SHORT_FORMATS.get(words.date_format)
    if chosen is not None:
        return chosen.format(day=day) if day.year == today.year else words.day(day)
    month = words("date.months").split()[day.month - 1]
    key = "date.short" if day.year == today.year else "date.short_with_year"
    return words(key, day=day.day, month=month, year=day.year)
