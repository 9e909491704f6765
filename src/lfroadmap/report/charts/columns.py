"""Column charts: a number over time as filled columns, beside what was planned or wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from lfroadmap.report.charts.marks import BLOCK, HALF, Mark, Marks, joined

_PLAN, _GOAL = "·", "╌"
_FILLED = ("▁", HALF, BLOCK)
"""What is drawn of a column for no half, one and two halves of a line."""


class _Stretch(NamedTuple):
    """Columns side by side: their height in halves of a line, and their tone."""

    width: int
    halves: int
    planned: int
    size: int
    """The line of the number of all, and that of the plan; below 0 for none."""
    is_today: bool


class Columns(NamedTuple):
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
    size: tuple[float | None, ...] = ()
    """The number of all in each column, drawn as a line where neither a column nor the plan is."""

    def lines(self, height: int) -> list[Marks]:
        """The chart in so many lines, the highest numbers first."""
        stretches = self._stretches(height)
        goal = -1 if self.goal is None else self.row_of(self.goal, height)
        return [joined(self._line(row, stretches, is_goal=row == goal)) for row in range(height - 1, -1, -1)]

    def _stretches(self, height: int) -> list[_Stretch]:
        """Neighbouring columns that are drawn alike."""
        halves = [self._halves(number, height) for number in self.numbers]
        plan = [-1 if number is None else self.row_of(number, height) for number in self.plan]
        plan += [-1] * (len(halves) - len(plan))
        size = [-1 if number is None else self.row_of(number, height) for number in self.size]
        size += [-1] * (len(halves) - len(size))
        today = [at >= self.now for at in range(len(halves))]
        alike = groupby(zip(halves, plan, size, today, strict=True))
        return [_Stretch(len(list(group)), *drawn) for drawn, group in alike]

    def row_of(self, number: float, height: int) -> int:
        """The line that a number falls into, counted from the foot."""
        share = (number - self.low) / (self.high - self.low)
        return max(0, min(int(share * height), height - 1))

    def _halves(self, number: float | None, height: int) -> int:
        """Halves of a line that a column is tall: of finer parts fonts leave a seam; -1: nothing."""
        if number is None or number <= self.low:
            return -1
        return int((number - self.low) / (self.high - self.low) * height * 2 + 1e-9)

    def _line(self, row: int, stretches: list[_Stretch], *, is_goal: bool) -> Iterator[Mark]:
        for width, tall, planned, size, is_today in stretches:
            filled = tall - row * 2
            if filled >= 1 or (row == 0 and filled == 0):
                yield Mark(_FILLED[min(filled, 2)] * width, "accent" if is_today else "fill")
            elif is_goal:
                yield Mark(_GOAL * width, "done")
            else:
                drawn = _PLAN if planned == row else _GOAL if size == row else " "
                yield Mark(drawn * width, "muted")


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
