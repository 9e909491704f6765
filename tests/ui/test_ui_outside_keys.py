"""Digits, signs and Escape outside the fields; in a field they are text."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.ui.screens.help import HelpScreen
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.screens.moment import MomentScreen
from lfroadmap.ui.screens.snapshots import SnapshotsScreen
from lfroadmap.ui.screens.trash import TrashScreen
from lfroadmap.ui.widgets.dashboard import Dashboard
from lfroadmap.ui.widgets.line_list import LineList
from sitting import FIRST_CARD, GOALS, OWNER, PERIOD, Sitting, sitting
from terminal import keys

F3 = "\x1bOR"


async def opened(at: Sitting, screen: type[object]) -> None:
    await at.until(lambda: isinstance(at.app.screen, screen))


@pytest.mark.proof
async def test_digits_open_tabs_one_after_the_other(home: Path) -> None:
    async with sitting(home) as at:
        seen = []
        for digit in "234516":
            await at.type(digit)
            seen.append(at.tab)
            assert isinstance(at.app.focused, LineList | Dashboard), (
                "outside the fields, so that the next digit is a key"
            )
        assert seen == ["strategy", "data", "ai", "launch", "overview", "kpis"]
        await at.type(keys("alt+1") + "9990")
        assert at.tab == "overview", "there are no such tabs"


async def test_brackets_go_through_the_tabs_and_around_the_end(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("]]")
        assert at.tab == "data"
        await at.type("[[[")
        assert at.tab == "timeline"


async def test_in_a_field_they_are_text(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "2[/?]")
        assert (at.tab, at.value(OWNER)) == ("strategy", "2[/?]")
        await at.type("\t\t2/?")
        assert at.value(GOALS) == "2/?"
        await at.type(keys("alt+2") + "\t" * 6 + "a3]/")
        assert at.checklist().tasks[1].text == "3]/"


async def test_on_a_cell_of_the_kpis_they_are_text_and_alt_leads_away(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("6" + keys("right", "right") + "12")
        assert (at.tab, at.app.session.roadmap.kpis[0].baseline) == ("kpis", "12")
        await at.type(keys("enter", "left") + "/?[")
        assert at.app.session.roadmap.kpis[0].definition == "/?["
        await at.type(keys("escape", "alt+3"))
        assert at.tab == "data"
        await at.type(keys("ctrl+pageup", "ctrl+pageup"))
        assert at.tab == "overview"


async def test_a_choice_is_no_field_for_text(home: Path) -> None:
    async with sitting(home) as at:
        await at.press("alt+2")
        at.app.main.set_focus(at.editor(PERIOD))
        await at.type("3")
        assert (at.tab, at.value(PERIOD)) == ("data", "")


@pytest.mark.proof
async def test_a_slash_finds_and_a_question_mark_helps(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("/")
        await at.until(lambda: not isinstance(at.app.screen, MainScreen))
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        await at.type("?")
        await opened(at, HelpScreen)
        await at.type("?")
        assert at.app.screen is at.app.main
        await at.type(F3)
        await opened(at, HistoryScreen)
        await at.type("?")
        await opened(at, HelpScreen)


async def test_escape_leads_from_a_field_to_its_list_and_to_the_overview(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "Dana")
        await at.press("escape")
        assert (at.tab, at.app.focused) == ("strategy", at.checklist(FIRST_CARD))
        await at.press("escape")
        assert at.tab == "overview"
        await at.press("escape")
        assert at.tab == "overview"
        assert at.value(OWNER) == "Dana"
        await at.press("alt+6", "escape")
        assert at.tab == "overview"


async def test_escape_in_what_is_written_goes_no_further_than_its_list(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("2" + keys("down") + "ahalf")
        await at.press("escape")
        assert (at.tab, at.app.focused) == ("strategy", at.checklist(FIRST_CARD))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(
    ("there", "screen"), [("v", MomentScreen), ("s", SnapshotsScreen), ("b", TrashScreen)]
)
async def test_escape_comes_back_to_the_history_as_it_was(
    home: Path, there: str, screen: type[object]
) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "Dana\t\tBack\t/x" + keys("alt+2", "escape"))
        await at.saved()
        await at.type(F3)
        await opened(at, HistoryScreen)
        history = at.app.screen
        assert isinstance(history, HistoryScreen)
        await at.type("/goals" + keys("enter", "down") + there)
        await opened(at, screen)
        await at.press("escape")
        assert at.app.screen is history
        assert (history.listed.cursor, history.filter.text) == (1, "goals")
        await at.press("escape")
        assert history.filter.text == "", "the filter goes first"
        await at.press("escape")
        assert at.app.screen is at.app.main


@pytest.mark.proof
async def test_escape_comes_back_step_by_step_from_a_snapshot_of_the_history(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "Dana")
        await at.saved()
        at.app.session.store.mark("first")
        await at.saved()
        await at.type(F3 + "s\r")
        await at.until(lambda: isinstance(at.app.screen, MomentScreen))
        seen = []
        for _ in range(3):
            await at.until(lambda: type(at.app.screen).__name__ not in seen)
            seen.append(type(at.app.screen).__name__)
            await at.press("escape")
        assert seen == ["MomentScreen", "SnapshotsScreen", "HistoryScreen"]
        assert at.app.screen is at.app.main


@pytest.mark.proof
async def test_a_question_that_is_not_agreed_to_leads_back_to_where_it_was_asked(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + "Dana")
        await at.saved()
        await at.type(F3 + "v" + keys("home") + "r")
        await at.until(lambda: at.shows("Bring the whole roadmap back?"))
        await at.press("escape")
        assert isinstance(at.app.screen, MomentScreen)
        await at.type("e")
        await at.until(lambda: at.shows("Export a snapshot"))
        await at.press("escape")
        assert isinstance(at.app.screen, MomentScreen)
        assert at.value(OWNER) == "Dana"
        await at.type("r")
        await at.until(lambda: at.shows("Bring the whole roadmap back?"))
        await at.press("left", "enter")
        await at.until(lambda: at.value(OWNER) == "")
        assert at.app.screen is at.app.main, "nothing is left above what was brought back"
