"""Parts of a page in columns: each goes where the page is shortest, in reading order."""

from __future__ import annotations

from collections.abc import Sequence

GAP = 1
"""Columns between two parts."""
COLUMNS_FROM = (120, 180)
"""Widths from which there is one column more."""
EDGES = 2
"""Lines, and twice as many columns, of the frame of a part."""


def column_widths(width: int) -> tuple[int, ...]:
    """The widths of the columns of a page; what cannot be shared out goes to the first ones."""
    count = 1 + sum(width >= least for least in COLUMNS_FROM)
    room = width - GAP * (count - 1)
    return tuple(room // count + (n < room % count) for n in range(count))


def shortest(heights: Sequence[int]) -> int:
    """The column that the next part goes to: the first of the shortest."""
    return min(range(len(heights)), key=lambda column: (heights[column], column))
