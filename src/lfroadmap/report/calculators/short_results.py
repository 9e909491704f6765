"""What follows from a calculator's table, as short as it stands below the table while that is edited."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.report.bars import BarRow, Bars
from lfroadmap.report.calculators.card_report import calculator_remarks, result_report
from lfroadmap.report.calculators.figures import format_exact, length
from lfroadmap.report.nodes import Node, Report, Section, Value
from lfroadmap.roadmap.calculators.card_tables import CardResult
from lfroadmap.roadmap.calculators.funnel import Funnel, what_if
from lfroadmap.roadmap.model import Calculator
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

MOST_ROWS = 30
"""Rows of a list of deals or stages that are shown; of more, their number."""
_FIRST = ("steps", "by_stage", "results")
"""The parts of a report that stand before its facts, and without their titles."""
_BEHIND = {"funnel": (), "pipeline": ("by_value", "deals"), "unit": ("formulas",)}
"""Kind of a calculator -> the parts behind the facts."""


def short_results(
    calculator: Calculator, result: CardResult, labels: Labels, words: Words
) -> tuple[Node, ...]:
    """The bars and figures, or why there are none."""
    report = result_report(result, calculator, labels, words, MOST_ROWS)
    said = calculator_remarks(result, words, has_rows=bool(calculator.rows))
    return (*said, *_results(report, result, words)) if report.body else said


def _results(report: Report, result: CardResult, words: Words) -> Iterator[Node]:
    parts = {part.id: part for part in report.body if isinstance(part, Section)}
    for name in _FIRST:
        if part := parts.get(name):
            yield from part.body
    if result.kind != "unit" and report.facts.pairs:  # of unit economics these are what was typed
        yield report.facts
    if result.funnel and result.changed:
        yield _ends(result, result.funnel, words)
    yield from (parts[name] for name in _BEHIND[result.kind] if name in parts)
    if reading := parts.get("reading"):
        yield from (node for node in reading.body if isinstance(node, Value) and node.style == "risk")


def _ends(result: CardResult, found: Funnel, words: Words) -> Bars:
    """The end of a funnel as it is, beside that with the other rates."""
    real, other = found.counts[-1].number, what_if(found, result.changed).end or 0
    most = max(real, other)
    rows = (
        BarRow(words("calculator.real_end"), length(real, most), (format_exact(real),)),
        BarRow(words("calc.name_new_end"), length(other, most), (format_exact(other),), "done"),
    )
    return Bars((words("calculator.ends"), words("calc.number")), rows)
