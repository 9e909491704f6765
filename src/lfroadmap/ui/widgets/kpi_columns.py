"""How wide the columns of the KPI table are, and which are drawn where there is little room."""

from __future__ import annotations

from lfroadmap.ui.widgets.cell_columns import column_starts, needed, share_out

STANDING, WAY, TREND = "standing", "way", "trend"
COLUMNS = (
    "measure", "definition", "baseline", WAY, "target", "current", TREND, "better", "unit", "owner", STANDING,
)  # fmt: skip
"""The columns that are filled in, and the computed ones."""
DRAWN = (WAY, TREND)
"""The columns with a chart in place of a text."""

NARROWEST = {
    "measure": 11, "definition": 12, "baseline": 6, WAY: 12, "target": 7, "current": 6, TREND: 9, "better": 6,
    "unit": 5, "owner": 7, STANDING: 8,
}  # fmt: skip
"""With a column between any two they fit beside the scroll bar of an 80-column window."""
SHARES = {
    "measure": 4, "definition": 6, WAY: 3, "target": 2, "owner": 3, STANDING: 3, "baseline": 1, "current": 1
}  # fmt: skip
DROPPED = (TREND, WAY, "definition", "owner")
"""The columns that are left out first where there is no room for all."""


def column_widths(width: int) -> dict[str, int]:
    """The columns drawn at a width: what is left over the narrowest goes where the texts are long."""
    drawn = list(COLUMNS)
    for name in DROPPED:
        if needed(drawn, NARROWEST) > width:
            drawn.remove(name)
    return share_out(drawn, NARROWEST, SHARES, width)


def column_start(name: str, width: int) -> int:
    """The screen column, in reading order, at which a column of the table begins."""
    return column_starts(column_widths(width))[name]
