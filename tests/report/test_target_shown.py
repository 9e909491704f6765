"""The figure that a target of a period comes to is one and the same wherever it is shown."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.report.formatting import format_number
from lfroadmap.report.kpi_grid import kpi_grid
from lfroadmap.report.tables import table
from lfroadmap.roadmap.model import Kpi, Reading, Roadmap
from lfroadmap.roadmap.progress import goal_of, number_in, own_baseline
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import LANGUAGES, Language, words
from samples import sample

TODAY = date(2026, 11, 30)
TARGETS: dict[Language, str] = {"en": "{:+}% a quarter", "he": "{:+}% ברבעון"}


@pytest.mark.parametrize("language", LANGUAGES)
@examples(30)
@given(
    values=st.dictionaries(st.dates(date(2025, 1, 1), date(2026, 11, 30)), st.integers(1, 999), max_size=6),
    percent=st.integers(1, 200),
)
def test_report_and_tables_show_the_figure_of_the_period(
    language: Language, values: dict[date, int], percent: int
) -> None:
    readings = tuple(Reading(f"r{day}", str(value), f"{day}") for day, value in values.items())
    current = str(values[max(values)]) if values else ""
    target = TARGETS[language].format(percent)
    kpi = Kpi("k", "K", target=target, baseline="50", current=current, unit="%", readings=readings)
    roadmap, said = Roadmap("r", "Plan", kpis=(kpi,)), words(language)
    start = own_baseline(kpi, target)
    goal = goal_of(target, number_in(start.value))
    assert goal == pytest.approx(float(start.value) * (1 + percent / 100))
    shown = kpi_grid(roadmap, Labels("", language), said).rows[0][1]
    assert shown.text.startswith(target) and shown.text.endswith(f"{format_number(goal)}%")
    assert (f"{start.value}%" in shown.note) == bool(start.day)
    kpis = table(roadmap, said, "kpis", TODAY)
    assert str(kpis.rows[0][kpis.columns.index("goal")]) == format_number(goal)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_current_value_has_its_day(language: Language) -> None:
    said, plan = words(language), sample(language)
    labels = Labels("", language)
    kpi = next(each for each in plan.kpis if each.current)
    at = datetime(2026, 3, 2, 9, 30)
    texts = [
        kpi_grid(plan, labels, said, {kpi.id: ((at, value),)}).rows[plan.kpis.index(kpi)][2].note
        for value in (kpi.current, "another")
    ]
    day = said("report.on_day", day=said.day(at.date()))
    assert [day in text for text in texts] == [True, False]
