"""Bars for comparison: a share a row, with its figures beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from lfroadmap.report.charts.bar import bar
from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.drawing import Drawing
from lfroadmap.report.palette import ToneName
from lfroadmap.text import one_line


class BarRow(NamedTuple):
    """A row: its name, the length of its bar, and its figures."""

    name: str
    share: float
    """Length of the bar, 0.0 to 1.0."""
    figures: tuple[str, ...]
    tone: ToneName = "accent"

    def drawn(self, width: int) -> Marks:
        """The bar in so many columns, in reading order."""
        return bar(self.share, width, self.tone)


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows with bars one below the other."""

    heads: tuple[str, ...]
    """Headings of the names and of the figures."""
    rows: tuple[BarRow, ...]

    def __rich__(self) -> Table:
        table = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="muted")
        name, *figures = self.heads
        table.add_column(Text(one_line(name)), overflow="fold")
        table.add_column("", ratio=1)
        for head in figures:
            table.add_column(Text(one_line(head)), no_wrap=True)
        widths = [
            max(map(cell_len, column)) for column in zip(*(row.figures for row in self.rows), strict=True)
        ]
        for row in self.rows:
            drawing = Drawing(lambda width, row=row: [row.drawn(width)])  # type: ignore[misc]
            table.add_row(Text(one_line(row.name)), drawing, *map(Text, map(str.rjust, row.figures, widths)))
        return table

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """The names and figures as the rows of a table."""
        return tuple((row.name, *row.figures) for row in self.rows)
