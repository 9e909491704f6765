"""Importing a table of deals on the screen: into the calculator here, or into one that is chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Button

from calculators import funnel, pipeline
from imported_files import ask, can_import, import_screen, imported, looked, note
from lfroadmap.roadmap.model import Calculator, CalculatorRow
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.widgets.report_view import ReportView
from lfroadmap.usecases.creating import new_roadmap
from lfroadmap.words import LANGUAGES, Language
from sitting import Sitting, sitting
from test_ui_calculators import at_row, card

DEALS = "Deal,Stage,Value,Probability,Days\nAlpha,Quote,14000,60%,12\nZeta,Talks,5000,10%,3\n"
TASKS = "Task,Owner\nAsk the bank,Dana\n"


def drawn(at: Sitting) -> str:
    return "\n".join(strip.text for strip in import_screen(at).query_one(ReportView).strips)


def rows(at: Sitting, number: int = 0) -> dict[str, CalculatorRow]:
    return {each.name: each for each in card(at).calculators[number].rows}


async def to_checklist(at: Sitting) -> None:
    """From the calculator to the tasks of its card."""
    await at.press("escape")
    assert at.app.focused is at.checklist()


async def test_deals_come_into_the_calculator_at_the_focus_as_one_step(home: Path) -> None:
    Path("deals.csv").write_text(DEALS)
    async with at_row(home, pipeline(), "p.1") as at:
        screen = await ask(at, "deals.csv")
        assert "Import deals into “Deals of the quarter”" in at.text
        assert "Alpha" in drawn(at) and "12000 → 14000" in drawn(at) and "Zeta" in drawn(at)
        assert rows(at)["Alpha"].value == "12000"
        assert screen.query_one("#import", Button).has_focus
        await imported(at)
        assert (rows(at)["Alpha"].value, rows(at)["Zeta"].stage) == ("14000", "Talks")
        assert len(rows(at)) == 6
        assert at.focus == "p.1"
        await at.press("ctrl+z")
        await at.until(lambda: len(rows(at)) == 5)
        assert rows(at)["Alpha"].value == "12000"


@pytest.mark.proof
async def test_the_same_file_again_changes_nothing(home: Path) -> None:
    Path("deals.csv").write_text(DEALS)
    async with at_row(home, pipeline(), "p.1") as at:
        await ask(at, "deals.csv")
        await imported(at)
        screen = await ask(at, "deals.csv")
        assert not can_import(screen)
        assert "nothing to import" in note(screen)


async def test_in_the_card_of_a_calculator_a_table_of_deals_is_asked_about(home: Path) -> None:
    Path("deals.csv").write_text(DEALS)
    async with at_row(home, pipeline(), "p.1") as at:
        await to_checklist(at)
        await at.type("\x0fdeals.csv\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog) and at.app.focused is not None)
        assert "Where does it go?" in at.text
        assert at.shows("Into the calculator “Deals of the quarter”") and at.shows("As tasks")
        await at.press("up", "up", "enter")
        await looked(at)
        await imported(at)
        assert rows(at)["Zeta"].stage == "Talks"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
async def test_of_two_calculators_of_a_template_the_one_that_is_chosen_takes_the_deals(
    home: Path, language: Language
) -> None:
    Path("deals.csv").write_text(DEALS)
    roadmap = new_roadmap("plan", "sales-pipeline")
    async with sitting(home, size=(80, 24), language=language, roadmap=roadmap) as at:
        await at.press("alt+6")
        await at.app.main.go("close.forecast")
        await at.pause()
        await at.type("\x0fdeals.csv\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog) and at.app.focused is not None)
        await at.press("up", "up", "enter")
        await looked(at)
        await imported(at)
        place = find(at.app.session.roadmap, "close.forecast.deals")
        assert place is not None and isinstance(place.node, Calculator)
        assert {"Alpha", "Zeta"} <= {each.name for each in place.node.rows}


@pytest.mark.proof
async def test_deals_may_be_taken_for_tasks_or_for_nothing(home: Path) -> None:
    Path("deals.csv").write_text(DEALS.replace("Deal,", "Task,"))
    async with at_row(home, pipeline(), "p.1") as at:
        await to_checklist(at)
        await at.type("\x0fdeals.csv\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog) and at.app.focused is not None)
        await at.press("escape")
        await at.until(lambda: at.app.screen is import_screen(at))
        assert not can_import(import_screen(at))
        await at.click(import_screen(at).query_one("#file"))
        await at.type("\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog) and at.app.focused is not None)
        await at.press("up", "enter")
        await looked(at)
        assert "Calculator" not in drawn(at)
        assert len(rows(at)) == 5


@pytest.mark.proof
async def test_tasks_are_imported_in_that_card_without_a_question(home: Path) -> None:
    Path("tasks.csv").write_text(TASKS)
    async with at_row(home, pipeline(), "p.1") as at:
        await to_checklist(at)
        screen = await ask(at, "tasks.csv")
        assert at.app.screen is screen
        assert "Ask the bank" in drawn(at)


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_file_without_deals_is_refused_at_the_calculator_with_a_way_out(
    home: Path, language: Language
) -> None:
    Path("tasks.csv").write_text("Who,What\nDana,Something\n")
    async with at_row(home, pipeline(language), "p.1", language=language) as at:
        screen = await ask(at, "tasks.csv")
        assert not can_import(screen)
        assert "--into-calculator" in note(screen)
        assert "tasks.csv" in drawn(at)


@pytest.mark.proof
async def test_at_a_funnel_the_import_is_that_of_tasks(home: Path) -> None:
    Path("tasks.csv").write_text(TASKS)
    async with at_row(home, funnel(), "f.1") as at:
        screen = await ask(at, "tasks.csv")
        assert "Ask the bank" in drawn(at)
        assert can_import(screen)


@pytest.mark.proof
async def test_a_calculator_that_is_removed_meanwhile_takes_nothing(home: Path) -> None:
    Path("deals.csv").write_text(DEALS)
    async with at_row(home, pipeline(), "p.1") as at:
        screen = await ask(at, "deals.csv")
        at.app.change(Remove("p"))
        await at.type("\r")
        await at.until(lambda: not can_import(screen))
        await looked(at)
        assert "calculator" in drawn(at)
        assert not card(at).calculators


@pytest.mark.proof
async def test_stages_do_not_go_into_a_calculator_with_deals(home: Path) -> None:
    Path("stages.csv").write_text("Stage,Deals\nQuote,40\nWon,10\n")
    async with at_row(home, pipeline(), "p.1") as at:
        screen = await ask(at, "stages.csv")
        assert not can_import(screen)
        assert "Import them into another pipeline calculator" in " ".join(drawn(at).split())


@pytest.mark.proof
async def test_stages_come_into_a_calculator_with_stages(home: Path) -> None:
    Path("stages.csv").write_text("Stage,Deals\nQuote,40\nWon,10\n")
    stages = replace(pipeline(), rows=(CalculatorRow("s.1", "Quote", "30"),))
    async with at_row(home, stages, "s.1") as at:
        await ask(at, "stages.csv")
        await imported(at)
        assert [each.count for each in card(at).calculators[0].rows] == ["40", "10"]
