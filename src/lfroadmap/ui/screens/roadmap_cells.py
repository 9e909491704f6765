"""The cells of a roadmap's line: how far it is, how it goes, and when it changed."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from rich.cells import cell_len
from rich.style import Style

from lfroadmap.errors import RoadmapError
from lfroadmap.report.formatting import HEALTH_TONES, format_health, format_short_day, format_title
from lfroadmap.roadmap.health import WORST_FIRST
from lfroadmap.roadmap.portfolio import Member
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.text import one_line
from lfroadmap.ui.widgets.row_drawing import Cell, bar
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

PERCENT, LATE = 6, 6
"""Columns of a percent, and of how much is late."""
WITH_AUTHOR, WITH_TIME, WITH_LONG_BAR, WITH_BAR = 96, 84, 96, 70
"""Columns from which a line says who changed it, at what time, has a long bar, and a bar and a day at all."""
_PROBLEMS = {
    "store_damaged": "damaged",
    "store_foreign": "damaged",
    "store_empty": "empty_file",
    "store_foreign_log": "foreign_log",
    "store_newer": "newer",
    "store_missing": "missing",
    "store_unreadable": "unreadable",
}
"""Key of an error -> that of the few words for it."""


def describe_problem(error: RoadmapError, words: Words) -> str:
    """Why a roadmap cannot be read, in few words where there are such."""
    key = _PROBLEMS.get(error.key)
    return words(f"library.{key}") if key else words.error(error)


def name_and_title(name: str, content: Member | object) -> tuple[str, str]:
    """The name of a roadmap, and its title where that is another; else the title alone."""
    if not isinstance(content, Member):
        return name, ""
    title = one_line(content.title)
    both = format_title(content.roadmap, content.labels, name)
    return (title, "") if both == title else (name, title)


def name_cells(texts: tuple[str, str], room: int, ink: Style, tone: Tones) -> list[Cell]:
    """The name of a roadmap, and behind it the title if there is room for some of it."""
    name, title = texts
    size = cell_len(name) + 3
    if not title or size >= room:
        return [Cell(f" {name}", 0, ink)]
    return [Cell(f" {name}", size, ink), Cell(title, 0, tone("muted"))]


def standing_cells(
    member: Member, words: Words, thresholds: Thresholds, width: int, tone: Tones
) -> list[Cell]:
    """The bar, the percent, the health, and how many cards and tasks are late."""
    health, counted = member.health.health, member.tally
    size = 12 if width >= WITH_LONG_BAR else 8 if width >= WITH_BAR else 0
    ink = tone(counted.tone(thresholds, late=health == "late") or "border")
    late = member.health.late.total
    return [
        Cell("", 1, tone("muted")),
        *(bar(counted.share, size, ink, tone("border")) if size else ()),
        Cell(f"{counted.percent}%", PERCENT, tone("text"), "end"),
        Cell(f"  {format_health(health, words)}", _health_columns(words), tone(HEALTH_TONES[health])),
        Cell(f" ▲ {late}" if late else "", LATE, tone("late")),
    ]


def change_cells(
    member: Member, author: str, words: Words, widths: tuple[int, int], tone: Tones
) -> list[Cell]:
    """When it changed, and who did it; `widths` are those of the line and of the longest name."""
    width, authors = widths
    if width < WITH_BAR:
        return []
    at = member.changed
    day = f" {format_short_day(at.date(), member.day, words)}"
    cells = [Cell(day, max(_day_columns(words), cell_len(day)), tone("muted"))]
    if width >= WITH_TIME:
        cells.append(Cell(f" {at:%H:%M}", 7, tone("muted")))
    if width >= WITH_AUTHOR and authors:
        cells.append(Cell(f" {author}", authors + 1, tone("muted")))
    return cells


@lru_cache(maxsize=4)
def _health_columns(words: Words) -> int:
    """Columns of the longest health, with two free ones before it."""
    return max(cell_len(format_health(each, words)) for each in WORST_FIRST) + 2


@lru_cache(maxsize=4)
def _day_columns(words: Words) -> int:
    """Columns of the longest day of a year, with a free one before it."""
    days = (date(2000, month, 28) for month in range(1, 13))
    return max(cell_len(format_short_day(day, day, words)) for day in days) + 1
