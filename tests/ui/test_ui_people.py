"""The people of all roadmaps on the screen: the load by week, what is due, other names."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.people import Person
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.due import DueScreen
from lfroadmap.ui.screens.naming import NameScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.people import PeopleScreen
from lfroadmap.words import LANGUAGES, Language, words
from portfolios import one_card
from samples import TODAY
from sharing import create
from sitting import NAME, Sitting, sitting

OWN = one_card("dana", "2026-06-01", Task("t0", "Ask", due=TODAY.isoformat(), owner="Yossi"), title=NAME)


def filled(home: Path) -> Library:
    """A roadmap beside the open one, in which Dana's task is late, and another person is a Dana."""
    library = Library(home / "data")
    late = Task("t1", "Sign it", due="2026-03-10", owner="DANA")
    create(library, "acme", one_card("Dana Levi", "2026-06-01", late, title="acme"), "me")
    return library


async def shown(at: Sitting, language: Language = "en") -> PeopleScreen:
    """Open the people from the palette, and wait until they are read."""
    await at.press("ctrl+p")
    await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
    await at.type(f"{words(language)('command.people')}\r")
    await at.until(lambda: isinstance(at.app.screen, PeopleScreen) and at.app.screen.is_read)
    assert isinstance(at.app.screen, PeopleScreen)
    return at.app.screen


def owners(library: Library) -> list[str]:
    card = read(library.path("acme")).stages[0].cards[0]
    return [card.fields[0].value, card.tasks[0].owner]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.quick_cases(1)
async def test_each_person_has_a_line_and_leads_to_what_is_due(home: Path, language: Language) -> None:
    filled(home)
    async with sitting(home, roadmap=OWN, language=language) as at:
        screen = await shown(at, language)
        people = [line.name for line in screen.listed.entries if isinstance(line, Person)]
        assert sorted(people) == ["DANA", "Dana Levi", "Yossi"]
        say = words(language)
        for text in (say("people.alike_title"), say("people.undated"), say("due.week")):
            assert at.shows(text)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, DueScreen) and at.app.screen.is_read)
        assert "Sign it" in at.text
        assert "Ask" not in at.text
        await at.press("escape", "escape", "escape")
        await at.until(lambda: at.app.screen is at.app.main)


@pytest.mark.proof
async def test_two_names_are_joined_after_a_preview_and_one_undo_takes_it_back(home: Path) -> None:
    library = filled(home)
    async with sitting(home, roadmap=OWN) as at:
        screen = await shown(at)
        screen.listed.move_to(len(screen.listed.entries) - 1)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        for text in ("DANA → Dana Levi", f"{NAME} · 1 card", "acme · 1 task", "one person"):
            assert text in at.text
        await at.press("escape")
        await at.until(lambda: at.app.screen is screen)
        assert owners(library) == ["Dana Levi", "DANA"], "nothing is done by itself"
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click_on("In both roadmaps")
        await at.until(lambda: at.app.screen is screen and len(screen.lines.found.people) == 2)  # type: ignore[union-attr]
        assert owners(library) == ["Dana Levi", "Dana Levi"]
        assert at.app.session.roadmap.stages[0].cards[0].fields[0].value == "Dana Levi"
        await at.press("escape", "ctrl+z")
        await at.until(lambda: at.app.session.roadmap == OWN)


@pytest.mark.proof
async def test_a_person_gets_another_name_here_alone(home: Path) -> None:
    library = filled(home)
    async with sitting(home, roadmap=OWN) as at:
        screen = await shown(at)
        names = [line.name if isinstance(line, Person) else "" for line in screen.listed.entries]
        screen.listed.move_to(names.index("DANA"))
        await at.press("r")
        await at.until(lambda: isinstance(at.app.screen, NameScreen))
        await at.press("ctrl+a")
        await at.type("Noa\r")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.click_on("Only in this one")
        await at.until(lambda: at.app.session.roadmap.stages[0].cards[0].fields[0].value == "Noa")
        assert owners(library) == ["Dana Levi", "DANA"]
        await at.until(lambda: "Noa" in at.text and at.app.screen is screen)


async def test_keys_pass_over_headings(home: Path) -> None:
    filled(home)
    async with sitting(home, roadmap=OWN) as at:
        screen = await shown(at)
        leads = [each for each in screen.listed.entries if screen.text(each)]
        await at.press("home", "up")
        assert screen.listed.selected == leads[0]
        for each in leads[1:]:
            await at.press("down")
            assert screen.listed.selected == each
        await at.press("down", "end", "pagedown")
        assert screen.listed.selected == leads[-1]
        await at.press("pageup")
        assert screen.listed.selected == leads[0]
        assert screen.listed.region_to_reveal().y == 0, "the heading is seen with its first line"
