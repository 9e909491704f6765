"""How wide the columns of a calculator's table are."""

from __future__ import annotations

from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, CalculatorKind
from lfroadmap.ui.widgets.cell_columns import Widths, share_out

NARROWEST = {
    "name": 9, "count": 7, "rate": 8, "stage": 8, "value": 8, "probability": 7, "days": 5, "spend": 8,
    "customers": 9, "months": 6,
}  # fmt: skip
"""The columns of each kind fit beside each other in half of a window of 110 columns."""
SHARES = {
    "name": 5, "stage": 4, "value": 3, "probability": 4, "count": 1, "rate": 1, "spend": 2, "customers": 1
}  # fmt: skip
WIDEST = 90
"""Columns of a table: in a wider one the eye would lose the row."""


def column_widths(kind: CalculatorKind, width: int) -> Widths:
    """The columns of a kind at a width."""
    return share_out(CALCULATOR_COLUMNS[kind], NARROWEST, SHARES, min(width, WIDEST))
