"""How wide the columns of a table of cells are, and where each begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

Widths = Mapping[str, int]
"""Column -> its width, in reading order; between any two is a gap of one."""


def needed(columns: Sequence[str], narrowest: Widths) -> int:
    """Screen columns that some columns of a table take at their narrowest, with a gap after each."""
    return sum(narrowest[name] + 1 for name in columns)


def share_out(columns: Sequence[str], narrowest: Widths, shares: Widths, width: int) -> dict[str, int]:
    """The columns at a width: what is left over the narrowest goes where the texts are long."""
    spare = max(width - needed(columns, narrowest), 0)
    parts = sum(shares.get(name, 0) for name in columns)
    return {name: narrowest[name] + spare * shares.get(name, 0) // max(parts, 1) for name in columns}


def column_starts(widths: Widths) -> dict[str, int]:
    """The screen column, in reading order, at which each column of a table begins."""
    return dict(zip(widths, accumulate((size + 1 for size in widths.values()), initial=0), strict=False))


def columns_around(name: str, widths: Widths, least: int) -> tuple[int, int]:
    """Where a column begins and ends, with the columns behind it, and before it, until there are `least`."""
    starts, drawn = column_starts(widths), list(widths)
    first = last = drawn.index(name)

    def end(at: int) -> int:
        return starts[drawn[at]] + widths[drawn[at]]

    while end(last) - starts[drawn[first]] < least and len(drawn) > last - first + 1:
        first, last = (first, last + 1) if last + 1 < len(drawn) else (first - 1, last)
    return starts[drawn[first]], end(last)
