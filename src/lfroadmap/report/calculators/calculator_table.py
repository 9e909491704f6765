"""The calculators of a roadmap as a plain table: a row for each, and one for each row of its table."""

from __future__ import annotations

from collections.abc import Iterator

from lfroadmap.report.calculators.card_report import result_report
from lfroadmap.report.calculators.columns import column_title
from lfroadmap.report.calculators.figures import format_exact, format_rate
from lfroadmap.report.tables import Cell, Table, number_cell
from lfroadmap.roadmap.calculators.card_tables import CardResult, calculate, row_name
from lfroadmap.roadmap.calculators.columns import TABLE_COLUMNS
from lfroadmap.roadmap.model import ROW_VALUES, Calculator, Roadmap
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

NAME = "calculators"


def calculator_table(roadmap: Roadmap, words: Words) -> Table:
    """The table, with cells as typed and the results in words; without rows where there is no calculator."""
    labels = Labels(roadmap.template, words.language)
    rows = (
        (*place, *cells)
        for stage in roadmap.stages
        for card in stage.cards
        for calculator in card.calculators
        for place, cells in _rows((labels.of(stage), labels.of(card)), calculator, labels, words)
    )
    return Table(NAME, TABLE_COLUMNS, tuple(rows))


def _rows(
    above: tuple[str, str], calculator: Calculator, labels: Labels, words: Words
) -> Iterator[tuple[tuple[Cell, ...], tuple[Cell, ...]]]:
    """The places and the cells of the rows of one calculator, its own first."""
    result = calculate(calculator, labels)
    found = result_report(result, calculator, labels, words)
    own = [
        f"{label}: {value.text}" + (f" ({value.note})" if value.note else "")
        for label, value in found.facts.pairs
    ]
    names = (*above, labels.of(calculator), words(f"calc.{calculator.kind}"))
    yield (calculator.id, *names, ""), (*("" for _ in ROW_VALUES), "\n".join(own))
    results = _row_results(calculator, result, words)
    for row in calculator.rows:
        values = (number_cell(getattr(row, column)) for column in ROW_VALUES)
        yield (row.id, *names, row_name(row, labels)), (*values, "\n".join(results.get(row.id, ())))


def _row_results(calculator: Calculator, result: CardResult, words: Words) -> dict[str, list[str]]:
    """Id of a row -> what follows from it, or why a cell of it cannot be read."""
    found: dict[str, list[str]] = {}
    if result.funnel:
        for step in result.funnel.steps:
            rate, loss = format_rate(step.rate), format_exact(step.loss)
            texts = [f"{words('calc.name_rate')}: {rate}", f"{words('calc.name_loss')}: {loss}"]
            found[result.counted[step.place]] = texts[: 1 if step.grows else 2]
    for row, unit in result.units:
        numbers = {"cac": unit.cac, "ltv": unit.ltv, "ratio": unit.ratio, "payback": unit.payback}
        texts = [f"{words(f'calc.name_{name}')}: {format_exact(number)}" for name, number in numbers.items()]
        found[row] = [*texts, f"{words('calc.name_roi')}: {format_rate(unit.roi)}"]
    if result.pipeline and not result.pipeline.are_stages:
        for placed in result.pipeline.deals:
            found[calculator.rows[placed.deal.row - 1].id] = [words(f"calc.{placed.standing}")]
    for fault in result.faults:
        found.setdefault(fault.row, []).append(
            f"{column_title(calculator.kind, fault.column, words)}: {words(f'error.number_{fault.fault}')}"
        )
    return found
