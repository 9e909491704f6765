"""The palette: what is found by its words, where it leads, and how it is used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.widget import Widget

from lfroadmap.roadmap.edits import SetField, SetTask
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.widgets.found_list import FoundList
from lfroadmap.ui.widgets.kpi_table import KpiTable
from lfroadmap.ui.widgets.line_list import LineList
from sitting import OWNER, Sitting, sitting, template
from terminal import keys

OPEN = keys("ctrl+p")
LATER = "strategy.goals.sign-off"


def long_plan() -> Roadmap:
    """A roadmap with a checklist of thousands of tasks."""
    plan = template()
    card = plan.stages[1].cards[0]
    tasks = tuple(Task(f"t{number}", f"Call number {number}") for number in range(3000))
    stage = replace(plan.stages[1], cards=(replace(card, tasks=tasks), *plan.stages[1].cards[1:]))
    return replace(plan, stages=(plan.stages[0], stage, *plan.stages[2:]))


async def choose(at: Sitting, query: str) -> None:
    """Find by some words, choose the first, and be there."""
    await at.type(OPEN + query)
    await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
    await at.press("enter")
    await at.until(lambda: at.app.screen is at.app.main)


def is_seen(at: Sitting, widget: Widget, row: int = 0) -> bool:
    """True if a row of a widget is on the screen, in no scrolled-away part of it."""
    region = (
        widget.region
        if not isinstance(widget, LineList)
        else widget.row_region(row).translate(widget.region.offset)
    )
    return at.app.main.host.region.contains_region(region)


@pytest.mark.quick_cases(2)
@pytest.mark.parametrize(
    ("query", "tab", "focus"),
    [
        ("data and infra", "data", "data.governance.owner"),
        ("flow pilot", "launch", "launch.pilot.owner"),
        ("sign off on the goals", "strategy", LATER),
        ("dana levi", "strategy", OWNER),
        ("yoav", "strategy", LATER),
        ("close rate", "kpis", "kpi.close-rate"),
        ("the back office", "launch", "launch.scale.training-plan"),
    ],
)
async def test_each_goes_to_its_place(home: Path, query: str, tab: str, focus: str) -> None:
    async with sitting(home, size=(80, 24)) as at:
        at.app.change(SetField(OWNER, "Dana Levi"))
        at.app.change(SetTask(LATER, "owner", "Yoav"))
        at.app.change(SetField("launch.scale.training-plan", "two workshops for the back office"))
        await choose(at, query)
        await at.until(lambda: (at.tab, at.focus) == (tab, focus))
        focused = at.app.main.focused
        assert focused is not None
        await at.until(lambda: is_seen(at, focused, getattr(focused, "cursor", 0)))


@pytest.mark.proof
async def test_a_task_far_down_is_scrolled_to(home: Path) -> None:
    async with sitting(home, size=(80, 24), roadmap=long_plan()) as at:
        await choose(at, "number 2718")
        await at.until(lambda: at.focus == "t2718")
        await at.until(lambda: at.shows("Call number 2718"))


@pytest.mark.quick_cases(1)
@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((120, 40), "he")])
async def test_it_says_of_what_kind_each_is_and_where_it_stands(
    home: Path, size: tuple[int, int], language: str
) -> None:
    async with sitting(home, size=size, language="he" if language == "he" else "en") as at:
        await at.type(OPEN + ("identity" if language == "en" else "מזהה לקוח"))
        expected = "task · B Data › Unified data and governance"
        await at.until(
            lambda: at.shows(
                expected
                if language == "en"
                else "משימה · ב. נתונים › איחוד נתונים וממשל".replace("›", "‹")[::-1]
            )
        )


async def test_commands_have_their_keys_also_those_of_the_settings(home: Path) -> None:
    (home / "config").mkdir()
    (home / "config" / "settings.toml").write_text('[keys]\nundo = "f5"\n', "utf-8")
    async with sitting(home, size=(120, 80)) as at:
        await at.type(OPEN)
        await at.until(lambda: at.shows("Undo the last change"))
        line = {
            name: next(line for line in at.lines if f"│ {name} " in line)
            for name in ("undo", "export", "quit")
        }
        assert "F5" in line["undo"]
        assert "^E" in line["export"]
        assert "^Q" in line["quit"]


@pytest.mark.proof
async def test_the_arrows_choose_and_escape_leaves_everything_as_it_was(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(keys("alt+2") + OPEN + "kpi")
        await at.press("down", "down", "pagedown", "pageup", "up")
        results = at.app.screen.query_one(FoundList)
        assert results.cursor == 0
        await at.press("ctrl+end")
        assert results.cursor == len(results.found) - 1
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
        assert (at.tab, at.focus) == ("strategy", OWNER)


async def test_a_click_chooses_and_a_click_beside_leaves(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(OPEN + "flow pilot")
        await at.until(lambda: at.shows("card · D Launch"))
        await at.click_on("card · D Launch")
        await at.until(lambda: at.app.screen is at.app.main and at.focus == "launch.pilot.owner")
        await at.type(OPEN)
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.pilot.click(offset=(2, 30))
        await at.until(lambda: at.app.screen is at.app.main)


async def test_nothing_found_is_said_and_enter_does_nothing(home: Path) -> None:
    async with sitting(home, language="he") as at:
        await at.type(OPEN + "qqqq\r")
        await at.until(lambda: at.shows("לא נמצאו תוצאות"))
        assert isinstance(at.app.screen, PaletteScreen)


async def test_the_last_choice_is_offered_first(home: Path) -> None:
    async with sitting(home) as at:
        await choose(at, "flow pilot")
        await at.until(lambda: at.tab == "launch")
        await at.type(keys("alt+1") + OPEN)
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        first = at.app.screen.query_one(FoundList).found[0]
        assert first.target.id == "launch.pilot"


async def test_keys_typed_behind_enter_land_where_the_palette_led(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(OPEN + "flow pilot\r" + "Shira")
        await at.until(lambda: at.value("launch.pilot.owner") == "Shira")


async def test_the_themes_are_found_by_name_and_remembered(home: Path) -> None:
    async with sitting(home) as at:
        await at.type(OPEN + "choose the colors\r")
        await at.until(lambda: at.shows("nord"))
        await at.type("nord\r")
        await at.until(lambda: at.app.theme == "nord")
        assert 'theme = "nord"' in (home / "config" / "settings.toml").read_text("utf-8")


async def test_a_kpi_row_is_the_one_under_the_cursor(home: Path) -> None:
    async with sitting(home) as at:
        await choose(at, "upsell to existing")
        await at.until(lambda: at.tab == "kpis")
        selected = at.one(KpiTable).selected
        assert selected is not None
        assert selected.id == "kpi.upsell"
        assert at.app.main.focused is at.one(KpiTable)
