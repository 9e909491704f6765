"""Parts of a page in columns: each goes where the page is shortest, in reading order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

GAP = 1
"""Columns between two parts."""
COLUMNS_FROM = (110, 170)
"""Widths from which there is one column more."""
EDGES = 2
"""Lines, and twice as many columns, of the frame of a part."""


def column_widths(width: int) -> tuple[int, ...]:
    """The widths of the columns of a page; what cannot be shared out goes to the first ones."""
    count = 1 + sum(width >= least for least in COLUMNS_FROM)
    room = width - GAP * (count - 1)
    return tuple(room // count + (n < room % count) for n in range(count))


class Slot(NamedTuple):
    """The place of a part: its first column, how many it takes, and its first line."""

    column: int
    span: int
    y: int


def next_slot(heights: Sequence[int], widths: Sequence[int], needed: int) -> Slot:
    """Where the next part goes: into as many columns as it needs, where these are shortest."""
    span = next((n for n in range(1, len(widths)) if width_of(widths[-n:]) >= needed), len(widths))
    starts = range(len(widths) - span + 1)
    column = min(starts, key=lambda start: (max(heights[start : start + span]), start))
    return Slot(column, span, max(heights[column : column + span]))


def width_of(widths: Sequence[int]) -> int:
    """The width of columns side by side."""
    return sum(widths) + GAP * (len(widths) - 1)
