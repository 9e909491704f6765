"""The help opens at the keys that work where the focus was."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.widgets import Markdown

from lfroadmap.ui.command_places import FOOTERS
from lfroadmap.ui.key_layouts import HEBREW_LETTERS
from lfroadmap.ui.screens.help import MARK, HelpScreen
from lfroadmap.ui.screens.history import HistoryScreen
from lfroadmap.words import LANGUAGES, Language, words
from matrices import quick_first
from sitting import FIRST_CARD, Sitting, sitting
from terminal import keys


async def headings(at: Sitting) -> list[str]:
    """The headings of the help, in their order, of which those that work are marked."""
    await at.until(lambda: isinstance(at.app.screen, HelpScreen) and len(at.app.screen.query(Markdown)) == 2)
    text = "\n".join(page.source for page in at.app.screen.query(Markdown))
    return re.findall(r"^#+ (.*)$", text, re.MULTILINE)


async def go_to(at: Sitting, place: str) -> None:
    opening = {"form": "alt+2", "checklist": "alt+2", "kpi": "alt+6", "history": "f3"}
    await at.press(opening.get(place, "alt+1"))
    if place == "checklist":
        at.app.main.set_focus(at.checklist(FIRST_CARD))
    elif place == "history":
        await at.until(lambda: isinstance(at.app.screen, HistoryScreen))


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_sentence_about_each_place_that_has_the_focus(language: Language) -> None:
    table = words(language).table
    assert [place for place in FOOTERS if place != "app" and f"help.about_{place}" not in table] == []


@pytest.mark.proof
@pytest.mark.parametrize("place", quick_first(["checklist", "overview", "form", "kpi", "history"]))
async def test_it_begins_with_the_place_that_has_the_focus(home: Path, place: str) -> None:
    said, mark = words("en"), MARK["ltr"]
    async with sitting(home) as at:
        await go_to(at, place)
        await at.press("f1")
        shown = await headings(at)
        assert shown[:2] == [said("help.here"), f"{mark} {said(f'help.place_{place}')}"]
        assert at.shows(said(f"help.place_{place}")), "on the screen, without scrolling"
        assert at.app.screen.query_one("#dialog").scroll_offset.y == 0
        source = at.app.screen.query(Markdown).first().source
        assert source.index(said(f"help.about_{place}")) < source.index(
            "| ---" if "| ---" in source else "|---"
        )
        marked = [each for each in shown if each.startswith(mark)]
        assert (f"{mark} {said('help.place_outside')}" in marked) == (place in {"overview", "checklist"})
        assert said("help.place_bin") in shown, "the others stand behind it"


@pytest.mark.proof
async def test_it_is_opened_from_what_is_written_too(home: Path) -> None:
    async with sitting(home) as at:
        await go_to(at, "checklist")
        await at.type("ahalf" + keys("f1"))
        assert (await headings(at))[1] == f"{MARK['ltr']} {words('en')('help.place_editing')}"
        await at.press("escape")
        await at.type(" a task\r")
        assert at.checklist().tasks[1].text == "half a task"


@pytest.mark.proof
@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_names_the_letters_of_a_hebrew_layout(home: Path, language: Language) -> None:
    async with sitting(home, language=language) as at:
        await at.press("f1")
        await headings(at)
        layout = list(at.app.screen.query(Markdown))[-1].source
        for letter in "aydorvcpsbe":
            assert f"{letter} {HEBREW_LETTERS[letter]}" in layout
