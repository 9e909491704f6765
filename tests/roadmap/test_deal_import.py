"""Tables of deals and stages into a pipeline calculator."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.calculators.deals import DealCells
from lfroadmap.roadmap.deal_import import DealImport, import_deals
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Roadmap, Stage
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import find

LABELS = Labels("", "en")
EVERY = {"name", "stage", "value", "probability", "days", "reached"}


def plan(calculator: Calculator) -> Roadmap:
    return Roadmap("r", "", "", (Stage("s", "S", (Card("card", "C", calculators=(calculator,)),)),))


def imported(
    calculator: Calculator, *cells: DealCells, columns: set[str] = EVERY
) -> tuple[DealImport, Calculator]:
    numbers = count(len(calculator.rows))
    found = import_deals(calculator, cells, columns, LABELS, lambda: f"new{next(numbers)}")
    place = find(found.edit.on(plan(calculator)), calculator.id)
    assert place
    assert isinstance(place.node, Calculator)
    return found, place.node


EMPTY = Calculator("c", "pipeline", "Deals")
ACME = DealCells(2, "Acme", "Quote", "1,000", "50%", "3")


def test_rows_are_added_and_a_second_import_changes_nothing() -> None:
    found, after = imported(EMPTY, ACME, ACME._replace(value="5"), DealCells(4, "", "Lead"))
    assert [(row.name, row.stage, row.value) for row in after.rows] == [
        ("Acme", "Quote", "1,000"), ("Acme", "Quote", "5"), ("", "Lead", ""),
    ]  # fmt: skip
    assert ([row.is_new for row in found.rows], found.same) == ([True] * 3, 0)
    again, same = imported(after, ACME, ACME._replace(value="5"), DealCells(4, "", "Lead"))
    assert (again.rows, again.same, same) == ((), 3, after)


def test_what_the_file_lacks_stays() -> None:
    _, before = imported(EMPTY, ACME, DealCells(3, "Beta", "Won", "7"))
    found, after = imported(before, DealCells(2, "ACME", "Won"), columns={"name", "stage"})
    assert [row.cells for row in found.rows] == [(("stage", "Quote", "Won"),)]
    assert [(row.stage, row.value) for row in after.rows] == [("Won", "1,000"), ("Won", "7")]


def test_cells_that_will_not_be_counted_are_known_before_the_import() -> None:
    found, after = imported(EMPTY, ACME, ACME._replace(name="Beta", value="1.000", probability="150%"))
    assert [(fault.column, fault.fault) for fault in found.faults] == [
        ("value", "ambiguous"), ("probability", "no_share"),
    ]  # fmt: skip
    assert {fault.row for fault in found.faults} == {after.rows[1].id}
    again, _ = imported(after, ACME)
    assert again.faults == found.faults
    repaired, _ = imported(after, ACME, ACME._replace(name="Beta"))
    assert repaired.faults == ()


def test_stages_go_into_the_rows_of_their_names() -> None:
    calculator = Calculator(
        "c", "pipeline", "Stages", (CalculatorRow("r1", "Lead"), CalculatorRow("r2", "Quote"))
    )
    cells = [DealCells(n, stage=name, reached=str(n)) for n, name in enumerate(("Lead", "Quote", "Close"), 1)]
    _, after = imported(calculator, *cells)
    assert [(row.name, row.count, row.stage) for row in after.rows] == [
        ("Lead", "1", ""), ("Quote", "2", ""), ("Close", "3", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("calculator", "cells", "key"),
    [
        (Calculator("c", "unit"), ACME, "deals_need_pipeline"),
        (Calculator("c", "pipeline", "", (CalculatorRow("a", "Lead", "5"),)), ACME, "deals_into_stages"),
        (
            Calculator("c", "pipeline", "", (CalculatorRow("a", "Acme", stage="Lead"),)),
            DealCells(1, stage="Lead", reached="5"),
            "stages_into_deals",
        ),
    ],
)
def test_what_does_not_fit_is_refused(calculator: Calculator, cells: DealCells, key: str) -> None:
    with pytest.raises(RoadmapError) as caught:
        imported(calculator, cells)
    assert caught.value.key == key


names = st.sampled_from(["", "Acme", "acme ", "Beta", "בטא"])
cells = st.builds(
    lambda *texts: DealCells(1, *texts),
    names,
    st.sampled_from(["Lead", "Won"]),
    st.sampled_from(["", "5", "x"]),
)


@given(st.lists(cells, max_size=6), st.lists(cells, max_size=6))
def test_importing_twice_is_importing_once_and_undo_takes_it_back(
    first: list[DealCells], second: list[DealCells]
) -> None:
    _, before = imported(EMPTY, *first)
    found, after = imported(before, *second)
    assert len(after.rows) == len(before.rows) + sum(row.is_new for row in found.rows)
    assert imported(after, *second)[0].rows == ()
    roadmap = plan(before)
    assert found.edit.inverse(roadmap).on(found.edit.on(roadmap)) == roadmap
