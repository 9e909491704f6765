"""Results of a card's calculator, and the cells of its table that cannot be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from typing import Literal, NamedTuple, TypeVar

from lfroadmap.roadmap.calculators.deals import DealCells, DealRows, deal_rows
from lfroadmap.roadmap.calculators.funnel import Count, Funnel, funnel, reaches
from lfroadmap.roadmap.calculators.numbers import (
    Fault,
    NumberFault,
    count_of,
    currency_of,
    quantity,
    share_of,
)
from lfroadmap.roadmap.calculators.pipeline import Pipeline, pipeline
from lfroadmap.roadmap.calculators.stage_words import known_words
from lfroadmap.roadmap.calculators.unit_economics import UnitEconomics
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorKind, CalculatorRow
from lfroadmap.roadmap.templates import Labels

FigureUnit = Literal["%", "days", "money", "number", "months"]
UNIT_FIGURES: dict[str, FigureUnit] = {
    "cac": "money", "ltv": "money", "ratio": "number", "payback": "months", "roi": "%",
}  # fmt: skip
"""Figures of a row of unit economics -> their units."""
READERS: dict[str, Callable[[str], object]] = {
    "count": count_of, "customers": count_of, "rate": share_of, "probability": share_of,
    "value": partial(quantity, kind="money"), "spend": partial(quantity, kind="money"),
    "days": partial(quantity, kind="days"), "months": partial(quantity, kind="months"),
}  # fmt: skip
"""Columns of numbers -> the reading of one cell; raises NumberFault."""
T = TypeVar("T")


class CellFault(NamedTuple):
    """A cell that cannot be counted with, and why: the key of `error.number_<fault>`."""

    row: str
    """The id of its row."""
    column: str
    fault: Fault


class Figure(NamedTuple):
    """A result that a KPI can take as its value."""

    name: str
    """Stable, such as `overall`, `rate-2`, or `cac/<id of a row>`."""
    value: Fraction | None
    """Where the unit is `%`, a share of 1; None where the table does not say enough."""
    unit: FigureUnit
    row: str = ""
    """The id of the row that it belongs to; empty for a result of the whole table."""


@dataclass(frozen=True, slots=True)
class CardResult:
    """What follows from a calculator's table; of the kinds' results only that of its own is there."""

    kind: CalculatorKind
    funnel: Funnel | None = None
    """None where no row has a count, or one cannot be read: rates would jump over its step."""
    changed: Mapping[int, Fraction] = field(default_factory=dict)
    """Other rates by the number of their step; empty where one of them cannot be read."""
    pipeline: Pipeline | None = None
    """None where no row can be counted, and for values in several currencies."""
    deals: DealRows | None = None
    """The rows of a pipeline, by their number in the calculator from 1."""
    units: tuple[tuple[str, UnitEconomics], ...] = ()
    """The ids of rows and their unit economics."""
    faults: tuple[CellFault, ...] = ()
    counted: tuple[str, ...] = ()
    """The ids of the rows that are the funnel's counts, in their order."""
    currencies: tuple[str, ...] = ()
    """The signs of the currencies of all amounts; with several nothing is calculated."""


def calculate(calculator: Calculator, labels: Labels) -> CardResult:
    """The results of a calculator's table; rows without a value are passed over."""
    rows = [row for row in calculator.rows if not is_empty(row, calculator.kind)]
    if calculator.kind == "funnel":
        return _funnel(rows, labels)
    return _pipeline(calculator, labels) if calculator.kind == "pipeline" else _units(rows)


def is_empty(row: CalculatorRow, kind: CalculatorKind) -> bool:
    """True if none of the row's cells has a value; its name alone is none."""
    return not any(getattr(row, column).strip() for column in CALCULATOR_COLUMNS[kind] if column != "name")


def row_name(row: CalculatorRow, labels: Labels) -> str:
    """The row's name, its own or its template's; empty where it has none."""
    name = labels.template_text(row, "name") if row.name is None else row.name
    return " ".join((name or "").split())


class _Cells:
    """Reads cells, and collects the ones that cannot be read."""

    def __init__(self) -> None:
        self.faults: list[CellFault] = []

    def read(self, row: CalculatorRow, column: str, read: Callable[[str], T]) -> T | None:
        try:
            return read(getattr(row, column))
        except NumberFault as error:
            self.faults.append(CellFault(row.id, column, error.fault))
        return None


def _funnel(rows: Sequence[CalculatorRow], labels: Labels) -> CardResult:
    cells = _Cells()
    counts = [cells.read(row, "count", count_of) for row in rows]
    known = [
        Count(row_name(row, labels) or str(n), count)
        for n, (row, count) in enumerate(zip(rows, counts, strict=True), 1)
        if count is not None
    ]
    found = funnel(known) if known and not cells.faults else None
    rates = {
        place: rate
        for place, row in enumerate(rows)
        if row.rate.strip() and (rate := cells.read(row, "rate", share_of)) is not None
    }
    faults = list(cells.faults)
    if found:
        faults += _idle_rates(found, rates, rows)
    changed = {} if faults else rates
    ids = tuple(row.id for row in rows) if found else ()
    return CardResult("funnel", found, changed, faults=tuple(faults), counted=ids)


def _idle_rates(
    found: Funnel, rates: Mapping[int, Fraction], rows: Sequence[CalculatorRow]
) -> Iterator[CellFault]:
    """The rates that change nothing."""
    real = {place: rate for place, rate in rates.items() if place}
    for place in rates:
        if not place:
            yield CellFault(rows[place].id, "rate", "first_rate")
        elif not reaches(found, real, place):
            yield CellFault(rows[place].id, "rate", "nobody")


_COLUMN_OF_STAGES = {"stage": "name", "reached": "count"}
"""Column of a table of stages -> the calculator's column that has it."""


def _pipeline(calculator: Calculator, labels: Labels) -> CardResult:
    rows = {n: row for n, row in enumerate(calculator.rows, 1) if not is_empty(row, "pipeline")}
    are_stages = not any(row.stage.strip() for row in rows.values())
    read = _stage_cells if are_stages else _deal_cells
    found = deal_rows((read(n, row, labels) for n, row in rows.items()), are_stages)
    columns = _COLUMN_OF_STAGES if are_stages else {}
    faults = [
        CellFault(rows[cell.row].id, columns.get(cell.column, cell.column), cell.fault) for cell in found.bad
    ]
    if not are_stages:
        faults += [CellFault(row.id, "count", "deal_count") for row in rows.values() if row.count.strip()]
    faults += _other_currencies(list(rows.values()), ("value",))
    is_one = len(found.currencies) < 2 and found.deals
    return CardResult(
        "pipeline",
        pipeline=pipeline(found, known_words()) if is_one else None,
        deals=found,
        faults=tuple(faults),
        currencies=found.currencies,
    )


def _stage_cells(n: int, row: CalculatorRow, labels: Labels) -> DealCells:
    name = row_name(row, labels)
    return DealCells(n, "", name, row.value, row.probability, row.days, row.count)


def _deal_cells(n: int, row: CalculatorRow, labels: Labels) -> DealCells:
    return DealCells(n, row_name(row, labels), row.stage, row.value, row.probability, row.days)


def _units(rows: Sequence[CalculatorRow]) -> CardResult:
    cells = _Cells()
    found = [(row.id, _unit(row, cells)) for row in rows]
    amounts = ("spend", "value")
    signs = tuple(dict.fromkeys(sign for row in rows for sign in _signs(row, amounts).values()))
    known = () if len(signs) > 1 else tuple((row, unit) for row, unit in found if unit)
    faults = (*cells.faults, *_other_currencies(rows, amounts))
    return CardResult("unit", units=known, faults=faults, currencies=signs)


def _unit(row: CalculatorRow, cells: _Cells) -> UnitEconomics | None:
    spend = cells.read(row, "spend", lambda text: quantity(text, "money"))
    customers = cells.read(row, "customers", count_of)
    value = cells.read(row, "value", lambda text: quantity(text, "money"))
    months = cells.read(row, "months", lambda text: quantity(text, "months"))
    if spend is None or customers is None or value is None or months is None:
        return None
    return UnitEconomics(spend, customers, value, months)


def _signs(row: CalculatorRow, columns: Sequence[str]) -> dict[str, str]:
    """Column -> the sign of the currency in its cell."""
    signs = {column: currency_of(getattr(row, column)) for column in columns}
    return {column: sign for column, sign in signs.items() if sign}


def _other_currencies(rows: Sequence[CalculatorRow], columns: Sequence[str]) -> Iterator[CellFault]:
    """The amounts in another currency than the first."""
    signs = [(row.id, column, sign) for row in rows for column, sign in _signs(row, columns).items()]
    for row, column, sign in signs:
        if sign != signs[0][2]:
            yield CellFault(row, column, "currency")


def figures(result: CardResult) -> tuple[Figure, ...]:
    """The headline results; those of several rows of unit economics have the row's id in their names."""
    if result.funnel:
        return tuple(_funnel_figures(result.funnel, result.counted))
    if result.pipeline:
        return tuple(_pipeline_figures(result.pipeline))
    is_one = len(result.units) == 1
    return tuple(
        Figure(name if is_one else f"{name}/{row}", getattr(unit, name), kind, row)
        for row, unit in result.units
        for name, kind in UNIT_FIGURES.items()
    )


def figure(result: CardResult, name: str) -> Figure | None:
    """The figure of a name; of unit economics without a row's id it is that of the first row."""
    found = next((each for each in figures(result) if each.name == name), None)
    plain, _, row = name.partition("/")
    if found is None and plain in UNIT_FIGURES and result.units:
        rows = dict(result.units)
        row = row or result.units[0][0]
        return Figure(name, getattr(rows[row], plain), UNIT_FIGURES[plain], row) if row in rows else None
    return found


def _funnel_figures(found: Funnel, rows: Sequence[str]) -> Iterator[Figure]:
    """The counts as they are; other rates, which are typed to see what would come of them, change nothing."""
    yield Figure("overall", found.overall, "%")
    for step in found.steps:
        yield Figure(f"rate-{step.place}", step.rate, "%", rows[step.place])
    yield Figure("end", Fraction(found.counts[-1].number), "number", rows[-1])


def _pipeline_figures(found: Pipeline) -> Iterator[Figure]:
    stay = found.longest_stay
    yield Figure("value", found.value, "money")
    yield Figure("weighted", found.weighted, "money")
    yield Figure("forecast", found.forecast, "money")
    yield Figure("success-rate", found.success, "%")
    yield Figure("win-rate", found.win_rate, "%")
    yield Figure("longest-stay", stay.days if stay else None, "days")
