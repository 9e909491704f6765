"""The titles of the columns of calculators, as keys of words."""

from __future__ import annotations

from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, ROW_VALUES, CalculatorKind

_OWN = frozenset((kind, "name") for kind in CALCULATOR_COLUMNS) | {("pipeline", "count"), ("unit", "value")}
"""The columns whose title depends on the kind of the calculator."""
_RENAMED = {"stage": "deal_stage"}
"""Values of a row whose column has another name where the stage of the card stands too."""
TABLE_COLUMNS = (
    "id", "stage", "card", "calculator", "kind", "row",
    *(_RENAMED.get(column, column) for column in ROW_VALUES), "results",
)  # fmt: skip
"""The columns of the table of all calculators of a roadmap."""


def column_key(kind: CalculatorKind, column: str) -> str:
    """The key of a column's title, also of a column that only other kinds have."""
    return f"calculator.{kind}_{column}" if (kind, column) in _OWN else f"calculator.{column}"
