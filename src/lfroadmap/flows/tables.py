"""Results of queries as tables, and numbers out of their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

Cell = object
"""A number, a text or None."""


class Table(NamedTuple):
    """The result of a query."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]

    def each(self, *columns: str) -> Iterator[tuple[Cell, ...]]:
        """The rows with at least two columns, in this order; raises ValueError for a column that lacks."""
        places = [self.columns.index(column) for column in columns]
        pick: Callable[[Sequence[Cell]], tuple[Cell, ...]] = itemgetter(*places)
        return map(pick, self.rows)

    def first(self, column: str) -> Cell:
        """A cell of the first row; None in a table without rows."""
        return self.rows[0][self.columns.index(column)] if self.rows else None


Tables = Mapping[str, Table]
"""Name of a query -> its result."""


def whole(cell: Cell) -> int:
    """A count; 0 for None, which is the sum of no rows."""
    return int(cell) if isinstance(cell, int | float | str) else 0


def number(cell: Cell) -> float | None:
    """A number, which an engine may have written as text or as a decimal; None for None."""
    return None if cell is None else float(str(cell)) if not isinstance(cell, int | float) else cell


def text(cell: Cell) -> str | None:
    """A text, or None."""
    return None if cell is None else str(cell)


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """The quotient; None where it is undefined."""
    return numerator / denominator if numerator is not None and denominator else None
