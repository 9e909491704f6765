"""What is due in all roadmaps on the screen: by how soon it is, of one person, and going there."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetTask
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.store.library.library import Library
from lfroadmap.ui.screens.due import DueScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.portfolio_lines import Heading
from lfroadmap.words import LANGUAGES, Language, words
from libraries import switched
from listening import Person
from portfolios import one_card
from samples import TODAY
from sharing import create
from sitting import NAME, Sitting, sitting


def plan(title: str, owner: str, *tasks: Task) -> Roadmap:
    return one_card(owner, "2026-06-01", *tasks, title=title)


def filled(home: Path) -> Library:
    """Two roadmaps beside the open one: in one something is late, in the other something is due today."""
    library = Library(home / "data")
    late = Task("t1", "Sign it", due="2026-03-10", owner="Yossi")
    create(library, "acme", plan("acme", "Dana", late), "me")
    create(library, "beta", plan("beta", "Noa", Task("t2", "Call them", due=TODAY.isoformat())), "me")
    return library


async def shown(at: Sitting) -> DueScreen:
    """Wait until all roadmaps are read."""
    await at.until(lambda: isinstance(at.app.screen, DueScreen) and at.app.screen.is_read)
    assert isinstance(at.app.screen, DueScreen)
    return at.app.screen


@pytest.mark.parametrize("language", LANGUAGES)
async def test_it_is_grouped_by_how_soon_and_a_line_leads_to_its_place(
    home: Path, language: Language
) -> None:
    filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana"), language=language) as at:
        await at.press("f6")
        screen = await shown(at)
        say = words(language)
        headings = [line.text for line in screen.listed.entries if isinstance(line, Heading) and line.text]
        assert headings == [say("due.late"), say("due.today"), say("due.later")]
        for text in ("acme", "beta", "Sign it", "Call them", "Yossi", "Noa"):
            assert text in at.text
        await at.press("enter")
        await switched(at, "acme")
        assert at.focus == "t1"


@pytest.mark.proof
async def test_one_person_is_chosen_and_everybody_again(home: Path) -> None:
    filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("f6")
        screen = await shown(at)
        await at.press("o")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("yossi\r")
        await at.until(lambda: screen.owner == "Yossi" and at.app.screen is screen)
        assert "Sign it" in at.text
        assert "Call them" not in at.text
        await at.press("escape")
        assert "Call them" in at.text
        await at.type("/noa\r")
        assert "Call them" in at.text
        assert "Sign it" not in at.text
        await at.press("escape", "escape")
        await at.until(lambda: at.app.screen is not screen)


@pytest.mark.proof
async def test_what_changes_elsewhere_is_followed(home: Path) -> None:
    library = filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("f6")
        screen = await shown(at)
        other = Person(library.path("beta"), "noa")
        other.does(SetTask("t2", "due", "2026-03-01"))
        other.leaves()
        late = words("en").plural("remind.late", 2)
        await at.until(lambda: late in screen.title_line.note)
