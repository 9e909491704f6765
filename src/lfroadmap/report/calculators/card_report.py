"""The report of a calculator in a card: its table as typed, and what follows from it."""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.report.anchors import anchor
from lfroadmap.report.bars import Bars
from lfroadmap.report.calculators.columns import column_title, shown_columns
from lfroadmap.report.calculators.funnel_report import funnel_report
from lfroadmap.report.calculators.pipeline_report import pipeline_report
from lfroadmap.report.calculators.unit_report import unit_report, units_report
from lfroadmap.report.nodes import Facts, Grid, Report, Section, Value, limit_rows
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.calculators.card_tables import CardResult, calculate, row_name
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorRow
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words


def calculator_report(
    calculator: Calculator, labels: Labels, words: Words, limit: int | None = None
) -> Report:
    """The table and its results; of its lists at most `limit` rows are shown."""
    result = calculate(calculator, labels)
    found = result_report(result, calculator, labels, words, limit)
    table = _table(calculator, result, labels, words)
    rows = limit_rows(table, limit, words) if table.rows else ()
    remarks = calculator_remarks(result, words, has_rows=bool(table.rows))
    body = (Section(words("calculator.table"), (*rows, *remarks), "table"), *found.body)
    return replace(found, title=labels.of(calculator), body=body)


def calculator_section(calculator: Calculator, labels: Labels, words: Words) -> Section:
    """The same as a part of a card."""
    result = calculate(calculator, labels)
    found = result_report(result, calculator, labels, words)
    own = anchor(calculator)
    parts = (replace(part, id=f"{own}-{part.id}") for part in found.body if isinstance(part, Section))
    facts = (found.facts,) if found.facts.pairs else ()
    table = _table(calculator, result, labels, words)
    rows = (table,) if table.rows else ()
    return Section(
        labels.of(calculator),
        (*rows, *calculator_remarks(result, words, has_rows=bool(rows)), *facts, *parts),
        own,
    )


def first_bars(calculator: Calculator, labels: Labels, words: Words) -> Bars | None:
    """The first chart of what follows from the table; None where nothing does."""
    found = result_report(calculate(calculator, labels), calculator, labels, words)
    parts = (node for part in found.body if isinstance(part, Section) for node in part.body)
    return next((node for node in parts if isinstance(node, Bars)), None)


def result_report(
    result: CardResult, calculator: Calculator, labels: Labels, words: Words, limit: int | None = None
) -> Report:
    """What follows from the table, as `calc` prints it; without facts and parts where nothing does."""
    if result.funnel:
        return funnel_report(result.funnel, words, result.changed)
    if result.pipeline and result.deals:
        return pipeline_report(result.pipeline, result.deals, words, limit=limit)
    names = {row.id: row_name(row, labels) or str(n) for n, row in enumerate(calculator.rows, 1)}
    if len(result.units) == 1:
        return unit_report(result.units[0][1], words)
    if result.units:
        return units_report([(names[row], found) for row, found in result.units], words)
    return Report("", words.language, words.direction, Facts(()), ())


def _table(calculator: Calculator, result: CardResult, labels: Labels, words: Words) -> Grid:
    """The rows as typed; the reason stands beside a cell that cannot be read."""
    needed = {*shown_columns(calculator), *(each.column for each in result.faults)}
    columns = tuple(column for column in CALCULATOR_COLUMNS[calculator.kind] if column in needed)
    faults = {(each.row, each.column): words(f"error.number_{each.fault}") for each in result.faults}
    heads = tuple(column_title(calculator.kind, column, words) for column in columns)
    return Grid(
        heads,
        tuple(
            tuple(_cell(row, column, labels, faults.get((row.id, column), "")) for column in columns)
            for row in calculator.rows
        ),
    )


def _cell(row: CalculatorRow, column: str, labels: Labels, fault: str) -> Value:
    text = row_name(row, labels) if column == "name" else getattr(row, column)
    shown = Value(text) if text.strip() else EMPTY
    return replace(shown, style="late", note=fault) if fault else shown


def calculator_remarks(result: CardResult, words: Words, *, has_rows: bool) -> tuple[Value, ...]:
    """Why nothing follows from the table, where a person cannot see it from one cell."""
    if len(result.currencies) > 1:
        return (Value(words("error.calc_currencies", signs=", ".join(result.currencies)), "late"),)
    nothing = not (result.funnel or result.pipeline or result.units)
    if nothing and any(each.fault != "empty" for each in result.faults):
        return (Value(words("calculator.not_calculated"), "late"),)
    return (
        (Value(words("calculator.nothing_yet" if has_rows else "calculator.no_rows"), "muted"),)
        if nothing
        else ()
    )
