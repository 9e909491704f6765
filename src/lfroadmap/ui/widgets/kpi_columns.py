"""How wide the columns of the KPI table are, and which are drawn where there is little room."""

from __future__ import annotations

from collections.abc import Sequence

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


def column_start(name: str, width: int) -> int:
    """The screen column, in reading order, at which a column of the table begins."""
    start = 0
    for column, size in column_widths(width).items():
        if column == name:
            break
        start += size + 1
    return start


def columns_around(name: str, width: int, least: int) -> tuple[int, int]:
    """Where a column begins and ends, with the columns behind it, and before it, until there are `least`."""
    widths = column_widths(width)
    starts = {each: column_start(each, width) for each in widths}
    drawn = list(widths)
    first = last = drawn.index(name)
    while _end(drawn[last], starts, widths) - starts[drawn[first]] < least and len(drawn) > last - first + 1:
        first, last = (first, last + 1) if last + 1 < len(drawn) else (first - 1, last)
    return starts[drawn[first]], _end(drawn[last], starts, widths)


def _end(name: str, starts: dict[str, int], widths: dict[str, int]) -> int:
    return starts[name] + widths[name]
