"""Column charts: a number over time as filled columns, beside what was planned or wanted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lfroadmap.report.charts.marks import BLOCK, HALF, Mark, Marks, joined

_LITTLE = "▁"
_PLAN, _GOAL = "·", "╌"


@dataclass(frozen=True, slots=True)
class Columns:
    """A number in each column of a chart; None where there is none, as in the future."""

    numbers: tuple[float | None, ...]
    low: float
    """The number at the foot of the chart; it is less than `high`."""
    high: float
    now: int
    """The column from which on it is today, which has a tone of its own."""
    plan: tuple[float | None, ...] = ()
    """The planned number in each column, drawn as dots where no column is."""
    goal: float | None = None
    """A number that is wanted, drawn as a line."""

    def lines(self, height: int) -> list[Marks]:
        """The chart in so many lines, the highest numbers first."""
        return [joined(self._line(row, height)) for row in range(height - 1, -1, -1)]

    def row_of(self, number: float, height: int) -> int:
        """The line that a number falls into, counted from the foot."""
        share = (number - self.low) / (self.high - self.low)
        return max(0, min(int(share * height), height - 1))

    def _line(self, row: int, height: int) -> list[Mark]:
        is_goal = self.goal is not None and self.row_of(self.goal, height) == row
        return [self._cell(at, row, height, is_goal=is_goal) for at in range(len(self.numbers))]

    def _cell(self, at: int, row: int, height: int, *, is_goal: bool) -> Mark:
        filled = self._filled(self.numbers[at], row, height)
        if filled:
            return Mark(filled, "accent" if at >= self.now else "fill")
        if is_goal:
            return Mark(_GOAL, "done")
        planned = self.plan[at] if at < len(self.plan) else None
        is_plan = planned is not None and self.row_of(planned, height) == row
        return Mark(_PLAN, "muted") if is_plan else Mark(" ", "muted")

    def _filled(self, number: float | None, row: int, height: int) -> str:
        """How a column fills its cell on a line, in halves: of finer parts fonts leave a seam."""
        if number is None or number <= self.low:
            return ""
        halves = int((number - self.low) / (self.high - self.low) * height * 2 + 1e-9) - row * 2
        if halves < 1:
            return _LITTLE if row == 0 else ""
        return BLOCK if halves > 1 else HALF


def labelled(labels: Mapping[int, Mark], width: int) -> Marks:
    """A line with labels at their columns, moved in at the end; one that would touch another is left out.

    The labels are given by column, the most important first.
    """
    line: list[Mark] = [Mark(" ", "muted")] * width
    for at, label in labels.items():
        size = len(label.text)
        start = max(0, min(at, width - size))
        around = range(max(start - 1, 0), min(start + size + 1, width))
        if size <= width and all(line[column].text == " " for column in around):
            line[start : start + size] = [Mark(letter, label.tone) for letter in label.text]
    return joined(line)


def sampled(steps: Sequence[tuple[float, float]], places: Sequence[float]) -> tuple[float | None, ...]:
    """A number that changes in steps, at these places; None before the first step. Both are in order."""
    out: list[float | None] = []
    at, current = 0, None
    for place in places:
        while at < len(steps) and steps[at][0] <= place:
            current = steps[at][1]
            at += 1
        out.append(current)
    return tuple(out)
