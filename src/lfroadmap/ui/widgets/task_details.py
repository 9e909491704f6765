"""The end of a task's line: `Dana · ■ in 3 days · ≡2 · ↻ · ◆ waits for the price`.

Owner, day with the sign of its health, notes, that it repeats, and what it waits for.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from rich.cells import cell_len
from rich.style import Style

from lfroadmap.bidi.cutting import cut
from lfroadmap.report.formatting import HEALTH_SIGNS, format_days, format_short_day
from lfroadmap.report.palette import ToneName
from lfroadmap.report.repeat_text import REPEAT_SIGN
from lfroadmap.roadmap.health import Health, task_health
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.repeats import is_rule
from lfroadmap.text import one_line
from lfroadmap.ui.widgets.row_drawing import Cell
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.relation_texts import WaitingState

Detail = Literal["due", "owner"]
Part = Literal["due", "owner", "notes", "repeat", "waiting"]
"""What a click on the end of a line can be on."""
BETWEEN = " · "
LEAST_WAITING = 12
"""Columns at least of what a task waits for."""
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
    repeat: str = ""
    """The sign of a task that repeats."""
    waiting: str = ""
    """What it waits for, or that it is ready, with the sign for that."""
    waiting_tone: ToneName = "muted"

    def _parts(self) -> list[tuple[Part, str]]:
        """What is there of the parts, in their order."""
        parts: tuple[tuple[Part, str], ...] = (
            ("owner", self.owner), ("due", self.when), ("notes", self.notes), ("repeat", self.repeat),
            ("waiting", self.waiting),
        )  # fmt: skip
        return [(part, text) for part, text in parts if text]

    @property
    def width(self) -> int:
        """Columns of all parts with the dots between them."""
        sizes = [cell_len(text) for _, text in self._parts()]
        return sum(sizes) + cell_len(BETWEEN) * max(len(sizes) - 1, 0)

    def part_at(self, column: int) -> Part:
        """The part at a column of the details; a dot is of the owner, or else of what follows it."""
        at, found, before = 0, "due", ""
        for part, text in self._parts():
            start = at if before in ("", "owner") or part == "due" else at - cell_len(BETWEEN)
            if column >= start:
                found = part
            at, before = at + cell_len(text) + cell_len(BETWEEN), part
        return cast("Part", found)

    def cells(self, dim: Style, tone: Style, waiting: Style) -> list[Cell]:
        """The details as cells of a row."""
        styles: dict[Part, Style] = {"due": tone, "waiting": waiting}
        out: list[Cell] = []
        for part, text in self._parts():
            out += [Cell(BETWEEN, cell_len(BETWEEN), dim)] if out else []
            out.append(Cell(text, cell_len(text), styles.get(part, dim)))
        return out


def details_of(
    task: Task,
    today: date,
    words: Words,
    room: int,
    risk_days: int,
    *,
    typed: bool = False,
    waiting: WaitingState | None = None,
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
    repeat = REPEAT_SIGN if task.repeat and not task.done and is_rule(task.repeat) else ""
    shown = _waiting(waiting, room // 3) if waiting else ""
    waiting_tone: ToneName = waiting.tone if waiting else "muted"
    return Details(_fitting(task.owner, left, most), when, tone, notes, repeat, shown, waiting_tone)


def _waiting(state: WaitingState, room: int) -> str:
    """What a task waits for in a few columns: its name alone, cut, where there is no room for words."""
    room, whole = max(room, LEAST_WAITING), f"{state.sign} {state.text}"
    return whole if cell_len(whole) <= room else cut(f"{state.sign} {state.short}", room, cell_len)


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
