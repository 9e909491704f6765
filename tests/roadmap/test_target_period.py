"""Targets of a period are compared with the value that the period started from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.model import Kpi, Reading
from lfroadmap.roadmap.progress import goal_of, goes_up, number_in, own_baseline, standing
from lfroadmap.roadmap.target_period import PERIODS, first_day, period_of

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
READINGS = st.dictionaries(DAYS, st.integers(1, 10_000), max_size=12)
NAMES = {"week": "week", "month": "month", "quarter": "quarter", "half": "half-year", "year": "year"}
HEBREW = {"week": "שבוע", "month": "חודש", "quarter": "רבעון", "half": "חצי שנה", "year": "שנה"}


def kpi_of(values: dict[date, int], baseline: str = "100", current: str = "") -> Kpi:
    pairs = enumerate(values.items())
    readings = tuple(Reading(f"r{at}", str(value), f"{day}") for at, (day, value) in pairs)
    return Kpi("k", "K", baseline=baseline, current=current, readings=readings)


@pytest.mark.parametrize(
    ("target", "period"),
    [
        ("+20% a quarter", "quarter"), ("+20% per quarter", "quarter"), ("+20%/quarter", "quarter"),
        ("+20% every quarter", "quarter"), ("+20% quarterly", "quarter"), ("+5 days a month", "month"),
        ("−3% Each Week", "week"), ("+8% yearly", "year"), ("+8% annually", "year"), ("+8% per year", "year"),
        ("+8% half a year", "half"), ("+8% per half-year", "half"), ("+8% half-yearly", "half"),
        ("+20% ברבעון", "quarter"), ("+20% לרבעון", "quarter"), ("+20% בכל רבעון", "quarter"),
        ("+20% כל רבעון", "quarter"), ("+20% מדי רבעון", "quarter"), ("צמיחה רבעונית של +20%", "quarter"),
        ("+5% בחודש", "month"), ("−3% לשבוע", "week"), ("+8% בשנה", "year"), ("+8% שנתי", "year"),
        ("+8% בחצי שנה", "half"), ("+8% חצי שנתי", "half"), ("+8% לחצי-שנה", "half"),
        ("+20%", None), ("−15%", None), ("+3 months", None), ("+20% within a year", None),
        ("+5% after a month", None),
        ("+20% by the end of the quarter", None), ("+20% this quarter", None), ("+20% headquarter", None),
        ("+20% ברבעון הבא", None), ("+20% עד סוף השנה", None), ("+20% תוך שנה", None), ("+3 חודשים", None),
    ],
)  # fmt: skip
def test_a_period_is_read_from_the_words_of_both_languages(target: str, period: str | None) -> None:
    assert period_of(target) == period


def test_a_quarter_starts_from_the_last_value_before_it() -> None:
    values = {date(2026, 2, 1): 110, date(2026, 3, 31): 130, date(2026, 4, 1): 135, date(2026, 5, 20): 150}
    kpi = kpi_of(values, current="150")
    assert own_baseline(kpi, "+20% a quarter") == ("130", "2026-03-31")
    assert own_baseline(kpi, "+20%") == ("100", "")
    assert own_baseline(kpi, "200 a quarter") == ("100", "")
    assert standing(kpi, "+20% a quarter").word == "on_the_way"
    assert standing(kpi, "+20% a quarter").percent == round((150 - 130) / 26 * 100 - 0.5)
    assert standing(kpi, "+20%").word == "reached"


@given(values=READINGS, period=st.sampled_from(PERIODS), percent=st.integers(-90, 300).filter(bool))
def test_a_target_of_a_period_is_that_of_a_kpi_whose_baseline_is_the_value_before(
    values: dict[date, int], period: str, percent: int
) -> None:
    sign = f"{percent:+}%"
    texts = {f"{sign} a {NAMES[period]}", f"{sign} ב{HEBREW[period]}"}
    current = str(values[max(values)]) if values else "120"
    kpi = kpi_of(values, current=current)
    before = [day for day in values if day < first_day(period, max(values))] if values else []  # type: ignore[arg-type]
    start = str(values[max(before)]) if before else "100"
    plain = kpi_of({}, start, current)
    for target in texts:
        found = own_baseline(kpi, target)
        assert found.value == start
        assert found.day == (max(before).isoformat() if before else "")
        assert standing(kpi, target) == standing(plain, sign)
        assert goes_up(kpi, target) == goes_up(plain, sign)
        goal = goal_of(target, number_in(found.value))
        assert goal == pytest.approx(float(start) * (1 + percent / 100))


@given(day=DAYS, period=st.sampled_from(PERIODS))
def test_a_period_begins_on_one_day_for_all_its_days(day: date, period: str) -> None:
    start = first_day(period, day)  # type: ignore[arg-type]
    assert start <= day
    assert first_day(period, start) == start  # type: ignore[arg-type]
    assert first_day(period, start - timedelta(1)) < start  # type: ignore[arg-type]


@given(value=st.text(max_size=12), target=st.text(max_size=40), day=st.text(max_size=12))
def test_any_text_is_a_target_and_a_reading(value: str, target: str, day: str) -> None:
    kpi = Kpi("k", "K", baseline="7", readings=(Reading("r", value, day), Reading("s", None, "2026-01-01")))
    standing(kpi, f"+5% a month {target}")
    assert own_baseline(kpi, target).value in ("7", value)
