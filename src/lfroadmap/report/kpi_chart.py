"""The values of one KPI over time as columns, against its target."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from lfroadmap.report.charts.columns import Columns, labelled, sampled
from lfroadmap.report.charts.marks import Mark, Marks
from lfroadmap.report.formatting import format_number, format_short_day
from lfroadmap.words import Words

_PAD = 0.08
"""Share of the height that stays free under the lowest number."""
_RECENT = 40
"""The newest one of so many columns, at least one, is that of today."""


@dataclass(frozen=True, slots=True)
class KpiChart:
    """The numbers in the order of time, at least one, up to now."""

    points: tuple[tuple[datetime, float], ...]
    goal: float | None
    now: datetime
    unit: str
    words: Words

    def lines(self, width: int, height: int) -> list[Marks]:
        """The chart with its numbers beside it and its days below."""
        numbers = [number for _, number in self.points]
        ends = [*numbers, *([] if self.goal is None else [self.goal])]
        low, high = min(ends), max(ends)
        low, high = (low - (high - low) * _PAD, high) if high > low else (low - 1, high + 1)
        texts = {self._text(number) for number in ends}
        size = max(map(len, texts)) + 1
        room, tall = max(width - size, 1), max(height - 1, 1)
        chart = self._columns(room, low, high)
        names = self._names(chart, tall, numbers)
        rows = [
            (*self._beside(names.get(tall - 1 - at), size), *line)
            for at, line in enumerate(chart.lines(tall))
        ]
        return [*rows, (Mark(" " * size, "muted"), *self._days(room))]

    def _columns(self, width: int, low: float, high: float) -> Columns:
        first = self.points[0][0]
        span = max((self.now - first).total_seconds(), 1.0)
        places = [span * (at + 1) / width for at in range(width)]
        steps = [((at - first).total_seconds(), number) for at, number in self.points]
        return Columns(sampled(steps, places), low, high, width - max(width // _RECENT, 1), goal=self.goal)

    def _names(self, chart: Columns, height: int, numbers: list[float]) -> dict[int, Mark]:
        """Line, counted from the foot -> the number that is named there; the target's first."""
        named: list[tuple[float, Mark]] = []
        if self.goal is not None:
            named.append((self.goal, Mark(self._text(self.goal), "done")))
        named += [(number, Mark(self._text(number), "muted")) for number in (max(numbers), min(numbers))]
        out: dict[int, Mark] = {}
        for number, mark in named:
            out.setdefault(chart.row_of(number, height), mark)
        return out

    def _beside(self, name: Mark | None, size: int) -> Marks:
        return (Mark((name.text if name else "").rjust(size - 1) + " ", name.tone if name else "muted"),)

    def _text(self, number: float) -> str:
        return format_number(number) + ("%" if self.unit == "%" else "")

    def _days(self, width: int) -> Marks:
        today = self.now.date()
        first = format_short_day(self.points[0][0].date(), today, self.words)
        labels = {width: Mark(self.words("days.today"), "accent"), 0: Mark(first, "muted")}
        return labelled(labels, width)
