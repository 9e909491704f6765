"""Native charts of a workbook: the values of each KPI over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from lfroadmap.report.palette import palette
from lfroadmap.report.tables import Table
from lfroadmap.words import Words

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

MOST = 24
"""Most charts, those of the first KPIs."""
_WIDTH, _HEIGHT, _ROWS = 480, 240, 17
"""Size of a chart in pixels, and the rows that it takes."""


def value_charts(book: Workbook, sheet: Worksheet, table: Table, words: Words, day: str) -> None:
    """A line for each KPI with several numbers, beside the table; days are formatted as `day`.

    The names and numbers are those of the cells: nothing that was typed stands in a formula.
    """
    names, days, numbers = (table.columns.index(name) for name in ("kpi_name", "day", "number"))
    color = palette("paper")["accent"]
    for place, (first, last) in zip(range(MOST), _runs(table, names, numbers), strict=False):
        chart = book.add_chart({"type": "line"})
        chart.add_series(
            {
                "name": [sheet.name, first, names],
                "categories": [sheet.name, first, days, last, days],
                "values": [sheet.name, first, numbers, last, numbers],
                "line": {"color": color, "width": 2.25},
                "marker": {"type": "circle", "size": 6, "fill": {"color": color}, "border": {"color": color}},
            }
        )
        chart.set_legend({"none": True})
        is_rtl = words.direction == "rtl"
        chart.set_x_axis({"date_axis": True, "num_format": day, "reverse": is_rtl})
        chart.set_y_axis({"num_format": "General", "major_gridlines": {"visible": True}})
        chart.set_size({"width": _WIDTH, "height": _HEIGHT})
        sheet.insert_chart(place * _ROWS, len(table.columns) + 1, chart)


def _runs(table: Table, names: int, numbers: int) -> Iterator[tuple[int, int]]:
    """The first and last row of each KPI with two numbers or more; the heads are row 0."""
    rows = enumerate(table.rows, 1)
    for _, group in groupby(rows, key=lambda row: row[1][names]):
        found = [*group]
        if sum(cells[numbers] != "" for _, cells in found) > 1:
            yield found[0][0], found[-1][0]
