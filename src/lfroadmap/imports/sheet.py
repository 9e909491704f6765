"""A sheet of cells, as every reader of tables gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from lfroadmap.roadmap.foreign_days import EPOCH
from lfroadmap.roadmap.table_rows import NumberedRow

MAX_ROWS, MAX_COLUMNS = 100_000, 100
"""Maximal number of rows and columns of all tables in a file."""


class Merge(NamedTuple):
    """A merged range of cells: its first and last row, from 1, and its first and last column, from 0."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True)
class Sheet:
    """The rows of a sheet, to be read once; the rest is complete only when they are."""

    title: str
    rows: Iterator[NumberedRow]
    is_hidden: bool = False
    is_list: bool = False
    """True if it is made of a list, whose columns without content stand nowhere in the file."""
    has_faults: bool = False
    """True if cells may be of `CellFault`."""
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: int = 0
    first_day: date = EPOCH
    """Day 0 of days that are plain numbers."""
