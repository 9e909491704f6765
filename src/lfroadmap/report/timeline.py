"""Deadlines on one timeline, for formats that draw it each in its own way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from lfroadmap.report.palette import ToneName
from lfroadmap.text import one_line

TICKS = 5
"""Maximal number of labelled months; more would collide on a phone."""
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000)
"""Possible distances between labelled months, in months."""


@dataclass(frozen=True, slots=True)
class TimelineMark:
    """A deadline."""

    label: str
    day: date
    text: str
    """The formatted day, the share of work done, and how late or near it is."""
    tone: ToneName = "accent"
    """The tone of its health."""

    @property
    def late(self) -> bool:
        """True if the day is past and not all is done."""
        return self.tone == "late"


@dataclass(frozen=True, slots=True)
class Lane:
    """The deadlines on one labelled line."""

    label: str
    note: str
    marks: tuple[TimelineMark, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes on a common time axis with today in it; at least one lane."""

    title: str
    lanes: tuple[Lane, ...]
    today: date
    now: str
    """The word for today."""

    def marks(self) -> Iterator[TimelineMark]:
        """Every deadline, lane by lane."""
        return (mark for lane in self.lanes for mark in lane.marks)

    def span(self) -> tuple[date, date]:
        """Whole months from the first day to the month after the last."""
        days = [self.today, *(mark.day for mark in self.marks())]
        return min(days).replace(day=1), _months_later(max(days), 1)

    def share(self, day: date) -> float:
        """The position of a day, 0.0 at the beginning to 1.0 at the end."""
        first, last = self.span()
        return (day - first).days / (last - first).days

    def ticks(self) -> list[tuple[float, str]]:
        """The labelled months, each with its position."""
        first, last = self.span()
        months = (last.year - first.year) * 12 + last.month - first.month
        step = next(step for step in _STEPS if months <= step * TICKS)
        named = [_months_later(first, n) for n in range(0, max(months, 1), step)]
        return [(self.share(day), f"{day.month}/{day.year}") for day in named]

    def __rich__(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for ratio in (2, 3, None):
            table.add_column(ratio=ratio, overflow="fold")
        table.add_row("", _Scale(self), "")
        for lane in self.lanes:
            table.add_row(Text(one_line(lane.label), "muted"), _Line(self, lane), Text(one_line(lane.note)))
        return table


class _Scale:
    """The labelled months over the lanes."""

    def __init__(self, timeline: Timeline) -> None:
        self.timeline = timeline

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        row = ""
        for share, name in self.timeline.ticks():
            at = int(share * options.max_width)
            if at + len(name) <= options.max_width and (not row or at > len(row)):
                row = row.ljust(at) + name
        yield Segment(row.ljust(options.max_width), console.get_style("muted"))


class _Line:
    """A lane that fills its width."""

    def __init__(self, timeline: Timeline, lane: Lane) -> None:
        self.timeline = timeline
        self.lane = lane

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        track, today, day = ".|*" if options.ascii_only else "╌│◆"
        cells = [(track, "border")] * options.max_width
        cells[self._at(self.timeline.today, options.max_width)] = (today, "muted")
        for mark in self.lane.marks:
            cells[self._at(mark.day, options.max_width)] = (day, mark.tone)
        yield from (Segment(char, console.get_style(style)) for char, style in cells)

    def _at(self, day: date, width: int) -> int:
        return min(width - 1, int(self.timeline.share(day) * width))


def _months_later(day: date, months: int) -> date:
    """The first of the month that many months later; the last possible day where it would be beyond."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, 1) if year <= date.max.year else date.max
