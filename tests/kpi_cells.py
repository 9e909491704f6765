"""The KPI table as a person reads it: keys that lead to a cell, and the words in it."""

from __future__ import annotations

from lfroadmap.ui.widgets.kpi_columns import STANDING, column_start, column_widths
from lfroadmap.ui.widgets.kpi_table import KpiTable
from sitting import Sitting
from terminal import keys

RATE, TIME, CLOSE = "kpi.return-rate", "kpi.return-time", "kpi.close-rate"
KPI_TAB = "\x1b6"
RIGHT, LEFT, DOWN = keys("right"), keys("left"), keys("down")
INSERT = keys("insert")
BASE, NOW = RIGHT * 2, RIGHT * 4


def rows(at: Sitting) -> list[str]:
    return [each.id for each in at.app.session.roadmap.kpis]


def at_cell(at: Sitting) -> tuple[int, int]:
    table = at.one(KpiTable)
    return table.cursor, table.column


def standing_of(at: Sitting, row: int) -> str:
    """The words in the last column of a row, its lines joined."""
    return cells_of(at, row, STANDING)


def cells_of(at: Sitting, row: int, column: str) -> str:
    """The words in a column of a row, its lines joined."""
    table = at.one(KpiTable)
    area, widths = table.row_region(row), column_widths(table.size.width)
    start = column_start(column, table.size.width)
    lines = [table.render_line(y).text[start : start + widths[column]] for y in range(area.y, area.bottom)]
    return " ".join(" ".join(lines).split())
