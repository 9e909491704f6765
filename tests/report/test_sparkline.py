from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.report.charts.spark import STEPS
from lfroadmap.report.sparkline import sparkline
from lfroadmap.roadmap.model import Better, Kpi
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Language, words

START = datetime(2026, 3, 1, 9)


def dated(*typed: str) -> list[tuple[datetime, str]]:
    return [(START + timedelta(days=n), value) for n, value in enumerate(typed)]


def drawn(kpi: Kpi, *typed: str, language: Language = "en") -> tuple[str, str]:
    found = sparkline(kpi, dated(*typed), Labels("", language), words(language))
    return (
        ("".join(mark.text for mark in found.bars(len(found.numbers))), found.text()) if found else ("", "")
    )


def test_time_runs_as_reading_does_with_the_figures_beside_it() -> None:
    rate = Kpi("k", "Rate", target="30", baseline="20", unit="%")
    assert drawn(rate, "20", "34", "27%") == (
        "▁▆▃",
        "first 20% (2026-03-01) · last 27% (2026-03-03) · best 34% (2026-03-02)",
    )
    bars, text = drawn(rate, "20", "34", "27%", language="he")
    assert (bars, text[:20]) == ("▁▆▃", "ראשון 20% (1.3.2026)")


@pytest.mark.parametrize(
    ("better", "target", "best"),
    [("up", "", "9"), ("down", "", "2"), ("", "-20%", "2"), ("", "10", "9"), ("", "1", "2"), ("", "", "9")],
)
def test_the_best_value_is_by_the_direction(better: Better, target: str, best: str) -> None:
    assert (
        f"best {best} " in drawn(Kpi("k", "K", target=target, baseline="5", better=better), "5", "2", "9")[1]
    )


def test_values_without_a_number_are_left_out() -> None:
    assert drawn(Kpi("k", "K"), "soon", "") == ("", "")
    assert drawn(Kpi("k", "K"), "soon", "5") == ("▃", "last 5 (2026-03-02)")


@pytest.mark.parametrize(
    ("room", "text"),
    [
        (80, "first 20% (2026-03-01) · last 27% (2026-03-03) · best 34% (2026-03-02)"),
        (69, "first 20% (2026-03-01) · last 27% (2026-03-03) · best 34%"),
        (50, "first 20% (2026-03-01) · last 27% · best 34%"),
        (5, "first 20% · last 27% · best 34%"),
    ],
)
def test_in_little_room_days_are_left_out_and_not_cut(room: int, text: str) -> None:
    found = sparkline(
        Kpi("k", "K", target="30", unit="%"), dated("20", "34", "27%"), Labels("", "en"), words("en")
    )
    assert found and found.text(room) == text


@given(st.lists(st.floats(-1e14, 1e14).map(lambda number: f"{number:.3f}"), min_size=1), st.integers(0, 50))
def test_any_values_are_drawn_in_the_room_that_there_is(typed: list[str], most: int) -> None:
    found = sparkline(Kpi("k", "K"), dated(*typed), Labels("", "en"), words("en"))
    assert found
    bars = "".join(mark.text for mark in found.bars(most))
    assert len(bars) == most
    assert set(bars.lstrip()) <= set(STEPS)
