"""The values that a KPI has had as bars, with its first, last and best value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.charts.spark import spark
from lfroadmap.report.drawing import Drawing
from lfroadmap.report.formatting import with_unit
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.progress import goes_up, number_in
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words

COLUMNS = 24
"""Columns of a sparkline in a report."""


class Figure(NamedTuple):
    """A value of a KPI and its day, formatted: `best`, `23%`, `2026-03-15`."""

    label: str
    value: str
    day: str


@dataclass(frozen=True, slots=True)
class Sparkline:
    """Numbers in the order of time, and the figures beside them."""

    name: str
    """The KPI's measure."""
    points: tuple[tuple[datetime, float], ...]
    figures: tuple[Figure, ...]

    @property
    def numbers(self) -> tuple[float, ...]:
        """The numbers alone."""
        return tuple(number for _, number in self.points)

    def bars(self, width: int) -> Marks:
        """The numbers in so many columns, in reading order."""
        return spark(self.numbers, width)

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


@dataclass(frozen=True, slots=True)
class Sparklines:
    """The sparklines of several KPIs, one below the other."""

    rows: tuple[Sparkline, ...]

    def __rich__(self) -> Table:
        table = Table.grid(padding=(0, 2, 0, 0), expand=True)
        table.add_column(ratio=2, overflow="fold")
        table.add_column()
        table.add_column(ratio=3, overflow="fold")
        for row in self.rows:
            bars = Drawing(lambda width, row=row: [row.bars(width)], COLUMNS, COLUMNS)  # type: ignore[misc]
            table.add_row(Text(one_line(row.name), "muted"), bars, Text(row.text()))
        return table


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
    points = tuple((at, number) for number, at, _ in numbers)
    return Sparkline(labels.of(kpi), points, tuple(figures))
