"""The pipeline: rows of deals and of stages, their sums against ones made another way, and rows left out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.calculators.deals import BadCell, Deal, DealCells, DealRows, deal_rows
from lfroadmap.roadmap.calculators.pipeline import Pipeline, pipeline
from lfroadmap.roadmap.calculators.stage_words import StageWords
from lfroadmap.roadmap.import_words import stage_marks

WORDS = StageWords(*map(stage_marks, StageWords._fields))
Cells = tuple[str, ...]


def rows(*cells: Cells) -> DealRows:
    return deal_rows(DealCells(n, *each) for n, each in enumerate(cells, 2))


def of(*cells: Cells, order: tuple[str, ...] = ()) -> Pipeline:
    return pipeline(rows(*cells), WORDS, order)


DEALS: tuple[Cells, ...] = (
    ("Acme", "Lead", "1,000", "10%", "5"),
    ("Beta", "Lead", "2000", "10%", "9"),
    ("Gamma", "Quote", "5000", "40%", "31"),
    ("Delta", "Negotiation", "8000.50", "70%", "12"),
    ("Epsilon", "Closed won", "4000", "", ""),
    ("Zeta", "Lost", "3000", "20%", "4"),
)


def test_deals_stand_in_their_stages() -> None:
    found = of(*DEALS)
    assert [each.standing for each in found.deals] == ["open"] * 4 + ["won", "lost"]
    assert [each.place for each in found.deals] == [1, 1, 2, 3, 4, 0]
    assert [stage.name for stage in found.stages] == ["Lead", "Quote", "Negotiation", "Closed won"]
    assert [stage.standing for stage in found.stages] == [2, 1, 1, 1]
    assert [stage.reached for stage in found.stages] == [6, 3, 2, 1]
    assert [stage.days for stage in found.stages] == [7, 31, 12, None]


def test_values_are_accumulated_weighted_and_forecast() -> None:
    found = of(*DEALS)
    assert found.value == Fraction("20000.5")
    assert [stage.accumulated for stage in found.stages] == [
        3000,
        8000,
        Fraction("16000.5"),
        Fraction("20000.5"),
    ]
    assert found.weighted == 100 + 200 + 2000 + Fraction("5600.35")
    assert found.forecast == found.weighted + 4000
    assert sum(stage.forecast for stage in found.stages) == found.forecast
    assert (found.success, found.win_rate) == (Fraction(1, 6), Fraction(1, 2))


def test_the_lowest_rate_and_the_longest_stay_are_two_figures() -> None:
    found = of(*DEALS)
    assert found.lowest_rate and (found.lowest_rate.place, found.lowest_rate.loss) == (1, 3)
    assert found.longest_stay and found.longest_stay.name == "Quote"


@pytest.mark.parametrize(
    ("stage", "probability", "standing"),
    [
        ("Quote", "100%", "won"), ("Quote", "0", "lost"), ("Quote", "", "open"), ("Quote", "99%", "open"),
        ("CLOSED  WON", "90%", "won"), ("Closed lost", "20%", "lost"), ("Closed", "", "won"),
        ("Closed", "80%", "open"), ("Closed", "0%", "lost"), ("זכייה", "", "won"), ("הפסד", "", "lost"),
        ("סגירה", "", "won"), ("Closed won", "0%", "won"),
    ],
)  # fmt: skip
def test_a_deal_stands_as_its_stage_or_its_probability_says(
    stage: str, probability: str, standing: str
) -> None:
    assert of(("a", stage, "1", probability)).deals[0].standing == standing


@pytest.mark.parametrize("as_stages", [True, False])
def test_the_example_of_a_hundred_leads(as_stages: bool) -> None:
    if as_stages:
        found = of(
            *(("", name, "", "", "", n) for name, n in (("Lead", "100"), ("Quote", "50"), ("Close", "10")))
        )
    else:
        found = of(*([("", "Lead")] * 50 + [("", "Quote")] * 40 + [("", "Close")] * 10))
    assert [stage.reached for stage in found.stages] == [100, 50, 10]
    assert [step.rate for step in found.flow.steps] == [Fraction(1, 2), Fraction(1, 5)]
    assert [step.loss for step in found.flow.steps] == [50, 40]
    assert found.success == Fraction(1, 10)
    assert found.lowest_rate and found.lowest_rate.place == 2


def test_a_row_may_be_a_stage_with_its_value() -> None:
    found = of(
        ("", "Lead", "100000", "5%", "3", "100"),
        ("", "Quote", "90000", "30%", "14", "50"),
        ("", "quote ", "1", "", "", "1"),
        ("", "Close", "40000", "100%", "2", ""),
    )
    assert found.are_stages and [stage.standing for stage in found.stages] == [None, None]
    assert (found.value, found.forecast) == (190000, 32000)
    assert found.longest_stay and found.longest_stay.name == "Quote"


def test_stages_that_grow_are_not_the_bottleneck() -> None:
    found = of(("", "a", "", "", "", "10"), ("", "b", "", "", "", "20"), ("", "c", "", "", "", "19"))
    assert [step.grows for step in found.flow.steps] == [True, False]
    assert found.lowest_rate and found.lowest_rate.place == 2


def test_closed_stages_come_last_and_an_order_moves_all() -> None:
    cells = (("a", "Won"), ("b", "Quote"), ("c", "Lead"))
    assert [stage.name for stage in of(*cells).stages] == ["Quote", "Lead", "Won"]
    found = of(*cells, order=("lead", "Demo", "quote", "won"))
    assert [(stage.name, stage.reached) for stage in found.stages] == [
        ("lead", 3), ("Demo", 2), ("quote", 2), ("won", 1),
    ]  # fmt: skip
    with pytest.raises(KeyError):
        of(*cells, order=("lead", "quote"))


@pytest.mark.parametrize("cells", [(), (("a", "Lost", "5"),)])
def test_no_stage_has_no_rate(cells: tuple[Cells, ...]) -> None:
    found = of(*cells)
    assert (found.stages, found.lowest_rate, found.longest_stay, found.value) == ((), None, None, 0)
    assert found.success == (0 if cells else None)


def test_one_stage_has_no_step() -> None:
    found = of(("a", "Lead", "5"))
    assert (found.flow.steps, found.lowest_rate, found.success, found.win_rate) == ((), None, 0, None)


def test_missing_values_are_counted_and_not_guessed() -> None:
    found = of(("a", "Lead", "", "50%", ""), ("b", "Lead", "100", "", "3"), ("c", "Won"))
    assert found.unknown == (2, 1, 1)
    assert (found.value, found.weighted, found.forecast) == (100, None, None)


# ------------------------------------------------------------------ rows that are left out


def test_each_cell_that_cannot_be_counted_is_named() -> None:
    read = rows(
        ("a", "Lead", "1.000", "abc", "-3"),
        ("b", "", "5"),
        ("c", "Lead", "5", "50"),
        ("d", "Lead", "5", "0.5"),
        ("", "", "", "", ""),
    )
    assert [deal.name for deal in read.deals] == ["c"]
    assert read.bad == (
        BadCell(2, "value", "1.000", "ambiguous"),
        BadCell(2, "probability", "abc", "not_a_number"),
        BadCell(2, "days", "-3", "negative"),
        BadCell(3, "stage", "", "no_stage"),
        BadCell(5, "probability", "0.5", "mixed_shares"),
    )
    assert read.bad_rows == 3


def test_a_stage_needs_its_number_and_stands_once() -> None:
    read = rows(("", "Lead", "", "", "", "10"), ("", "Quote"), ("", "LEAD", "", "", "", "5"))
    assert [(cell.row, cell.column, cell.fault) for cell in read.bad] == [
        (3, "reached", "empty"), (4, "stage", "stage_twice"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "unit", "shares"),
    [
        (("0.5", "1", "0"), "share", (Fraction(1, 2), 1, 0)),
        (("50", "1", "0"), "percent", (Fraction(1, 2), Fraction(1, 100), 0)),
        (("50%", "1", "0"), "share", (Fraction(1, 2), 1, 0)),
        (("50%", "1%", ""), "", (Fraction(1, 2), Fraction(1, 100), None)),
    ],
)
def test_a_column_of_probabilities_is_read_as_one(
    texts: Cells, unit: str, shares: tuple[Fraction | int | None, ...]
) -> None:
    read = rows(*(("a", "Lead", "1", text) for text in texts))
    assert (read.unit, tuple(deal.probability for deal in read.deals)) == (unit, shares)


# ------------------------------------------------------------------ any table

stages = st.sampled_from(("Lead", "Quote", "Won", "Lost", "Demo"))
cents = st.integers(0, 10**12)
deals = st.lists(st.tuples(stages, cents, st.integers(0, 100), st.integers(0, 400)), max_size=12)


def cells_of(made: list[tuple[str, int, int, int]]) -> list[Cells]:
    return [
        ("x", stage, f"{value // 100}.{value % 100:02}", f"{percent}%", str(days))
        for stage, value, percent, days in made
    ]


@examples(200)
@given(deals)
def test_sums_agree_with_whole_numbers_of_cents(made: list[tuple[str, int, int, int]]) -> None:
    found = of(*cells_of(made))
    open_ = [each for each in made if each[0] not in ("Won", "Lost") and 0 < each[2] < 100]
    won = sum(v for s, v, p, _ in made if s == "Won" or (s != "Lost" and p == 100))
    weighted = sum(value * percent for _, value, percent, _ in open_)  # in hundredths of cents
    assert found.weighted * 10_000 == weighted
    assert found.value_of("won") * 100 == won
    assert found.forecast * 10_000 == weighted + won * 100
    assert found.value * 100 == won + sum(value for _, value, _, _ in open_)
    assert sum(stage.forecast for stage in found.stages) == found.forecast


@examples(200)
@given(deals)
def test_stages_agree_with_counting(made: list[tuple[str, int, int, int]]) -> None:
    found = of(*cells_of(made))
    places = {stage.name: n for n, stage in enumerate(found.stages)}
    for n, stage in enumerate(found.stages):
        here = [each for each in made if each[0] == stage.name]
        behind = [each for each in made if places.get(each[0], 0) >= n]
        assert (stage.standing, stage.reached) == (len(here), len(behind))
        assert stage.days == median(Fraction(each[3]) for each in here)
        assert stage.accumulated == sum(before.value for before in found.stages[: n + 1])
    assert [step.loss for step in found.flow.steps if step.grows] == []
    longest = max((stage.days or 0 for stage in found.stages), default=None)
    assert (found.longest_stay.days if found.longest_stay else None) == longest


@examples(200)
@given(st.lists(st.tuples(*[st.text(max_size=6)] * 6), max_size=6))
def test_every_row_is_counted_or_named(made: list[Cells]) -> None:
    read = rows(*made)
    written = {n for n, each in enumerate(made, 2) if any(cell.strip() for cell in each)}
    counted, named = {deal.row for deal in read.deals}, {cell.row for cell in read.bad}
    assert counted | named == written and not counted & named
    pipeline(read, WORDS)


def test_the_rows_are_gone_through_a_few_times_however_many_there_are() -> None:
    class Rows(tuple[Deal, ...]):
        passes = 0

        def __iter__(self) -> Iterator[Deal]:
            Rows.passes += 1
            return super().__iter__()

    made = Rows(Deal(n, "x", f"stage {n % 5}") for n in range(500))
    assert len(pipeline(DealRows(made), WORDS).stages) == 5
    assert 0 < Rows.passes < 20
