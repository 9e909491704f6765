"""The end of a task's line: owner, day with the sign of its health, notes: `Dana · ■ in 3 days · ≡2`."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.style import Style

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.formatting import HEALTH_SIGNS, format_days, format_short_day
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.health import Health, task_health
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.text import one_line
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.words import Words

Detail = Literal["due", "owner"]
Part = Literal["due", "owner", "notes"]
"""What a click on the end of a line can be on."""
BETWEEN = " · "
NOTES_SIGN = "≡"
"""Stands for notes."""
TONES: dict[Health, ToneName] = {
    "late": "late", "at_risk": "risk", "on_track": "muted", "done": "muted", "no_date": "text"
}  # fmt: skip
SHORTEST_OWNER = 3
"""Columns below which an owner is left out."""
TYPED_OWNER = 8
"""Columns of an owner at least, while the line that names it is written."""


class Details(NamedTuple):
    """The owner and the day of a task, as they are drawn."""

    owner: str
    when: str
    tone: ToneName
    notes: str = ""
    """How many notes there are, with the sign for them."""

    @property
    def owner_width(self) -> int:
        """Columns of the owner and of the dot behind it."""
        both = cell_len(BETWEEN) if self.when or self.notes else 0
        return cell_len(self.owner) + both if self.owner else 0

    @property
    def notes_width(self) -> int:
        """Columns of the notes and of the dot before them."""
        both = cell_len(BETWEEN) if self.when else 0
        return cell_len(self.notes) + both if self.notes else 0

    @property
    def width(self) -> int:
        """Columns of both."""
        return self.owner_width + cell_len(self.when) + self.notes_width

    def part_at(self, column: int) -> Part:
        """The part at a column, counted from where the details begin."""
        if self.notes and column >= self.width - self.notes_width:
            return "notes"
        return "owner" if column < self.owner_width else "due"

    def cells(self, dim: Style, tone: Style) -> list[Cell]:
        """The details as cells of a row."""
        between = BETWEEN if self.owner and (self.when or self.notes) else ""
        behind = BETWEEN if self.when and self.notes else ""
        texts = ((self.owner, dim), (between, dim), (self.when, tone), (behind, dim), (self.notes, dim))
        return [Cell(text, cell_len(text), style) for text, style in texts if text]


def details_of(
    task: Task, today: date, words: Words, room: int, risk_days: int, *, typed: bool = False
) -> Details:
    """The details of a task in at most two fifths of `room` columns, or as many as its day needs.

    The day is never cut: the owner's family name goes first, then the end of the name, then the name. So that
    a first name is whole, they may take half of the columns.
    `typed` adds the date to the days that are left, and keeps the beginning of the name, for a line that is
    being written: both were understood.
    """
    when, width, tone = _when(task.due, task.done, today, words, risk_days, typed=typed)
    notes = f"{NOTES_SIGN}{len(task.notes)}" if task.notes else ""
    taken = (width + len(BETWEEN) if when else 0) + (len(notes) + len(BETWEEN) if notes else 0)
    left, most = (max(part - taken, TYPED_OWNER if typed else 0) for part in (room * 2 // 5, room // 2))
    return Details(_fitting(task.owner, left, most), when, tone, notes)


@lru_cache(maxsize=4096)
def _when(
    due: str, done: bool, today: date, words: Words, risk_days: int, *, typed: bool
) -> tuple[str, int, ToneName]:
    """The day of a task in words, its columns, and the style of it."""
    health = task_health(Task("", done=done, due=due), today, risk_days)
    when = _day_in_words(due, health, today, words, typed=typed)
    return when, cell_len(when), TONES[health]


def _day_in_words(due: str, health: Health, today: date, words: Words, *, typed: bool) -> str:
    day = iso_day(due)
    if day is None or health == "done":
        return words.day(day) if day else one_line(due).strip()
    days = format_days((day - today).days, words)
    if typed:
        days = words("checklist.understood", days=days, day=format_short_day(day, today, words))
    return f"{HEALTH_SIGNS[health]} {days}"


@lru_cache(maxsize=4096)
def _fitting(owner: str, width: int, most: int) -> str:
    """As much of a name as has room; a whole first name may take `most` columns."""
    owner = one_line(owner).strip()
    if cell_len(owner) <= width:
        return owner
    first = owner.split(maxsplit=1)[0]
    if cell_len(first) <= most:
        return first
    if width < SHORTEST_OWNER:
        return ""
    return cut(first, width, cell_len)
