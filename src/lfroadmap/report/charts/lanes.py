"""The lanes of a timeline: a bar from its start to its day, what is done of it, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lfroadmap.report.charts.marks import Mark, Marks, joined
from lfroadmap.report.palette import ToneName

DONE, OPEN, OVERDUE, TODAY, MONTH = "━", "─", "╌", "│", "·"
GHOST = "◊"
"""A day that something was due on before."""
BEFORE, BEHIND = "‹", "›"
"""A sign that is outside of the lane, on the side where reading begins, and on the other."""


class Bar(NamedTuple):
    """A bar on a lane; places are shares of the time from 0.0 to 1.0."""

    end: float
    sign: str
    """The sign of its state, drawn at its end."""
    tone: ToneName
    start: float | None = None
    """None where it is unknown: then the sign stands alone."""
    done: float = 0.0
    bar_tone: ToneName = "border"
    is_late: bool = False
    ghosts: tuple[float, ...] = ()
    """Where it ended before."""


class Span(NamedTuple):
    """A bar on a lane in columns, of which some or all may be outside of it."""

    end: int
    sign: str
    tone: ToneName
    start: int | None = None
    done: float = 0.0
    bar_tone: ToneName = "border"
    is_late: bool = False
    ghosts: tuple[int, ...] = ()


class Axis(NamedTuple):
    """The columns of a timeline."""

    width: int
    today: float
    months: tuple[float, ...] = ()

    def column(self, share: float) -> int:
        """The column of a place."""
        return max(0, min(self.width - 1, int(share * self.width)))

    def lane(self, bars: Iterable[Bar]) -> Marks:
        """One lane with its bars."""
        cells = [Mark(" ", "border")] * self.width
        for month in self.months:
            cells[self.column(month)] = Mark(MONTH, "border")
        now = self.column(self.today)
        cells[now] = Mark(TODAY, "accent")
        for bar in bars:
            draw_span(self._span(bar), cells, now)
        return joined(cells)

    def _span(self, bar: Bar) -> Span:
        end = self.column(bar.end)
        start = None if bar.start is None else min(self.column(bar.start), end)
        ghosts = tuple(map(self.column, bar.ghosts))
        return Span(end, bar.sign, bar.tone, start, bar.done, bar.bar_tone, bar.is_late, ghosts)


def draw_span(span: Span, cells: list[Mark], now: int) -> None:
    """Draw a bar into the cells of a lane, as far as it is inside; `now` is the column of today."""
    size, end = len(cells), span.end
    start = end if span.start is None else span.start
    full = end if span.done >= 1 else start + int((end - start) * span.done + 1e-9)
    for at in range(max(start, 0), min(end, size)):
        cells[at] = Mark(DONE, span.bar_tone) if at < full else Mark(OPEN, "border")
    if span.is_late:
        for at in range(max(end + 1, 0), min(now, size)):
            cells[at] = Mark(OVERDUE, "late")
    for at in span.ghosts:
        if 0 <= at < size:
            cells[at] = Mark(GHOST, "muted")
    if 0 <= end < size:
        cells[end] = Mark(span.sign, span.tone)
    elif size:
        cells[0 if end < 0 else -1] = Mark(BEFORE if end < 0 else BEHIND, span.tone)


def month_line(axis: Axis, names: Sequence[tuple[float, str]], size: int) -> str:
    """The names of months at their columns, as many as fit; each takes `size` columns with a blank."""
    line = ""
    for share, name in names:
        at = axis.column(share)
        if at >= len(line) and at + size - 1 <= axis.width:
            line = line.ljust(at) + name.ljust(size)
    return line[: axis.width].ljust(axis.width)
