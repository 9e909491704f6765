"""The values that a KPI has had as bars, with its first, last and best value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len

from lfroadmap.report.formatting import with_unit
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.progress import goes_up, number_in
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import Direction, one_line
from lfroadmap.words import Words

BARS = "▁▂▃▄▅▆▇█"


class Figure(NamedTuple):
    """A value of a KPI and its day, formatted: `best`, `23%`, `2026-03-15`."""

    label: str
    value: str
    day: str


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Numbers in the order of time, and the figures beside them."""

    numbers: tuple[float, ...]
    figures: tuple[Figure, ...]
    direction: Direction

    def bars(self, most: int) -> str:
        """The newest numbers as at most so many bars, left to right as drawn: time runs as reading does."""
        shown = self.numbers[-most:] if most > 0 else ()
        low, high = min(shown, default=0.0), max(shown, default=0.0)
        steps = (_step(number, low, high) for number in shown)
        drawn = "".join(BARS[step] for step in steps)
        return drawn if self.direction == "ltr" else drawn[::-1]

    def text(self, room: int | None = None) -> str:
        """The figures in one line; in less room than they need the last ones go without their day."""
        dated = len(self.figures)
        while dated and room is not None and cell_len(self._line(dated)) > room:
            dated -= 1
        return self._line(dated)

    def _line(self, dated: int) -> str:
        plain = [f"{figure.label} {figure.value}" for figure in self.figures]
        days = [f" ({figure.day})" if at < dated else "" for at, figure in enumerate(self.figures)]
        return " · ".join(map("".join, zip(plain, days, strict=True)))


def _step(number: float, low: float, high: float) -> int:
    """The height of a bar; all stand in the middle where no value differs."""
    if high == low:
        return len(BARS) // 2
    return round((number - low) / (high - low) * (len(BARS) - 1))


def sparkline(
    kpi: Kpi, values: Sequence[tuple[datetime, str]], labels: Labels, words: Words
) -> Sparkline | None:
    """The sparkline of a KPI's values in the order of time; None where none of them is a number."""
    numbers = [(number, at, typed) for at, typed in values if (number := number_in(typed)) is not None]
    if not numbers:
        return None
    best = (max if goes_up(kpi, labels.kpi(kpi, "target")) else min)(numbers, key=lambda value: value[0])
    named = {"first": numbers[0], "last": numbers[-1], "best": best}
    if len(numbers) == 1:
        del named["first"], named["best"]
    unit = labels.kpi(kpi, "unit")
    figures = (
        Figure(words(f"kpi.{name}"), one_line(with_unit(typed, unit)), words.day(at.date()))
        for name, (_, at, typed) in named.items()
    )
    return Sparkline(tuple(number for number, _, _ in numbers), tuple(figures), words.direction)
