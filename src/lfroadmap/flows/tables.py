"""Results of queries as tables, and numbers out of their cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite
from operator import itemgetter
from typing import NamedTuple, TypeVar, cast

T = TypeVar("T")
_DIGITS = re.compile(r"-?\d+")
Cell = object
"""A number, a text or None."""


class IncompleteResultError(ValueError):
    """A result that lacks a column of its query."""

    def __init__(self, query: str, column: str) -> None:
        super().__init__(f"{query}: {column}")
        self.query = query
        self.column = column


class BadCellError(ValueError):
    """A cell of a result that is no number where one must be."""

    def __init__(self, cell: Cell) -> None:
        super().__init__(str(cell))
        self.cell = cell


class Table(NamedTuple):
    """The result of a query."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    query: str = ""

    def each(self, *columns: str) -> Iterator[tuple[Cell, ...]]:
        """The rows with at least two columns, in this order; raises IncompleteResultError."""
        if not self.rows:
            return iter(())
        pick: Callable[[Sequence[Cell]], tuple[Cell, ...]] = itemgetter(*map(self._place, columns))
        return map(pick, self.rows)

    def first(self, column: str) -> Cell:
        """A cell of the first row, None in a table without rows; raises IncompleteResultError."""
        return self.rows[0][self._place(column)] if self.rows else None

    def _place(self, column: str) -> int:
        if column not in self.columns:
            raise IncompleteResultError(self.query, column)
        return self.columns.index(column)


class Tables(dict[str, Table]):
    """Name of a query -> its result; with what several measures make of these."""

    def __init__(self, tables: Mapping[str, Table]) -> None:
        super().__init__(tables)
        self._made: dict[str, object] = {}

    def once(self, make: Callable[[Tables], T]) -> T:
        """The value of a function of the tables, called once."""
        if make.__name__ not in self._made:
            self._made[make.__name__] = make(self)
        return cast(T, self._made[make.__name__])


def whole(cell: Cell) -> int:
    """A count; 0 for None, which is the sum of no rows. Raises BadCellError."""
    if isinstance(cell, str) and _DIGITS.fullmatch(cell):
        return int(cell)  # exact also beyond what a float has
    return cell if isinstance(cell, int) else int(number(cell) or 0)


def number(cell: Cell) -> float | None:
    """A number, which may be written as text or as a decimal; None for None. Raises BadCellError.

    A sum beyond all numbers is None as well, as JSON has none for it.
    """
    if cell is None or isinstance(cell, int):
        return cell
    try:
        found = float(str(cell))
    except ValueError as error:
        raise BadCellError(cell) from error
    return found if isfinite(found) else None


def text(cell: Cell) -> str | None:
    """A text, or None."""
    return None if cell is None else str(cell)


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """The quotient; None where it is undefined."""
    return numerator / denominator if numerator is not None and denominator else None
