"""Sparklines: numbers in the order of time as one line of bars."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.report.charts.marks import Mark, Marks

STEPS = "▁▂▃▄▅▆"
"""Six heights, so that rows below each other never touch."""


def spark(numbers: Sequence[float], width: int) -> Marks:
    """The numbers in so many columns, the first and the last among them; the last in a tone of its own.

    A single number is one bar at the end: a row of bars would look like a past.
    """
    if not numbers or width < 1:
        return ()
    last = len(numbers) - 1
    picked = [numbers[last if width == 1 else round(n * last / (width - 1))] for n in range(width)]
    low, high = min(numbers), max(numbers)
    drawn = "".join(STEPS[_step(number, low, high)] for number in picked)
    past = drawn[:-1] if last else " " * (width - 1)
    marks = (Mark(past, "fill"), Mark(drawn[-1], "accent"))
    return tuple(mark for mark in marks if mark.text)


def _step(number: float, low: float, high: float) -> int:
    """The height of a bar; all stand in the middle where no value differs."""
    if high == low:
        return (len(STEPS) - 1) // 2
    return round((number - low) / (high - low) * (len(STEPS) - 1))
