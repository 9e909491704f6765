"""The titles of the columns of calculators, as keys of words."""

from __future__ import annotations

from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, CalculatorKind

_OWN = frozenset((kind, "name") for kind in CALCULATOR_COLUMNS) | {("pipeline", "count"), ("unit", "value")}
"""The columns whose title depends on the kind of the calculator."""


def column_key(kind: CalculatorKind, column: str) -> str:
    """The key of a column's title, also of a column that only other kinds have."""
    return f"calculator.{kind}_{column}" if (kind, column) in _OWN else f"calculator.{column}"
