"""Stages are added, renamed, copied, reordered and removed; tabs are reached however many there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.widgets.tab_bar import TabBar
from lfroadmap.words import LANGUAGES, Language
from sitting import Sitting, sitting
from terminal import keys
from test_ui_cards import UNDO, asked, palette, settled
from test_ui_structure import plan, titles


def stages(at: Sitting) -> list[str | None]:
    return [stage.title for stage in at.app.session.roadmap.stages]


def many(number: int) -> Roadmap:
    """A roadmap of so many stages."""
    return Roadmap(
        "r",
        "Plan",
        "",
        tuple(
            Stage(
                f"s{n}", f"Stage number {n}", (Card(f"c{n}", f"Card {n}", (Field(f"f{n}", label="Note"),)),)
            )
            for n in range(number)
        ),
    )


@pytest.mark.proof
async def test_a_stage_is_added_behind_the_open_one_and_takes_its_first_card(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await asked(at, keys("ctrl+t"))
        await at.type("Brand new\r")
        await settled(at)
        assert stages(at) == ["Stage 0", "Brand new", "Stage 1", "Stage 2"]
        fresh = at.app.session.roadmap.stages[1].id
        assert at.tab == fresh
        assert "has no cards yet. Ctrl+N adds one" in at.text
        await asked(at, keys("ctrl+n"))
        await at.type("First\rDana")
        await settled(at)
        card = at.app.session.roadmap.stages[1].cards[0]
        assert await titles(at) == ["First"]
        assert "has no cards yet" not in at.text
        assert await at.stored(card.fields[0].id) == "Dana"
        for _ in range(3):
            await at.type(UNDO)
            await at.saved()
        await at.until(lambda: stages(at) == ["Stage 0", "Stage 1", "Stage 2"])
        assert at.tab in {"s0", "s1"}


async def test_a_stage_can_be_added_where_there_is_none(home: Path) -> None:
    async with sitting(home, roadmap=Roadmap("r", "Plan")) as at:
        await asked(at, keys("ctrl+t"))
        await at.type("First\r")
        await settled(at)
        assert stages(at) == ["First"]
        assert at.tab == at.app.session.roadmap.stages[0].id


async def test_stages_are_reordered_outside_the_fields(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2", "escape")
        await at.type("}}")
        assert stages(at) == ["Stage 1", "Stage 2", "Stage 0"]
        assert (at.tab, at.focus) == ("s0", "a0t")
        await at.type("}{")
        assert stages(at) == ["Stage 1", "Stage 0", "Stage 2"]
        assert at.text.index("Stage 1") < at.text.index("Stage 0") < at.text.index("Stage 2")


async def test_a_double_click_on_a_tab_renames_its_stage(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        x = at.lines[1].index("Stage 1")
        await at.click(at.one(TabBar), x=x, times=2)
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type("!\r")
        await settled(at)
        assert stages(at) == ["Stage 0", "Stage 1!", "Stage 2"]
        assert "Stage 1!" in at.lines[1]
        await at.type(UNDO)
        await at.until(lambda: "Stage 1!" not in at.lines[1])


async def test_the_right_button_opens_the_menu_of_a_tab(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.pilot.click(at.one(TabBar), offset=(at.lines[1].index("Stage 2"), 0), button=3)
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        assert at.tab == "s2"
        assert "Rename the stage" in at.text
        assert "Rename the card" not in at.text


@pytest.mark.proof
async def test_a_copied_stage_has_cards_of_its_own(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+3")
        await at.type("kept")
        await palette(at, "duplicate the stage")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.press("enter")
        await settled(at)
        assert stages(at) == ["Stage 0", "Stage 1", "Stage 1 (copy)", "Stage 2"]
        first, copied = at.app.session.roadmap.stages[1:3]
        assert at.tab == copied.id
        assert copied.cards[0].fields[0].value == "kept"
        assert {card.id for card in first.cards}.isdisjoint(card.id for card in copied.cards)
        await at.type(keys("end") + "!")
        assert await at.stored(copied.cards[0].fields[0].id) == "kept!"
        assert at.value("a1f") == "kept"


@pytest.mark.proof
async def test_removing_a_stage_names_what_goes_and_the_next_tab_opens(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+3")
        await palette(at, "remove the stage")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert "2 cards" in at.text
        assert "2 tasks" in at.text
        await at.click("#remove")
        await settled(at)
        assert stages(at) == ["Stage 0", "Stage 2"]
        assert (at.tab, at.focus) == ("s2", "a2f")
        await at.type(UNDO)
        await at.until(lambda: len(stages(at)) == 3 and at.tab == "s1")
        assert await titles(at) == ["Card a1", "Card b1"]


async def test_the_roadmap_is_renamed(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await palette(at, "rename the roadmap")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type(" of 2027\r")
        await settled(at)
        assert "Plan of 2027" in at.lines[0]
        await at.type(UNDO)
        await at.until(lambda: "2027" not in at.lines[0])


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_with_twelve_stages_every_tab_is_reached_at_eighty_columns(
    home: Path, language: Language
) -> None:
    async with sitting(home, size=(80, 24), roadmap=many(12), language=language) as at:
        seen = []
        for _ in range(16):
            await at.press("ctrl+pagedown")
            seen.append(at.tab)
            bar = at.one(TabBar)
            assert bar.active in [tab.id for tab, _ in bar.laid_out(80) if tab.short not in "‹›"]
            line = at.lines[1].strip()
            assert "›" not in line[:-1], "the signs point to where the others are"
            assert "‹" not in line[1:]
        assert seen == [*(f"s{n}" for n in range(12)), "kpis", "flows", "timeline", "overview"]


@pytest.mark.proof
async def test_hidden_tabs_are_reached_by_the_mouse(home: Path) -> None:
    async with sitting(home, size=(80, 24), roadmap=many(12)) as at:
        while "›" in at.lines[1]:
            before = at.tab
            await at.click(at.one(TabBar), x=at.lines[1].index("›"))
            assert at.tab != before
        assert "KPIs" in at.lines[1]
        while "‹" in at.lines[1]:
            await at.click(at.one(TabBar), x=at.lines[1].index("‹"))
        assert "Overview" in at.lines[1]


async def test_a_stage_that_another_window_removes_leaves_its_neighbour_open(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+3")
        at.app.change(Remove("s1"))
        await settled(at)
        assert at.tab == "s2"
        assert find(at.app.session.roadmap, at.focus)


async def test_a_double_click_on_the_title_renames_the_roadmap(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.pilot.click(offset=(2, 0), times=2)
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type("!\r")
        await settled(at)
        assert "Plan!" in at.lines[0]


async def test_on_the_overview_a_line_is_reordered_and_the_cursor_goes_with_it(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("down")
        assert at.app.main.node_here == "a0"
        await at.type(keys("ctrl+down"))
        assert [card.id for card in at.app.session.roadmap.stages[0].cards] == ["b0", "a0"]
        await at.quiet()
        assert at.tab == "overview"
        assert at.app.main.node_here == "a0"
        await at.type(keys("ctrl+up"))
        assert [card.id for card in at.app.session.roadmap.stages[0].cards] == ["a0", "b0"]
        await asked(at, keys("ctrl+n"))
        await at.type("Behind it\r")
        await settled(at)
        assert at.tab == "s0"
        assert await titles(at) == ["Card a0", "Behind it", "Card b0"]
