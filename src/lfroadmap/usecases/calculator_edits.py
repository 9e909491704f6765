"""The edits of calculators that commands ask for: cells, rows, and whole calculators."""

from __future__ import annotations

from dataclasses import replace

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.calculators.card_tables import READERS
from lfroadmap.roadmap.calculators.columns import column_key
from lfroadmap.roadmap.calculators.numbers import NumberFault
from lfroadmap.roadmap.edits import Rename, between
from lfroadmap.roadmap.model import (
    CALCULATOR_COLUMNS,
    Calculator,
    CalculatorKind,
    CalculatorRow,
    Card,
    Node,
    Roadmap,
)
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import Place, find
from lfroadmap.text import match_key, one_line
from lfroadmap.usecases.plan_edits import Made, PlanEdits, checked_title
from lfroadmap.words import LANGUAGES, words


def set_value(plan: PlanEdits, named: str, typed: str) -> Made:
    """A field of a card, or a cell of a calculator, with another value.

    `named` is `CARD.FIELD`, `CARD.CALCULATOR.ROW.COLUMN`, or begins with the id of the calculator or the row.
    Raises RoadmapError where it means none, or several, and UsageError for a value that cannot be read.
    """
    row, column, kind = _cell(plan, named)
    if row is None:
        return _set_field(plan, named, typed)
    value = " ".join(typed.split())
    if column == "name":
        return Made(Rename(row.id, checked_title(value)), (row.id,))
    _check(column, value, plan.words(column_key(kind, column)))
    values = {column: value}
    return Made(Batch(tuple(between(row, replace(row, **values)))), (row.id,))


def _set_field(plan: PlanEdits, named: str, typed: str) -> Made:
    """A field of a card; raises UsageError where the text names a row of a calculator, but no column."""
    try:
        return plan.set_field(named, typed)
    except RoadmapError as error:
        place = row_place(plan, named) if error.key == "no_such_card" else None
        if place is None:
            raise
        calculator = _above(plan.roadmap, place)
        columns = ", ".join(CALCULATOR_COLUMNS[calculator.kind])
        raise UsageError("column_missing", named=one_line(named), known=columns) from error


def _check(column: str, value: str, title: str) -> None:
    """Raise UsageError for a number that the calculator could not read."""
    if value and column in READERS:
        try:
            READERS[column](value)
        except NumberFault as error:
            why = RoadmapError(f"number_{error.fault}")
            raise UsageError("calc_number", argument=title, typed=value[:80], why=why) from error


def _cell(plan: PlanEdits, named: str) -> tuple[CalculatorRow | None, str, CalculatorKind]:
    """The row and the column that a text names, with the calculator's kind; no row where it names no cell."""
    above, dot, last = named.rpartition(".")
    if not dot or find(plan.roadmap, named):
        return None, "", "funnel"
    place = row_place(plan, above)
    if place is None or not isinstance(place.node, CalculatorRow):
        return None, "", "funnel"
    calculator = _above(plan.roadmap, place)
    columns = CALCULATOR_COLUMNS[calculator.kind]
    for column in columns:
        if match_key(last) in {column, *_titles(calculator.kind, column)}:
            return place.node, column, calculator.kind
    name = f"{plan.name(calculator)}.{plan.name(place.node)}"
    raise UsageError("no_such_column", name=one_line(last), row=name, known=", ".join(columns))


def _titles(kind: CalculatorKind, column: str) -> set[str]:
    """The headings of a column in all languages, for comparison."""
    return {match_key(words(language)(column_key(kind, column))) for language in LANGUAGES}


def _above(roadmap: Roadmap, place: Place) -> Calculator:
    above = find(roadmap, place.parent)
    assert above is not None
    assert isinstance(above.node, Calculator)
    return above.node


def row_place(plan: PlanEdits, named: str) -> Place | None:
    """The row of `CARD.CALCULATOR.ROW`, or of an id; None where the text begins with no calculator."""
    place = find(plan.roadmap, named)
    if place and isinstance(place.node, CalculatorRow):
        return place
    above, dot, row = named.rpartition(".")
    calculator = calculator_place(plan, above) if dot else None
    return plan.one(CalculatorRow, row, calculator.node) if calculator else None


def calculator_place(plan: PlanEdits, named: str) -> Place | None:
    """The calculator of `CARD.CALCULATOR`, or of an id; None where the text begins with no card."""
    place = find(plan.roadmap, named)
    if place and isinstance(place.node, Calculator):
        return place
    card, dot, calculator = named.rpartition(".")
    if not dot:
        return None
    try:
        above: Node = plan.one(Card, card).node
    except RoadmapError:
        return None  # the text may name a field, whose own error says what is wrong
    if not isinstance(above, Card) or not above.calculators:
        return None
    return plan.one(Calculator, calculator, above)


def named_calculator(plan: PlanEdits, named: str) -> Place:
    """The calculator that a text means: `CARD.CALCULATOR`, its id, or words of its title alone."""
    return calculator_place(plan, named) or plan.one(Calculator, named)


def named_row(plan: PlanEdits, named: str) -> Place:
    """The row that a text means: `CALCULATOR.ROW`, its id, or words of its name alone."""
    if place := row_place(plan, named):
        return place
    above, dot, row = named.rpartition(".")
    return plan.one(CalculatorRow, row, named_calculator(plan, above).node if dot else None)


def pipeline_calculator(plan: PlanEdits, named: str) -> Calculator:
    """The pipeline calculator that a text means: as `named_calculator`, or the only one of a card.

    Raises RoadmapError where it means none, and UsageError where the card has several.
    """
    place = calculator_place(plan, named)
    if place and isinstance(place.node, Calculator):
        return place.node
    try:
        card = plan.one(Card, named).node
    except RoadmapError:
        node = plan.one(Calculator, named).node
        assert isinstance(node, Calculator)
        return node
    assert isinstance(card, Card)
    found = [each for each in card.calculators if each.kind == "pipeline"]
    if not found:
        raise RoadmapError("no_pipeline", card=plan.name(card))
    if len(found) > 1:
        listed = "\n".join(f"  {each.id}  {plan.name(each)}" for each in found)
        raise UsageError("several_named", name=one_line(named), found=listed)
    return found[0]


def add_calculator(plan: PlanEdits, card: str, kind: str, title: str) -> Made:
    """An empty calculator at the end of a card."""
    for known in CALCULATOR_COLUMNS:
        if known == kind:
            node = Calculator(plan.new_id(), known, checked_title(title))
            return Made(Add(node, plan.one(Card, card).node.id), (node.id,))
    raise UsageError("calculator_kind", name=one_line(kind), known=", ".join(CALCULATOR_COLUMNS))


def add_row(plan: PlanEdits, calculator: str, name: str) -> Made:
    """A row at the end of a calculator's table, with nothing but a name."""
    node = CalculatorRow(plan.new_id(), checked_title(name))
    return Made(Add(node, named_calculator(plan, calculator).node.id), (node.id,))


def rename_calculator(plan: PlanEdits, named: str, title: str) -> Made:
    """A calculator with another title."""
    node = named_calculator(plan, named).node
    return Made(Rename(node.id, checked_title(title)), (node.id,))


def rename_row(plan: PlanEdits, named: str, name: str) -> Made:
    """A row with another name."""
    node = named_row(plan, named).node
    return Made(Rename(node.id, checked_title(name)), (node.id,))


def remove_calculator(plan: PlanEdits, named: str) -> Made:
    """A calculator removed, with its rows."""
    node = named_calculator(plan, named).node
    return Made(Remove(node.id), (node.id,))


def remove_row(plan: PlanEdits, named: str) -> Made:
    """A row removed."""
    node = named_row(plan, named).node
    return Made(Remove(node.id), (node.id,))
