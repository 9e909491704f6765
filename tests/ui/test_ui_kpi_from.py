"""The value of a KPI out of a calculator on the screen: taken, marked as such, taken again, undone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from kpi_cells import cells_of
from lfroadmap.roadmap.edits import SetRow
from lfroadmap.roadmap.kpi_readings import current_reading
from lfroadmap.roadmap.model import Calculator, CalculatorRow, Card, Kpi, Roadmap, Stage
from lfroadmap.roadmap.structure import Remove
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.context import TYPED
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.words import LANGUAGES, Language, words
from sitting import Sitting, kpi, sitting

FUNNEL = Calculator(
    "f", "funnel", "Sales",
    (CalculatorRow("r1", "Visits", "1000"), CalculatorRow("r2", "Deals", "10")),
)  # fmt: skip
PLAN = Roadmap(
    "plan", "Plan", "", (Stage("s", "Stage", (Card("c", "Pilot", calculators=(FUNNEL,)),)),),
    (Kpi("k", "Close rate", unit="%", baseline="0.5", target="2"), Kpi("d", "Days", unit="days")),
)  # fmt: skip
KPIS = "alt+3"


async def take(at: Sitting, row: int = 0) -> None:
    """Choose a result in the list of F8."""
    await at.press("f8")
    await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
    await at.press(*["down"] * row, "enter")
    await at.until(lambda: not isinstance(at.app.screen, PaletteScreen))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
async def test_a_result_is_taken_as_one_step_and_told_apart(home: Path, language: Language) -> None:
    texts = words(language)
    async with sitting(home, roadmap=PLAN, language=language) as at:
        await at.press(KPIS)
        await take(at)
        value = kpi(at.app.session.roadmap, "k")
        assert value.current == "1" and current_reading(value) and value.readings[0].day == "2026-03-15"
        assert cells_of(at, 1, "current") == "1 =" or language == "he"
        await at.until(lambda: at.shows(texts("kpi.figure_overall")))
        await at.press("alt+1")
        await at.until(lambda: at.shows(texts("kpi.calculated_count", n=1)))
        await at.saved()
        assert kpi(read(at.path), "k") == value
        await at.press("ctrl+z")
        await at.until(lambda: at.app.session.roadmap.kpis == PLAN.kpis)


async def test_what_changed_since_is_said_and_one_key_takes_it_again(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        await at.press(KPIS)
        await take(at)
        at.app.session.change(SetRow("r2", "count", "220"))
        at.app.window.refresh(TYPED)
        await at.until(lambda: "(now 22)" in cells_of(at, 1, "current"))
        assert kpi(at.app.session.roadmap, "k").current == "1"
        await at.until(lambda: at.shows("F9 takes it again"))
        await at.press("f9")
        await at.until(lambda: cells_of(at, 1, "current") == "22 =")
        assert len(kpi(at.app.session.roadmap, "k").readings) == 1
        at.app.session.change(Remove("f"))
        at.app.window.refresh(TYPED)
        await at.until(lambda: at.shows("taken from a calculator that is gone"))
        await at.press("f9")
        assert "gone" in at.notices and kpi(at.app.session.roadmap, "k").current == "22"


async def test_a_result_in_another_unit_is_refused_in_words(home: Path) -> None:
    async with sitting(home, roadmap=PLAN) as at:
        await at.press(KPIS, "down")
        await take(at)
        await at.until(lambda: "are in days" in at.notices)
        assert at.app.session.roadmap == PLAN


async def test_a_typed_value_has_no_sign_and_f9_says_that_it_was_typed(home: Path) -> None:
    typed = replace(PLAN, kpis=(replace(PLAN.kpis[0], current="1"), PLAN.kpis[1]))
    async with sitting(home, roadmap=typed) as at:
        await at.press(KPIS)
        assert cells_of(at, 1, "current") == "1"
        await at.press("f9")
        assert "was typed" in at.notices


async def test_without_a_calculator_it_says_where_one_is_made(home: Path) -> None:
    async with sitting(home, roadmap=Remove("f").on(PLAN)) as at:
        await at.press(KPIS, "f8")
        await at.until(lambda: "There is no calculator" in at.notices)
