"""The lanes of a timeline: a bar from its start to its day, what is done of it, and how late it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from lfroadmap.report.charts.marks import Mark, Marks, joined
from lfroadmap.report.palette import ToneName

DONE, OPEN, OVERDUE, TODAY, MONTH = "━", "─", "╌", "│", "·"


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
            self._draw(bar, cells, now)
        return joined(cells)

    def _draw(self, bar: Bar, cells: list[Mark], now: int) -> None:
        end = self.column(bar.end)
        start = end if bar.start is None else min(self.column(bar.start), end)
        full = end if bar.done >= 1 else start + int((end - start) * bar.done + 1e-9)
        for at in range(start, end):
            cells[at] = Mark(DONE, bar.bar_tone) if at < full else Mark(OPEN, "border")
        if bar.is_late:
            cells[end + 1 : now] = [Mark(OVERDUE, "late")] * max(now - end - 1, 0)
        cells[end] = Mark(bar.sign, bar.tone)


def month_line(axis: Axis, names: Sequence[tuple[float, str]], size: int) -> str:
    """The names of months at their columns, as many as fit; each takes `size` columns with a blank."""
    line = ""
    for share, name in names:
        at = axis.column(share)
        if at >= len(line) and at + size - 1 <= axis.width:
            line = line.ljust(at) + name.ljust(size)
    return line[: axis.width].ljust(axis.width)
