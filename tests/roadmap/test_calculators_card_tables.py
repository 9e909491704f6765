"""The results of a card's calculator, and the cells that cannot be read."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.calculators.card_tables import calculate, figure, figures
from lfroadmap.roadmap.model import Calculator, CalculatorKind, CalculatorRow
from lfroadmap.roadmap.templates import Labels

LABELS = Labels("", "en")
PERCENT = Fraction(1, 100)


def table(kind: CalculatorKind, *rows: dict[str, str]) -> Calculator:
    """A calculator whose rows have the ids r1, r2 ..."""
    return Calculator(
        "c", kind, "Table", tuple(CalculatorRow(f"r{n}", **row) for n, row in enumerate(rows, 1))
    )


def counts(*texts: str) -> Calculator:
    return table("funnel", *({"name": f"step {n}", "count": text} for n, text in enumerate(texts, 1)))


def deal(name: str, stage: str, value: str = "", probability: str = "", days: str = "") -> dict[str, str]:
    return {"name": name, "stage": stage, "value": value, "probability": probability, "days": days}


def unit(name: str, *values: str) -> dict[str, str]:
    return dict(zip(("name", "spend", "customers", "value", "months"), (name, *values), strict=True))


def values(calculator: Calculator) -> dict[str, Fraction | None]:
    return {each.name: each.value for each in figures(calculate(calculator, LABELS))}


def faults(calculator: Calculator) -> list[tuple[str, str, str]]:
    return [tuple(each) for each in calculate(calculator, LABELS).faults]


def test_a_funnel_has_rates_an_end_and_the_weakest_step() -> None:
    found = calculate(counts("1,000", "200", "50", "10"), LABELS)
    assert found.funnel
    assert [step.rate for step in found.funnel.steps] == [20 * PERCENT, 25 * PERCENT, 20 * PERCENT]
    assert found.funnel.weakest == found.funnel.steps[0]
    assert values(counts("1000", "200", "50", "10")) == {
        "overall": PERCENT, "rate-1": 20 * PERCENT, "rate-2": 25 * PERCENT, "rate-3": 20 * PERCENT, "end": 10,
    }  # fmt: skip
    assert [each.row for each in figures(found)] == ["", "r2", "r3", "r4", "r4"]


def test_rows_without_a_count_are_passed_over() -> None:
    calculator = counts("100", "", "50")
    assert values(calculator) == {"overall": Fraction(1, 2), "rate-1": Fraction(1, 2), "end": 50}
    assert faults(calculator) == []
    assert calculate(counts("", ""), LABELS).funnel is None
    assert figures(calculate(counts("", ""), LABELS)) == ()


def test_other_rates_change_the_end_and_no_figure() -> None:
    calculator = table("funnel", {"count": "1000"}, {"count": "200", "rate": "30%"}, {"count": "50"})
    found = calculate(calculator, LABELS)
    assert found.changed == {1: Fraction(3, 10)}
    assert values(calculator)["end"] == 50


@pytest.mark.parametrize(
    ("calculator", "expected"),
    [
        (counts("100", "x", "5"), [("r2", "count", "not_a_number")]),
        (table("funnel", {"count": "9", "rate": "5%"}, {"count": "1"}), [("r1", "rate", "first_rate")]),
        (table("funnel", {"count": "9"}, {"count": "1", "rate": "500%"}), [("r2", "rate", "no_share")]),
        (table("funnel", {"count": "9"}, {"rate": "5%"}), [("r2", "count", "empty")]),
        (
            table("funnel", {"count": "9"}, {"count": "0"}, {"count": "0", "rate": "5%"}),
            [("r3", "rate", "nobody")],
        ),
        (table("pipeline", deal("a", "", "5"), deal("b", "won", "-1")), [
            ("r1", "stage", "no_stage"), ("r2", "value", "negative"),
        ]),
        (table("pipeline", {"name": "Lead", "value": "5"}), [("r1", "count", "empty")]),
        (table("pipeline", {"count": "5"}), [("r1", "name", "no_stage")]),
        (
            table("pipeline", {"name": "Lead", "count": "5"}, {"name": "lead", "count": "5"}),
            [("r2", "name", "stage_twice")],
        ),
        (table("pipeline", {"name": "a", "stage": "Lead", "count": "5"}), [("r1", "count", "deal_count")]),
        (
            table("pipeline", deal("a", "Lead", "₪5"), deal("b", "Lead", "$5"), deal("c", "Lead", "₪5")),
            [("r2", "value", "currency")],
        ),
        (table("unit", unit("Ads", "₪5", "1", "$5", "2")), [("r1", "value", "currency")]),
        (table("unit", unit("Ads", "5", "1.5", "", "2")), [
            ("r1", "customers", "not_whole"), ("r1", "value", "empty"),
        ]),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_named(
    calculator: Calculator, expected: list[tuple[str, str, str]]
) -> None:
    assert faults(calculator) == expected


def test_a_count_that_cannot_be_read_leaves_no_rate_over_its_step() -> None:
    assert calculate(counts("100", "x", "5"), LABELS).funnel is None


def test_several_currencies_have_no_sum() -> None:
    deals = calculate(table("pipeline", deal("a", "Lead", "₪5"), deal("b", "Lead", "$5")), LABELS)
    assert (deals.pipeline, deals.currencies) == (None, ("₪", "$"))
    channels = table("unit", unit("a", "₪5", "1", "5", "2"), unit("b", "$5", "1", "5", "2"))
    assert (calculate(channels, LABELS).units, figures(calculate(channels, LABELS))) == ((), ())


def test_rows_with_stages_are_deals() -> None:
    calculator = table(
        "pipeline",
        deal("a", "Lead", "100", "50%", "3"),
        deal("b", "Offer", "200", "25%", "9"),
        deal("c", "Won", "300"),
        {"name": "a row to fill"},
    )
    assert values(calculator) == {
        "value": 600, "weighted": 100, "forecast": 400, "success-rate": Fraction(1, 3), "win-rate": 1,
        "longest-stay": 9,
    }  # fmt: skip


def test_rows_without_stages_are_stages() -> None:
    rows = [
        {"name": name, "count": count} for name, count in (("Leads", "100"), ("Deals", "50"), ("Won", "10"))
    ]
    found = calculate(table("pipeline", *rows), LABELS)
    assert found.pipeline
    assert found.pipeline.are_stages
    assert [step.rate for step in found.pipeline.flow.steps] == [Fraction(1, 2), Fraction(1, 5)]
    assert values(table("pipeline", *rows))["success-rate"] == Fraction(1, 10)


def test_each_row_of_unit_economics_has_figures() -> None:
    one = table("unit", unit("Ads", "1000", "10", "50", "12"), {"name": "Fairs"})
    assert values(one) == {"cac": 100, "ltv": 600, "ratio": 6, "payback": 2, "roi": 5}
    two = table("unit", unit("Ads", "1000", "10", "50", "12"), unit("Fairs", "900", "3", "50", "12"))
    found = calculate(two, LABELS)
    assert values(two)["cac/r2"] == 300
    assert len(figures(found)) == 10
    for name, row in (("cac", "r1"), ("cac/r1", "r1"), ("cac/r2", "r2")):
        known = figure(found, name)
        assert known
        assert known.row == row
    assert figure(found, "cac/r3") is None
    assert figure(found, "overall") is None


def test_names_come_from_the_row_or_its_number() -> None:
    found = calculate(table("funnel", {"name": " New \n leads ", "count": "5"}, {"count": "1"}), LABELS)
    assert found.funnel
    assert [each.name for each in found.funnel.counts] == ["New leads", "2"]


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8))
def test_the_rates_are_exact(numbers: list[int]) -> None:
    known = values(counts(*map(str, numbers)))
    for place, (before, after) in enumerate(pairwise(numbers), 1):
        assert known[f"rate-{place}"] == (Fraction(after, before) if before else None)
    assert known["end"] == numbers[-1]
    is_rate = len(numbers) > 1 and numbers[0]
    assert known["overall"] == (Fraction(numbers[-1], numbers[0]) if is_rate else None)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(1, 99)), min_size=1, max_size=6))
def test_the_forecast_is_exact(deals: list[tuple[int, int]]) -> None:
    rows = [deal(str(n), "Lead", str(value), f"{share}%") for n, (value, share) in enumerate(deals)]
    known = values(table("pipeline", *rows))
    assert known["weighted"] == sum(Fraction(value * share, 100) for value, share in deals)
    assert known["forecast"] == known["weighted"]
    assert known["value"] == sum(value for value, _ in deals)
