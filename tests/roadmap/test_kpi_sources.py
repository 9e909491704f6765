"""Results of calculators as values of KPIs: their unit, their form, and what became of their source."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from lfroadmap.roadmap.edits import SetKpi, SetRow
from lfroadmap.roadmap.kpi_readings import cell_of, current_reading, readings_in
from lfroadmap.roadmap.kpi_sources import (
    KpiFigure,
    MisfitError,
    current_source,
    kpi_figures,
    value_for,
)
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Kpi, Reading, Roadmap, Stage
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.templates import Labels

LABELS = Labels("", "en")
FUNNEL = Calculator(
    "f", "funnel", "Sales",
    (
        CalculatorRow("r1", "Visits", "1000"), CalculatorRow("r2", "Leads", "200"),
        CalculatorRow("r3", "Quotes", "50"), CalculatorRow("r4", "Deals", "10"),
    ),
)  # fmt: skip
UNIT = Calculator(
    "u",
    "unit",
    "Unit",
    (CalculatorRow("ads", "Ads", spend="1000 ₪", customers="3", value="100", months="12"),),
)
DEALS = Calculator(
    "p", "pipeline", "Deals",
    (CalculatorRow("d1", "A", stage="Lead", value="$100", probability="50%", days="3.25"),),
)  # fmt: skip
PLAN = Roadmap(
    "r", "Plan", "", (Stage("s", "S", (Card("c", "Card", calculators=(FUNNEL, UNIT, DEALS)),)),),
    (Kpi("k", "Overall", unit="%"),),
)  # fmt: skip


def every() -> dict[str, KpiFigure]:
    return {each.source: each for each in kpi_figures(PLAN, LABELS)}


def taken(kpi: Kpi, source: str) -> str:
    try:
        return value_for(every()[source], kpi, LABELS)
    except MisfitError as error:
        return f"({error.misfit})"


def test_a_result_of_a_row_is_known_by_the_row() -> None:
    assert [*every()] == [
        "f/overall", "f/rate/r2", "f/rate/r3", "f/rate/r4", "f/end", "u/cac/ads", "u/ltv/ads", "u/ratio/ads",
        "u/payback/ads", "u/roi/ads", "p/value", "p/weighted", "p/forecast", "p/success-rate", "p/win-rate",
        "p/longest-stay",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kpi", "source", "value"),
    [
        (Kpi("k", unit="%"), "f/overall", "1"),
        (Kpi("k", unit="%", baseline="3%"), "f/rate/r3", "25%"),
        (Kpi("k", unit="percent"), "f/overall", "1"),
        (Kpi("k", unit="אחוז"), "f/overall", "1"),
        (Kpi("k", target="20%"), "f/overall", "1%"),
        (Kpi("k", target="+20%"), "f/overall", "(no_unit)"),
        (Kpi("k"), "f/overall", "(no_unit)"),
        (Kpi("k", unit="₪"), "f/overall", "(unit)"),
        (Kpi("k", unit="users"), "f/overall", "(unit)"),
        (Kpi("k"), "f/end", "10"),
        (Kpi("k", unit="users"), "f/end", "10"),
        (Kpi("k", unit="%"), "f/end", "(unit)"),
        (Kpi("k", unit="days"), "f/end", "(unit)"),
        (Kpi("k", unit="₪"), "u/cac/ads", "333.33"),
        (Kpi("k", unit="NIS"), "u/cac/ads", "333.33"),
        (Kpi("k", unit="$"), "u/cac/ads", "(unit)"),
        (Kpi("k", unit="%"), "u/cac/ads", "(unit)"),
        (Kpi("k", unit="₪ a month"), "u/cac/ads", "(unit)"),
        (Kpi("k"), "u/cac/ads", "(no_unit)"),
        (Kpi("k", baseline="400 ₪"), "u/cac/ads", "333.33"),
        (Kpi("k", unit="×"), "u/ratio/ads", "3.6"),
        (Kpi("k", unit="months"), "u/payback/ads", "3.33"),
        (Kpi("k", unit="days"), "u/payback/ads", "(unit)"),
        (Kpi("k", unit="%"), "u/roi/ads", "260"),
        (Kpi("k", unit="$"), "p/value", "100"),
        (Kpi("k", unit="days"), "p/longest-stay", "3.2"),
        (Kpi("k", unit="ימים"), "p/longest-stay", "3.2"),
        (Kpi("k", unit="months"), "p/longest-stay", "(unit)"),
        (Kpi("k", unit="%"), "p/win-rate", "(none)"),
    ],
)
def test_a_value_is_written_in_the_unit_of_the_kpi_or_refused(kpi: Kpi, source: str, value: str) -> None:
    assert taken(kpi, source) == value


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_is_the_exact_one_rounded(part: int, whole: int) -> None:
    rows = (CalculatorRow("a", "A", str(whole)), CalculatorRow("b", "B", str(part)))
    card = Card("c", "C", calculators=(Calculator("f", "funnel", "F", rows),))
    plan = replace(PLAN, stages=(Stage("s", "S", (card,)),))
    value = value_for(next(kpi_figures(plan, LABELS)), Kpi("k", unit="%"), LABELS)
    exact = Fraction(part, whole) * 100
    assert abs(Fraction(value) - exact) <= max(Fraction(1, 200), exact / 10)
    assert (Fraction(value) == 0) == (part == 0)


def with_value(value: str, *readings: Reading) -> Kpi:
    return Kpi("k", "Overall", unit="%", current=value, readings=readings)


CALCULATED = Reading("x", "1", "2026-03-02", "calculated", "f/overall", "2026-03-02T09:00:00.000Z")


def test_only_the_newest_day_with_the_same_value_is_the_current_one() -> None:
    assert current_reading(with_value("1", CALCULATED)) == CALCULATED
    assert current_reading(with_value("2", CALCULATED)) is None
    assert current_reading(with_value("1", CALCULATED, Reading("y", "1", "2026-03-03"))) is None
    assert current_reading(with_value("1", Reading("y", "5", "2026-03-03"), CALCULATED)) is None
    assert current_reading(with_value("1", Reading("y", "5", "2026-03-02"), CALCULATED)) == CALCULATED


def test_what_became_of_a_source() -> None:
    plan = replace(PLAN, kpis=(with_value("1", CALCULATED),))
    same = current_source(plan, plan.kpis[0], LABELS)
    assert same and same.calculator == FUNNEL and not same.is_outdated and not same.is_gone
    other = current_source(SetRow("r4", "count", "220").on(plan), plan.kpis[0], LABELS)
    assert other and other.is_outdated and other.value_now == "22"
    empty = current_source(SetRow("r4", "count", "boo").on(plan), plan.kpis[0], LABELS)
    assert empty and not empty.is_outdated and empty.value_now == "" and empty.calculator
    gone = current_source(Remove("f").on(plan), plan.kpis[0], LABELS)
    assert gone and gone.is_gone
    assert (
        current_source(SetKpi("k", "current", "2").on(plan), replace(plan.kpis[0], current="2"), LABELS)
        is None
    )


def test_a_rate_stays_that_of_its_row_where_a_step_comes_before_it() -> None:
    reading = replace(CALCULATED, source="f/rate/r3", value="25")
    plan = Add(CalculatorRow("new", "Calls", "100"), "f", "r2").on(PLAN)
    found = current_source(plan, with_value("25", reading), LABELS)
    assert found and found.value_now == "50"


@given(plans.texts, st.sampled_from(["", "calculated", "measured"]), st.text("abc./-", max_size=9))
def test_a_cell_gives_back_where_a_value_comes_from(value: str, origin: str, source: str) -> None:
    value = " ".join(value.split())
    time = "2026-03-02T09:00:00.000Z" if origin else ""
    reading = Reading("x", value, "2026-03-02", origin, source if origin else "", time)  # type: ignore[arg-type]
    (back,) = readings_in(cell_of([reading]))
    assert back == (reading.day, value.strip(), reading.origin, reading.source, reading.time)
