"""A calculator's result in words, and its value with its unit."""

from __future__ import annotations

from lfroadmap.report.calculators.figures import format_exact, format_rate
from lfroadmap.report.formatting import with_unit
from lfroadmap.report.value_source import describe_result
from lfroadmap.roadmap.kpi_sources import KpiFigure
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def describe_figure(found: KpiFigure, labels: Labels, words: Words) -> str:
    """A result by its name: `overall rate`, `CAC · Search ads`."""
    rows = {row.id: row for row in found.calculator.rows}
    return describe_result(found.name, rows.get, labels, words)


def format_figure(found: KpiFigure, words: Words) -> str:
    """A result with its unit, as calculators print it."""
    value, unit = found.figure.value, found.figure.unit
    if unit == "%":
        return format_rate(value)
    shown = format_exact(value, 1 if unit == "days" else 2)
    if value is None or unit == "number":
        return shown
    if unit == "money":
        return with_unit(shown, found.currency)
    form = "one" if value == 1 else "two" if value == 2 else "many"
    key = f"kpi.in_{unit}"
    return words(f"{key}.{form}" if f"{key}.{form}" in words else f"{key}.many", n=shown)
