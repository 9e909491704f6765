"""The columns of a calculator's table in words."""

from __future__ import annotations

from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorKind
from lfroadmap.words import Words

_OWN = frozenset((kind, "name") for kind in CALCULATOR_COLUMNS) | {("pipeline", "count"), ("unit", "value")}
"""The columns whose title depends on the kind of the calculator."""


def column_title(kind: CalculatorKind, column: str, words: Words) -> str:
    """The heading of a column."""
    return words(f"calculator.{kind}_{column}" if (kind, column) in _OWN else f"calculator.{column}")


def shown_columns(calculator: Calculator) -> tuple[str, ...]:
    """The columns in which something is written; of an empty table all."""
    columns = CALCULATOR_COLUMNS[calculator.kind]
    filled = [
        column for column in columns if any((getattr(row, column) or "").strip() for row in calculator.rows)
    ]
    is_empty = not {*filled} - {"name"}
    return columns if is_empty else ("name", *(column for column in filled if column != "name"))
