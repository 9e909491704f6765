"""The calculators of a card: edited in place, with results that follow each letter."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from calculators import funnel, pipeline, unit
from lfroadmap.roadmap.edits import SetRow
from lfroadmap.roadmap.model import (
    ROW_VALUES,
    Calculator,
    CalculatorKind,
    CalculatorRow,
    Card,
    Roadmap,
)
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.widgets.calculator_table import CalculatorTable
from lfroadmap.ui.widgets.cell_columns import column_starts
from lfroadmap.ui.widgets.inline_editor import InlineEditor
from lfroadmap.ui.widgets.stage_pane import StagePane
from lfroadmap.words import LANGUAGES, Language
from samples import EVIL
from sitting import FIRST_CARD, Sitting, sitting, template
from terminal import keys
from test_ui_hostile import harmful
from test_ui_windows import settled


def plan(*calculators: Calculator) -> Roadmap:
    roadmap = template()
    for each in calculators:
        roadmap = Add(each, FIRST_CARD).on(roadmap)
    return roadmap


@asynccontextmanager
async def at_row(
    home: Path,
    calculator: Calculator,
    row: str,
    *,
    size: tuple[int, int] = (120, 60),
    language: Language = "en",
) -> AsyncIterator[Sitting]:
    """Dana at the first cell of a row."""
    async with sitting(home, size=size, language=language, roadmap=plan(calculator)) as at:
        await at.press("alt+2")
        await at.app.main.go(row)
        await at.pause()
        yield at


def row(at: Sitting, row_id: str) -> CalculatorRow:
    place = find(at.app.session.roadmap, row_id)
    assert place is not None
    assert isinstance(place.node, CalculatorRow)
    return place.node


def card(at: Sitting) -> Card:
    place = find(at.app.session.roadmap, FIRST_CARD)
    assert place is not None
    assert isinstance(place.node, Card)
    return place.node


def line_with(at: Sitting, words: str) -> str:
    """The first line with words; of several blanks one."""
    lines = [" ".join(line.split()) for line in at.lines]
    return next(line for line in lines if words in line)


async def test_a_letter_changes_the_results_in_the_same_frame(home: Path) -> None:
    async with at_row(home, funnel(), "f.4") as at:
        assert "1% 10 of 1,000" in line_with(at, "Overall rate")
        assert "20% go on, 800 lost" in line_with(at, "Weakest step")
        await at.type(keys("right") + "20")
        assert at.one(InlineEditor).value == "20"
        assert row(at, "f.4").count == "20"
        assert "2% 20 of 1,000" in line_with(at, "Overall rate")
        assert line_with(at, "Customers 20 —"), "the name beside the number stays"


async def test_the_results_are_seen_while_a_number_is_typed_in_a_small_window(home: Path) -> None:
    calculator = replace(funnel(), rows=(*funnel().rows[:2], *funnel().rows[3:]))
    async with at_row(home, calculator, "f.1", size=(80, 24)) as at:
        assert "1% 10 of 1,000" in line_with(at, "Overall rate")
        assert line_with(at, "From lead to customer")


async def test_the_end_with_another_rate_stands_beside_the_real_one(home: Path) -> None:
    async with at_row(home, funnel(), "f.3") as at:
        assert "10" in line_with(at, "As it is")
        assert "16" in line_with(at, "New end ━")
        await at.type(keys("right", "right", "backspace"))
        assert row(at, "f.3").rate == ""
        assert "As it is" not in at.text
        await at.press("ctrl+z")
        await at.until(lambda: "As it is" in at.text)


@pytest.mark.proof
async def test_a_cell_that_cannot_be_read_says_why_and_keeps_what_was_typed(home: Path) -> None:
    async with at_row(home, funnel(), "f.2") as at:
        await at.type(keys("right") + "many\r")
        assert row(at, "f.2").count == "many"
        assert "Count: It is no number." in at.text
        assert "Not calculated" in at.text
        await at.type("200\r")
        assert "It is no number" not in at.text
        assert "1% 10 of 1,000" in line_with(at, "Overall rate")


@pytest.mark.proof
async def test_a_pipeline_says_where_each_deal_stands_and_a_unit_shows_its_formulas(home: Path) -> None:
    async with sitting(home, size=(100, 110), roadmap=plan(pipeline(), unit())) as at:
        await at.press("alt+2")
        await at.until(lambda: "Formulas" in at.text)
        assert line_with(at, "Delta Won won 15,000 100%")
        assert "45,500" in line_with(at, "Weighted forecast 45")
        assert "Quote → Negotiation 50%" in line_with(at, "Lowest rate")
        assert "Quote 16 days" in line_with(at, "Longest stay")
        assert "may be a thousand or a decimal" in at.text
        assert "Spend ÷ New customers = 9,000 ÷ 30 = 300" in line_with(at, "CAC Spend")


@pytest.mark.proof
async def test_rows_are_added_moved_and_removed_by_keys_each_a_step_of_undo(home: Path) -> None:
    async with at_row(home, funnel(), "f.4") as at:
        await at.type(keys("insert") + "Again\t5\r")
        assert [each.name for each in card(at).calculators[0].rows][-1] == "Again"
        assert "0.5% 5 of 1,000" in line_with(at, "Overall rate")
        await at.press("alt+up")
        assert [each.name for each in card(at).calculators[0].rows][-2] == "Again"
        await at.press("ctrl+z")
        await at.until(lambda: [each.name for each in card(at).calculators[0].rows][-1] == "Again")
        await at.press("delete")
        assert len(card(at).calculators[0].rows) == 4
        assert isinstance(at.app.focused, CalculatorTable)
        await at.press("ctrl+z")
        await at.until(lambda: len(card(at).calculators[0].rows) == 5)
        await at.until(lambda: at.focus == card(at).calculators[0].rows[-1].id)


@pytest.mark.proof
async def test_a_row_without_a_letter_goes(home: Path) -> None:
    async with at_row(home, funnel(), "f.4") as at:
        await at.press("insert", "escape")
        assert card(at).calculators[0].rows == funnel().rows
        assert at.focus == "f.4"


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("kind", ["funnel", "pipeline", "unit"])
async def test_a_calculator_is_added_from_the_checklist_with_rows_to_fill_in(home: Path, kind: str) -> None:
    async with sitting(home, size=(120, 60)) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.checklist())
        await at.press("t")
        await at.type({"funnel": "rates", "pipeline": "forecast", "unit": "payback"}[kind] + "\r")
        await at.type("!\r")
        await at.until(lambda: card(at).calculators)
        (made,) = card(at).calculators
        assert (made.kind, made.title and made.title[-1]) == (kind, "!")
        assert at.focus == made.rows[0].id
        assert at.app.focused is at.one(CalculatorTable)
        await at.press("ctrl+z")
        await at.until(lambda: not card(at).calculators)
        await at.until(lambda: not at.app.main.query(CalculatorTable))


@pytest.mark.proof
async def test_a_calculator_is_renamed_copied_moved_and_removed_like_other_parts(home: Path) -> None:
    async with at_row(home, funnel(), "f.2") as at:
        await at.app.action_start("rename_calculator")
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.type(" of May\r")
        await at.until(lambda: "From lead to customer of May" in at.text)
        await at.app.action_start("duplicate_calculator")
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.type("\r")
        await at.until(lambda: len(card(at).calculators) == 2)
        first, second = card(at).calculators
        assert not {first.id, *(each.id for each in first.rows)} & {
            second.id,
            *(each.id for each in second.rows),
        }
        assert [each.count for each in second.rows] == [each.count for each in first.rows]
        await at.app.action_start("calculator_up")
        await at.until(lambda: card(at).calculators == (second, first))
        assert len(at.app.main.query(CalculatorTable)) == 2
        assert at.focus in [second.id, *(each.id for each in second.rows)]


@pytest.mark.proof
async def test_the_menu_and_the_search_know_calculators_and_rows(home: Path) -> None:
    async with at_row(home, funnel(), "f.2") as at:
        await at.press("f2")
        await at.until(lambda: "Rename the calculator" in at.text)
        await at.press("escape", "alt+1", "ctrl+p")
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.type("quotes lead to\r")
        await at.until(lambda: at.focus == "f.3")
        assert at.app.focused is at.one(CalculatorTable)


@pytest.mark.proof
async def test_the_history_leads_to_the_row(home: Path) -> None:
    async with at_row(home, funnel(), "f.3") as at:
        await at.type(keys("right") + "60\r")
        await at.press("alt+1", "f3")
        await at.until(lambda: at.app.screen is not at.app.main and "Quotes" in at.text)
        await at.press("enter")
        await at.until(lambda: at.focus == "f.3")


@pytest.mark.proof
async def test_what_another_window_changes_shows_and_what_is_typed_stays(home: Path) -> None:
    async with at_row(home, funnel(), "f.2") as one, sitting(home, author="yossi") as other:
        await one.type(keys("right") + "3")
        other.app.change(SetRow("f.4", "count", "1"))
        other.app.change(Add(CalculatorRow("f.0", "Visits", "9000"), "f", ""))
        await one.until(lambda: "Visits" in one.text)
        await one.type("00\r")
        await settled(one, other)
        assert row(other, "f.2").count == "300"
        assert "0.011% 1 of 9,000" in line_with(one, "Overall rate")
        other.app.change(Remove("f"))
        await one.until(lambda: not one.app.main.query(CalculatorTable))
        assert "Overall rate" not in one.text


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_place_stays_in_the_other_language(home: Path, language: Language) -> None:
    async with at_row(home, funnel(language), "f.3", language=language) as at:
        await at.press("ctrl+l")
        await at.until(lambda: at.app.session.words.language != language)
        await at.until(lambda: at.focus == "f.3")


async def test_in_hebrew_the_columns_run_from_the_right(home: Path) -> None:
    async with at_row(home, funnel("he"), "f.2", language="he") as at:
        line = line_with(at, "תוחיש")
        assert line.index("200") < line.index("תוחיש")
        await at.type(keys("left") + "400")
        assert row(at, "f.2").count == "400"
        table = at.one(CalculatorTable)
        assert table.fillable[table.column] == "count"
        assert any("40%" in each and "━" in each for each in at.lines)


async def test_the_mouse_edits_a_cell_and_renames_by_the_title(home: Path) -> None:
    async with at_row(home, funnel(), "f.2") as at:
        table = at.one(CalculatorTable)
        x, y = column_starts(table.widths)["count"], table.row_region(3).y
        await at.click(table, x, y, times=2)
        await at.type("60\r")
        assert row(at, "f.3").count == "60"
        assert table.parent is not None
        await at.click(table.parent, 4, 0, times=2)  # type: ignore[arg-type]
        await at.until(lambda: at.app.screen is not at.app.main)
        await at.type("!\r")
        await at.until(lambda: "From lead to customer!" in at.text)


@pytest.mark.proof
@pytest.mark.parametrize("kind", ["funnel", "pipeline", "unit"])
async def test_hostile_texts_are_drawn_without_harm(home: Path, kind: CalculatorKind) -> None:
    rows = tuple(
        CalculatorRow(f"e{n}", *(f"{evil} {n}" if n % 2 else str(n) for _ in ROW_VALUES), evil)
        for n, evil in enumerate(EVIL)
    )
    async with sitting(home, size=(80, 120), roadmap=plan(Calculator("e", kind, EVIL[0], rows))) as at:
        await at.press("alt+2")
        await at.app.main.go("e1")
        assert harmful(at) == []
        await at.press("right", "enter", "escape", "ctrl+p")
        await at.type("e")
        assert harmful(at) == []


async def test_escape_leads_from_a_table_to_the_tasks(home: Path) -> None:
    async with at_row(home, funnel(), "f.2") as at:
        await at.press("escape")
        assert at.app.focused is at.checklist()


async def test_a_stage_without_calculators_makes_nothing_of_them(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        assert at.one(StagePane)._is_complete
        assert not at.app.main.query(CalculatorTable)
