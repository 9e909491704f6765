"""Calculators on the screen: each part stays to be read, whatever is done beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from calculators import pipeline
from lfroadmap.roadmap.model import Calculator, CalculatorRow
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.words import LANGUAGES, Language
from test_ui_calculators import at_row, line_with


@pytest.mark.proof
async def test_an_editor_leaves_the_remark_below_its_row_to_be_read(home: Path) -> None:
    async with at_row(home, pipeline(), "p.1", size=(80, 40)) as at:
        await at.press("right", "right", "right")
        await at.type("many")
        assert at.one(InlineEditor).size.height == 1
        assert line_with(at, "Value: It is no number. Write digits, such as 1000 or 12.5.")


@pytest.mark.proof
async def test_figures_stand_below_each_other_by_their_last_digit_in_hebrew(home: Path) -> None:
    rows = (
        CalculatorRow("w.1", "פניות", "100", value="200000"),
        CalculatorRow("w.2", "הצעות", "50", value="60000"),
        CalculatorRow("w.3", "סגירות", "5", value="900"),
    )
    calculator = Calculator("w", "pipeline", "צינור", rows)
    async with at_row(home, calculator, "w.1", size=(80, 70), language="he") as at:
        shown = ("200,000", "60,000", "900")
        lines = [next(line for line in at.lines if each in line and "━" in line) for each in shown]
        ends = [line.rindex(each) + len(each) for line, each in zip(lines, shown, strict=True)]
        assert len(set(ends)) == 1


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_kinds_of_calculators_are_described_whole_in_a_small_window(
    home: Path, language: Language
) -> None:
    async with at_row(home, pipeline(language), "p.1", size=(80, 24), language=language) as at:
        await at.app.action_start("add_calculator")
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.quiet()
        assert not [line for line in at.lines[:12] if "…" in line]


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_values_of_deals_end_in_one_column(home: Path, language: Language) -> None:
    async with at_row(home, pipeline(language), "p.1", size=(100, 90), language=language) as at:
        shown = ("12,000", "8,000", "30,000", "15,000")
        lines = [next(line for line in reversed(at.lines) if f" {each} " in line) for each in shown]
        assert len({line.rindex(each) + len(each) for line, each in zip(lines, shown, strict=True)}) == 1
