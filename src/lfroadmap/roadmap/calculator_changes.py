"""The changes of the tables of calculators between two states of a roadmap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lfroadmap.roadmap.model import ROW_VALUES, Calculator, CalculatorKind, CalculatorRow, Card, Roadmap
from lfroadmap.roadmap.templates import Labels


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell of a calculator, before and after; empty where there was nothing, or no such row."""

    id: str
    """Of the row."""
    card: str
    calculator: str
    """Its title, as that of its card."""
    kind: CalculatorKind
    row: str
    column: str
    """The column's name in the model, the same in every language."""
    before: str
    after: str


_Found = tuple[Card, Calculator, CalculatorRow]


def cell_changes(then: Roadmap, now: Roadmap, old: Labels, new: Labels) -> Iterator[CellChange]:
    """The changed cells, those of rows that are there first."""
    before, after = rows_of(then), rows_of(now)
    for row_id in dict.fromkeys((*after, *before)):
        here, there = after.get(row_id), before.get(row_id)
        found, labels = (here, new) if here else (there, old)
        assert found is not None
        card, calculator, row = found
        for column in ROW_VALUES:
            values = [str(getattr(side[2], column)) if side else "" for side in (there, here)]
            if values[0] != values[1]:
                names = (labels.of(card), labels.of(calculator), calculator.kind, labels.of(row))
                yield CellChange(row_id, *names, column, *values)


def rows_of(roadmap: Roadmap) -> dict[str, _Found]:
    """The rows of all calculators by id, each with its calculator and card."""
    return {
        row.id: (card, calculator, row)
        for stage in roadmap.stages
        for card in stage.cards
        for calculator in card.calculators
        for row in calculator.rows
    }
