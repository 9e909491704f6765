"""Results of calculators as values of KPIs: which there are, and in which form a KPI takes one."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from lfroadmap.roadmap.calculators.card_tables import CardResult, Figure, calculate, figure, figures
from lfroadmap.roadmap.calculators.numbers import (
    NumberFault,
    amount_of,
    decimals_of,
    unit_of,
)
from lfroadmap.roadmap.kpi_readings import calculators, current_reading, find_calculator
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Kpi, Reading, Roadmap
from lfroadmap.roadmap.progress import is_relative, number_in
from lfroadmap.roadmap.templates import Labels

Misfit = Literal["none", "unit", "no_unit"]
"""Why a KPI cannot take a result: there is none, it is in another unit, or the KPI's unit is not known."""
_PLACES = {"days": 1}
"""Unit of a figure -> decimals that a KPI's value has; otherwise as calculators print it."""
_RATE = "rate"


class KpiFigure(NamedTuple):
    """A result of a calculator that a KPI can take."""

    card: Card
    calculator: Calculator
    figure: Figure
    currency: str = ""
    """The sign of the currency of its amounts; empty where the table names none."""

    @property
    def name(self) -> str:
        """Its name, by the id of its row where it belongs to one, so that it stays the same among others."""
        plain, row = self.figure.name.partition("/")[0], self.figure.row
        if self.figure.name.startswith(f"{_RATE}-"):
            return f"{_RATE}/{row}"
        return f"{plain}/{row}" if row and plain != "end" else plain

    @property
    def source(self) -> str:
        """As a reading stores it."""
        return f"{self.calculator.id}/{self.name}"


class MisfitError(ValueError):
    """A result that a KPI cannot take."""

    def __init__(self, misfit: Misfit) -> None:
        super().__init__(misfit)
        self.misfit: Misfit = misfit


class ValueSource(NamedTuple):
    """Where the current value of a KPI comes from."""

    kpi: Kpi
    reading: Reading
    calculator: Calculator | None = None
    """None where it is gone, and for a value that no calculator gave."""
    figure: KpiFigure | None = None
    """The result as it is now; None where the table has no such result any more."""
    value_now: str = ""
    """The result as the KPI would take it now; empty where it cannot."""

    def node(self, node_id: str) -> Calculator | CalculatorRow | None:
        """The calculator, or a row of it."""
        calculator = self.calculator
        if calculator is None or node_id == calculator.id:
            return calculator
        return next((row for row in calculator.rows if row.id == node_id), None)

    @property
    def is_gone(self) -> bool:
        """True for a calculator's value whose calculator was removed."""
        return self.reading.origin == "calculated" and self.calculator is None

    @property
    def is_outdated(self) -> bool:
        """True if the KPI would take another value now."""
        return bool(self.value_now) and self.value_now != (self.reading.value or "")


def kpi_figures(roadmap: Roadmap, labels: Labels) -> Iterator[KpiFigure]:
    """The results of all calculators in reading order, also those that cannot be calculated yet."""
    for card, calculator in calculators(roadmap):
        yield from figures_of(card, calculator, labels)


def figures_of(card: Card, calculator: Calculator, labels: Labels) -> Iterator[KpiFigure]:
    """The results of one calculator."""
    result = _calculated(calculator, labels)
    for each in figures(result):
        yield KpiFigure(card, calculator, each, _currency(result))


@lru_cache(maxsize=32)
def _calculated(calculator: Calculator, labels: Labels) -> CardResult:
    """The result of a table; a table is a value, so that it is calculated once."""
    return calculate(calculator, labels)


def _currency(result: CardResult) -> str:
    return result.currencies[0] if result.currencies else ""


def current_source(roadmap: Roadmap, kpi: Kpi, labels: Labels) -> ValueSource | None:
    """Where the current value of a KPI comes from; None where a person typed it."""
    reading = current_reading(kpi)
    if reading is None or reading.origin != "calculated":
        return ValueSource(kpi, reading) if reading else None
    found = find_calculator(roadmap, reading.source)
    if found is None:
        return ValueSource(kpi, reading)
    card, calculator, name = found
    found_now = find_figure(card, calculator, name, labels)
    return ValueSource(
        kpi, reading, calculator, found_now, _value_now(found_now, kpi, labels) if found_now else ""
    )


def find_figure(card: Card, calculator: Calculator, name: str, labels: Labels) -> KpiFigure | None:
    """A calculator's result by its name; None where there is no such result."""
    named = (each for each in figures_of(card, calculator, labels) if name in (each.name, each.figure.name))
    if found := next(named, None):
        return found
    result = _calculated(calculator, labels)
    known = figure(result, name)
    return KpiFigure(card, calculator, known, _currency(result)) if known else None


def _value_now(found: KpiFigure, kpi: Kpi, labels: Labels) -> str:
    try:
        return value_for(found, kpi, labels)
    except MisfitError:
        return ""


def value_for(found: KpiFigure, kpi: Kpi, labels: Labels) -> str:
    """The result as a KPI has it, in its unit and in the form of its other numbers; raises MisfitError."""
    if found.figure.value is None:
        raise MisfitError("none")
    return value_in_unit(found.figure.value, found.figure.unit, found.currency, kpi, labels)


def misfit_of(unit: str, currency: str, kpi: Kpi, labels: Labels) -> Misfit | None:
    """Why a KPI can take no number of a unit; None where it can."""
    known = unit_of_kpi(kpi, labels)
    if _fits(unit, known, currency):
        return None
    return "no_unit" if known == "" else "unit"


def value_in_unit(value: Fraction, unit: str, currency: str, kpi: Kpi, labels: Labels) -> str:
    """A number as a KPI has it, a share in percent; raises MisfitError where it has another unit."""
    if misfit := misfit_of(unit, currency, kpi, labels):
        raise MisfitError(misfit)
    if unit == "%":
        sign = "%" if not kpi.unit.strip() or _is_signed(kpi) else ""
        return f"{_decimal(value * 100)}{sign}"
    return _decimal(value, _PLACES.get(unit, 2))


def unit_of_kpi(kpi: Kpi, labels: Labels) -> str | None:
    """The unit of a KPI's values: a currency's sign, `%`, `days`, `months`; None for another one.

    Where the KPI names none, it is that of its numbers; empty where they have none either.
    """
    for text in (kpi.unit, labels.kpi(kpi, "unit")):
        if unit := unit_of(text):
            return unit
    if kpi.unit.strip():
        return None
    target = labels.kpi(kpi, "target")
    for typed in (kpi.current, kpi.baseline, "" if is_relative(target) else target):
        try:
            if unit := amount_of(typed).unit:
                return unit
        except NumberFault:
            continue  # a text without a number has no unit
    return ""


def _fits(unit: str, known: str | None, currency: str) -> bool:
    if unit == "number":
        return known in ("", None)
    if unit == "money":
        return bool(known) and known not in ("%", "days", "months") and currency in ("", known)
    return known == unit


def _is_signed(kpi: Kpi) -> bool:
    """True if the KPI's numbers are written with a percent sign."""
    return any("%" in typed for typed in (kpi.current, kpi.baseline) if number_in(typed) is not None)


def _decimal(number: Fraction, places: int = 2) -> str:
    """A number without groups, so that tables take it for one; at least two digits of a small one remain."""
    places = decimals_of(number, places)
    scaled = round(number * 10**places)
    whole, part = divmod(abs(scaled), 10**places)
    decimals = f".{part:0{places}}".rstrip("0").rstrip(".") if places else ""
    return f"{'-' if scaled < 0 else ''}{whole}{decimals}"
