"""Cards are added, renamed, copied, reordered, moved and removed by keys, mouse and palette, a step each."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Card
from lfroadmap.roadmap.tree import find
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.widgets.card_pane import CardPane
from lfroadmap.words import LANGUAGES, Language, words
from sitting import FIRST_CARD, Sitting, sitting
from terminal import keys
from test_ui_structure import plan, titles

UNDO = "\x1a"


async def asked(at: Sitting, text: str) -> None:
    """Send keys that lead to a dialog for a name, and wait for it."""
    at.pour(text)
    await at.until(lambda: isinstance(at.app.screen, NameScreen))


async def settled(at: Sitting) -> None:
    """Wait until no dialog is open and nothing is to be built."""
    await at.until(lambda: at.app.screen is at.app.main and not at.app.main.host.is_stale)
    await at.quiet()


async def palette(at: Sitting, command: str) -> None:
    """Choose a command by the palette."""
    await at.type(keys("ctrl+p") + command)
    await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
    chosen = at.app.screen
    await at.press("enter")
    await at.until(lambda: at.app.screen is not chosen)


async def test_a_card_is_added_behind_the_one_with_the_focus(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await asked(at, keys("ctrl+n"))
        assert "Stage 0" in at.text
        await at.type("Fresh one\r")
        await settled(at)
        assert await titles(at) == ["Card a0", "Fresh one", "Card b0"]
        fresh = at.app.session.roadmap.stages[0].cards[1]
        assert [(field.kind, field.role) for field in fresh.fields] == [
            ("text", "owner"),
            ("date", "deadline"),
        ]
        assert at.focus == fresh.fields[0].id
        await at.type("Dana")
        assert await at.stored(fresh.fields[0].id) == "Dana"
        await at.type(UNDO + UNDO)
        await at.until(lambda: find(at.app.session.roadmap, fresh.id) is None)
        assert await titles(at) == ["Card a0", "Card b0"]


async def test_escape_and_an_empty_name_add_nothing(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await asked(at, keys("ctrl+n"))
        await at.type("  \r")
        assert isinstance(at.app.screen, NameScreen)
        assert "A title needs words" in at.notices
        await at.press("escape")
        await settled(at)
        assert await titles(at) == ["Card a0", "Card b0"]
        assert at.focus == "a0f"


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_card_of_the_template_is_copied_with_its_words(home: Path, language: Language) -> None:
    async with sitting(home, language=language) as at:
        await at.press("alt+2", "escape", "space")
        await palette(at, words(language)("command.duplicate_card"))
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.press("enter")
        await settled(at)
        first, copied = at.app.session.roadmap.stages[0].cards[:2]
        labels = at.app.session.labels
        assert copied.title == words(language)("structure.copy_of", name=labels.of(first))
        assert [labels.of(task) for task in copied.tasks] == [labels.of(task) for task in first.tasks]
        assert [labels.of(field) for field in copied.fields] == [labels.of(field) for field in first.fields]
        assert first.tasks[0].done
        assert not any(task.done or task.done_on for task in copied.tasks)
        assert at.focus == copied.tasks[0].id


async def test_a_card_is_renamed_by_a_double_click_on_its_title(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        pane = at.app.main.query(CardPane).last()
        await at.click(pane, x=4, y=0, times=2)
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type("!\r")
        await settled(at)
        assert await titles(at) == ["Card a0", "Card b0!"]
        await at.type(UNDO)
        await at.until(lambda: "─ Card b0 ─" in at.text)


async def test_the_menu_renames_what_has_the_focus(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type(keys("f2") + "rename the card")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type(" more\r")
        await settled(at)
        assert await titles(at) == ["Card a0 more", "Card b0"]
        assert at.focus == "a0f"


async def test_the_right_button_opens_the_menu_of_a_card(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        pane = at.app.main.query(CardPane).last()
        await at.pilot.click(pane, offset=(4, 0), button=3)
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        assert "Rename the card" in at.text
        assert "Card b0" in at.text


async def test_cards_are_reordered_in_place_and_the_focus_stays(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type(keys("ctrl+down") + "typed")
        assert await titles(at) == ["Card b0", "Card a0"]
        assert at.focus == "a0f"
        assert await at.stored("a0f") == "typed"
        await at.type(keys("ctrl+down") + keys("ctrl+up") + keys("ctrl+up"))
        assert await titles(at) == ["Card a0", "Card b0"]


@pytest.mark.proof
async def test_a_card_is_moved_to_another_stage_and_the_focus_goes_with_it(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await palette(at, "move the card to another")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen) and "Stage 2" in at.text)
        assert "Stage 0" not in at.app.screen.query_one("FoundList").render_line(0).text
        await at.type("stage 2\r")
        await settled(at)
        assert at.tab == "s2"
        assert at.focus == "a0f"
        assert await titles(at) == ["Card a2", "Card b2", "Card a0"]
        await at.type(UNDO)
        await at.until(lambda: at.tab == "s0")
        assert await titles(at) == ["Card a0", "Card b0"]


@pytest.mark.proof
async def test_removing_a_card_names_what_goes_and_the_focus_goes_to_the_next(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await at.type("typed")
        await palette(at, "remove the card")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert "1 task" in at.text
        assert "1 filled field" in at.text
        await at.press("escape")
        await settled(at)
        assert await titles(at) == ["Card a0", "Card b0"]
        await palette(at, "remove the card")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click("#remove")
        await settled(at)
        assert await titles(at) == ["Card b0"]
        assert at.focus == "b0f"
        assert "Card a0" in at.notices
        await at.type(UNDO)
        await at.until(lambda: find(at.app.session.roadmap, "a0") is not None)
        assert await titles(at) == ["Card a0", "Card b0"]
        assert at.value("a0f") == "typed"


async def test_an_empty_card_goes_without_a_question(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2")
        await asked(at, keys("ctrl+n"))
        await at.type("Fresh\r")
        await settled(at)
        await palette(at, "remove the card")
        await settled(at)
        assert await titles(at) == ["Card a0", "Card b0"]


async def test_a_command_without_a_card_at_the_focus_asks_which(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+5")
        assert at.tab == "kpis"
        await palette(at, "rename the card")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen) and "Card b2" in at.text)
        await at.type("card b2\r")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.type("!\r")
        await settled(at)
        place = find(at.app.session.roadmap, "b2")
        assert place is not None
        assert isinstance(place.node, Card)
        assert place.node.title == "Card b2!"
        assert FIRST_CARD
