"""Unit economics: the example, what cannot be calculated, and the formulas that are shown."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.calculators.formulas import Formula
from lfroadmap.roadmap.calculators.unit_economics import FORMULAS, UnitEconomics


def of(spend: Fraction | int, customers: int, value: Fraction | int, months: Fraction | int) -> UnitEconomics:
    return UnitEconomics(Fraction(spend), customers, Fraction(value), Fraction(months))


def test_the_example() -> None:
    found = of(5000, 50, 30, 12)
    assert (found.cac, found.ltv, found.ratio) == (100, 360, Fraction(18, 5))
    assert (found.payback, found.roi, found.is_paid_back) == (Fraction(10, 3), Fraction(13, 5), True)


@pytest.mark.parametrize(
    ("found", "figures"),
    [
        (of(5000, 0, 30, 12), (None, 360, None, None, -1)),
        (of(0, 50, 30, 12), (0, 360, None, 0, None)),
        (of(5000, 50, 0, 12), (100, 0, 0, None, -1)),
        (of(5000, 50, 30, 0), (100, 0, 0, Fraction(10, 3), -1)),
        (of(0, 0, 0, 0), (None, 0, None, None, None)),
        (of(0, 50, 0, 0), (0, 0, None, 0, None)),
    ],
)
def test_what_cannot_be_calculated_is_none(
    found: UnitEconomics, figures: tuple[Fraction | int | None, ...]
) -> None:
    assert (found.cac, found.ltv, found.ratio, found.payback, found.roi) == figures


@pytest.mark.parametrize(("months", "is_paid_back"), [(3, False), (Fraction(10, 3), True), (4, True)])
def test_a_payback_longer_than_a_customer_stays_is_none(months: Fraction | int, is_paid_back: bool) -> None:
    assert of(5000, 50, 30, months).is_paid_back is is_paid_back


def evaluated(formula: Formula, values: dict[str, Fraction]) -> Fraction:
    """The result of a formula by the signs that are shown."""
    signs = {"×": "*", "÷": "/", "−": "-", "+": "+", "(": "(", ")": ")"}
    text = " ".join(signs.get(part, f"values['{part}']") for part in formula.parts)
    result: Fraction = eval(text, {"values": values})
    return result


amounts = st.fractions(Fraction(1, 1000), 10**9, max_denominator=1000)


@examples(200)
@given(amounts, st.integers(1, 10**9), amounts, amounts)
def test_the_formulas_that_are_shown_come_to_the_figures(
    spend: Fraction, customers: int, value: Fraction, months: Fraction
) -> None:
    found = of(spend, customers, value, months)
    values = {
        "spend": spend,
        "customers": Fraction(customers),
        "monthly_value": value,
        "months": months,
    }
    for formula in FORMULAS:
        values[formula.result] = evaluated(formula, values)
    figures = (found.cac, found.ltv, found.ratio, found.payback, found.roi)
    assert figures == tuple(values[name] for name in ("cac", "ltv", "ratio", "payback", "roi"))
    assert found.roi == values["ratio"] - 1
