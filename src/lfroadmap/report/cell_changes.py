"""Cells of calculators and bindings of KPIs that are others, as tables of a comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lfroadmap.report.measured_source import describe_measured
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.calculator_changes import CellChange
from lfroadmap.roadmap.calculators.columns import column_key
from lfroadmap.roadmap.value_changes import ValueChange
from lfroadmap.words import Words


def cells_grid(changes: Iterable[CellChange], words: Words) -> Grid:
    """A row for each cell: its row and column, with its calculator, and its values."""
    heads = tuple(words(f"compared.{head}") for head in ("cell", "then", "now"))
    rows = (
        (
            Value(
                f"{each.row} · {words(column_key(each.kind, each.column))}",
                note=f"{each.card} · {each.calculator}",
            ),
            _plain(each.before),
            _plain(each.after),
        )
        for each in changes
    )
    return Grid(heads, tuple(rows))


def with_bindings(grid: Grid, changes: Iterable[ValueChange], words: Words) -> Grid:
    """A table of values with a row for each KPI that is bound to another measure, in words."""
    rows = (
        (
            Value(f"{each.what} · {words('kpi.bound_to')}"),
            *(_in_words(source, words) for source in (each.before, each.after)),
        )
        for each in changes
    )
    return replace(grid, rows=(*grid.rows, *rows))


def _in_words(source: str, words: Words) -> Value:
    return Value(describe_measured(source, words)) if source else EMPTY


def _plain(text: str) -> Value:
    return Value(text) if text.strip() else EMPTY
