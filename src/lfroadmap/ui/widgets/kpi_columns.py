"""How wide the columns of the KPI table are, and which are drawn where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.roadmap.model import KPI_COLUMNS

STANDING = "standing"
COLUMNS = (*KPI_COLUMNS, STANDING)
"""The columns that are filled in, and the computed one."""

NARROWEST = {
    "measure": 11, "definition": 12, "baseline": 6, "target": 7, "current": 6, "better": 6, "unit": 5,
    "owner": 7, STANDING: 8,
}  # fmt: skip
"""With a column between any two they fit beside the scroll bar of an 80-column window."""
SHARES = {"measure": 4, "definition": 6, "target": 2, "owner": 3, STANDING: 3, "baseline": 1, "current": 1}
DROPPED = ("definition", "owner")
"""The columns that are left out first where there is no room for all."""


def needed(columns: Sequence[str]) -> int:
    """Screen columns that some columns of the table take at their narrowest, with a gap after each."""
    return sum(NARROWEST[name] + 1 for name in columns)


def column_widths(width: int) -> dict[str, int]:
    """The columns drawn at a width: what is left over the narrowest goes where the texts are long."""
    drawn = list(COLUMNS)
    for name in DROPPED:
        if needed(drawn) > width:
            drawn.remove(name)
    spare = max(width - needed(drawn), 0)
    parts = sum(SHARES.get(name, 0) for name in drawn)
    return {name: NARROWEST[name] + spare * SHARES.get(name, 0) // parts for name in drawn}
