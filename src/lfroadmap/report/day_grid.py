"""A table whose rows are grouped by day, each group under its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.table import Table
from rich.text import Text

from lfroadmap.report.nodes import Grid, Value
from lfroadmap.text import one_line


@dataclass(frozen=True, slots=True)
class DayGrid(Grid):
    """Rows with the day of each; rows of one day stand one behind the other under it."""

    days: tuple[str, ...] = ()
    """The day of each row, as it is written."""

    def groups(self) -> Iterator[tuple[str, tuple[tuple[Value, ...], ...]]]:
        """Each day with its rows, in the order of the rows."""
        for day, group in groupby(zip(self.days, self.rows, strict=True), key=lambda pair: pair[0]):
            yield day, tuple(row for _, row in group)

    def __rich__(self) -> Table:
        table = Table(box=None, expand=True, padding=(0, 2, 0, 0), pad_edge=False, header_style="muted")
        for n, head in enumerate(self.heads):
            table.add_column(one_line(head), overflow="fold", no_wrap=n == 0, ratio=n or None)
        for day, rows in self.groups():
            table.add_row(Text(one_line(day), "heading"))
            for n, row in enumerate(rows):
                table.add_row(*(value.cell() for value in row), end_section=n == len(rows) - 1)
        return table
