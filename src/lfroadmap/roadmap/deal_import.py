"""Importing a table of deals, or of stages, into a pipeline calculator.

A row is found by its name, the second of a name by the second, so that a later import changes rows and
doubles none. A column of the file wins, also where it is empty; what the file does not have stays.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.calculators.card_tables import CellFault, calculate, is_empty, row_name
from lfroadmap.roadmap.calculators.deals import DealCells
from lfroadmap.roadmap.edits import Edit, between
from lfroadmap.roadmap.model import Calculator, CalculatorRow
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key

_OF_STAGES = {"reached": "count", "value": "value", "probability": "probability", "days": "days"}
_OF_DEALS = {"stage": "stage", "value": "value", "probability": "probability", "days": "days"}
"""Columns of a file -> the values of a calculator's row that they are."""


class RowChange(NamedTuple):
    """A row that is added or changed."""

    name: str
    is_new: bool
    cells: tuple[tuple[str, str, str], ...]
    """Column of the calculator, value before, value after."""
    edits: tuple[Edit, ...]
    after: CalculatorRow


class DealImport(NamedTuple):
    """The changes that a table makes in a calculator."""

    rows: tuple[RowChange, ...]
    same: int
    """Number of rows that are there already."""
    faults: tuple[CellFault, ...] = ()
    """The cells of the calculator that cannot be counted with after the import."""

    @property
    def edit(self) -> Batch:
        """All edits, applied and undone as one."""
        return Batch(tuple(edit for row in self.rows for edit in row.edits))


def import_deals(
    calculator: Calculator,
    cells: Sequence[DealCells],
    columns: Collection[str],
    labels: Labels,
    new_id: Callable[[], str],
) -> DealImport:
    """The import of a table with these columns; changes nothing itself.

    Raises RoadmapError for another kind of calculator, and where one has deals and the other stages.
    """
    are_stages = any(each.reached.strip() for each in cells)
    _check(calculator, cells, are_stages=are_stages)
    known: dict[str, deque[CalculatorRow]] = defaultdict(deque)
    for row in calculator.rows:
        known[match_key(row_name(row, labels))].append(row)
    names = _OF_STAGES if are_stages else _OF_DEALS
    read = {column: value for column, value in names.items() if column in columns}
    rows: list[RowChange] = []
    for each in cells:
        name = " ".join((each.stage if are_stages else each.name).split())
        values = {value: " ".join(getattr(each, column).split()) for column, value in read.items()}
        there = known[match_key(name)]
        rows += _change(there.popleft(), name, values) if there else [_new(calculator, name, values, new_id)]
    changed = tuple(row for row in rows if row.edits)
    return DealImport(changed, len(rows) - len(changed), _faults(calculator, changed, labels))


def _faults(calculator: Calculator, changed: Sequence[RowChange], labels: Labels) -> tuple[CellFault, ...]:
    rows = {row.id: row for row in (*calculator.rows, *(each.after for each in changed))}
    return calculate(replace(calculator, rows=tuple(rows.values())), labels).faults


def _check(calculator: Calculator, cells: Sequence[DealCells], *, are_stages: bool) -> None:
    if calculator.kind != "pipeline":
        raise RoadmapError("deals_need_pipeline")
    filled = [row for row in calculator.rows if not is_empty(row, "pipeline")]
    has_deals = any(row.stage.strip() for row in filled)
    if filled and cells and has_deals == are_stages:
        raise RoadmapError("deals_into_stages" if has_deals is False else "stages_into_deals")


def _change(row: CalculatorRow, name: str, values: dict[str, str]) -> Iterator[RowChange]:
    changed = {column: value for column, value in values.items() if getattr(row, column) != value}
    cells = tuple((column, getattr(row, column), value) for column, value in changed.items())
    after = replace(row, **changed)
    yield RowChange(name, False, cells, tuple(between(row, after)), after)


def _new(calculator: Calculator, name: str, values: dict[str, str], new_id: Callable[[], str]) -> RowChange:
    row = CalculatorRow(new_id(), name, **values)
    cells = tuple((column, "", value) for column, value in values.items() if value)
    return RowChange(name, True, cells, (Add(row, calculator.id),), row)
