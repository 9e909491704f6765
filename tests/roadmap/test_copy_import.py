"""Importing a copy of a roadmap, node by node."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.copy_import import import_copy
from lfroadmap.roadmap.edits import Bind, Edit, Rename, SetRow
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Kpi, Measurement, Roadmap, Stage
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.tree import places
from lfroadmap.words import words
from plans import edits, roadmaps

ROW = CalculatorRow("row", "Acme", stage="Quote", value="5")
CALCULATOR = Calculator("c", "pipeline", "Deals", (ROW,))
PLAN = Roadmap("r", "", "", (Stage("s", "S", (Card("card", "C", calculators=(CALCULATOR,)),)),))


def test_the_cells_of_a_calculator_come_in_and_are_shown() -> None:
    copy = Add(CalculatorRow("new", "Beta", stage="Won"), "c").on(SetRow("row", "stage", "Won").on(PLAN))
    found = import_copy(PLAN, copy, "en")
    assert found.edit.on(PLAN) == copy
    shown = [(row.outcome, row.what, row.changes) for row in found.rows if row.outcome != "same"]
    assert shown == [
        ("change", "Deals · Acme", (("deal_stage", "Quote", "Won"),)), ("add", "Beta", ()),
    ]  # fmt: skip


def test_what_a_kpi_is_bound_to_and_measurements_come_in_and_are_shown() -> None:
    known = Measurement("m", None, "2026-03-01")
    plan = Add(known, "r").on(Add(Kpi("k", "Close rate"), "r").on(PLAN))
    copy = Add(Measurement("new", None, "2026-04-01", figures="{}"), "r").on(plan)
    copy = Rename("m", "Before the fair").on(Bind("k", "close_rate", "ads").on(copy))
    found = import_copy(plan, copy, "en")
    assert found.edit.on(plan) == copy
    shown = [(row.outcome, row.what, row.changes) for row in found.rows if row.outcome != "same"]
    assert shown == [
        ("change", "Close rate", (("bound_to", "", "close_rate?channel=ads"),)),
        ("change", "2026-03-01", (("measurement", "m", "Before the fair"),)), ("add", "2026-04-01", ()),
    ]  # fmt: skip


@examples(50)
@given(roadmaps, st.lists(edits, max_size=6))
def test_values_of_any_copy_come_in_and_every_column_has_words(before: Roadmap, changes: list[Edit]) -> None:
    copy = before
    for edit in changes:
        copy = edit.on(copy)
    found = import_copy(before, copy, "he")
    known = {place.node.id for place in places(found.edit.on(before))}
    assert {place.node.id for place in places(before)} <= known
    for row in found.rows:
        assert all(words("he")(f"sheet.{column}") for column, _, _ in row.changes)
