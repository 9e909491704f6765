"""The columns of a calculator's table in words."""

from __future__ import annotations

from lfroadmap.roadmap.calculators.columns import column_key
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorKind
from lfroadmap.words import Words


def column_title(kind: CalculatorKind, column: str, words: Words) -> str:
    """The heading of a column."""
    return words(column_key(kind, column))


def shown_columns(calculator: Calculator) -> tuple[str, ...]:
    """The columns in which something is written; of an empty table all."""
    columns = CALCULATOR_COLUMNS[calculator.kind]
    filled = [
        column for column in columns if any((getattr(row, column) or "").strip() for row in calculator.rows)
    ]
    is_empty = not {*filled} - {"name"}
    return columns if is_empty else ("name", *(column for column in filled if column != "name"))
