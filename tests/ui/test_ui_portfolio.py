"""The portfolio on the screen: where all roadmaps stand, and going to what is late in one of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lfroadmap.report.formatting import format_days
from lfroadmap.roadmap.edits import Rename
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.store.library.library import Library
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.portfolio import PortfolioScreen
from lfroadmap.usecases.library_rows import LibraryRows
from lfroadmap.usecases.opening import store_of
from lfroadmap.words import Language, words
from libraries import switched
from outlines import keep_soon, seen, settle
from portfolios import one_card
from samples import TODAY
from sharing import create
from sitting import NAME, Sitting, sitting


def plan(title: str, owner: str, *tasks: Task) -> Roadmap:
    return one_card(owner, "2026-06-01", *tasks, title=title)


def filled(home: Path) -> Library:
    """Two roadmaps beside the open one: in one something is late, in the other something comes."""
    library = Library(home / "data")
    create(
        library, "acme", plan("acme", "Dana", Task("t1", "Sign it", due="2026-03-10", owner="Yossi")), "me"
    )
    create(library, "beta", plan("beta", "Noa", Task("t2", "Call them", due="2026-03-20")), "me")
    return library


async def shown(at: Sitting) -> PortfolioScreen:
    """Wait until the portfolio is read."""
    await at.until(lambda: isinstance(at.app.screen, PortfolioScreen) and at.app.screen.lines)
    assert isinstance(at.app.screen, PortfolioScreen)
    return at.app.screen


@pytest.mark.parametrize("language", ["en", "he"])
async def test_it_shows_all_roadmaps_what_is_late_and_the_people(home: Path, language: Language) -> None:
    filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana"), language=language) as at:
        await at.press("ctrl+r", "p")
        await shown(at)
        for text in ("acme", "beta", "Sign it", "Call them", "Yossi", "Noa"):
            assert text in at.text
        assert at.shows(words(language)("portfolio.title"))
        assert at.shows(words(language)("report.owners"))
        days = format_days((date(2026, 3, 10) - TODAY).days, words(language))
        assert language == "he" or days in at.text


async def test_a_line_leads_to_its_task_in_its_roadmap(home: Path) -> None:
    filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("ctrl+r", "p")
        await shown(at)
        await at.click_on("Sign it")
        await switched(at, "acme")
        assert at.focus == "t1"


@pytest.mark.proof
async def test_the_palette_opens_it_and_enter_opens_a_roadmap(home: Path) -> None:
    filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("ctrl+p")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("portfolio\r")
        await shown(at)
        await at.press("down", "enter")
        await switched(at, "beta")


@pytest.mark.proof
async def test_words_narrow_it_and_a_person_shows_what_the_person_has(home: Path) -> None:
    filled(home)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("ctrl+r", "p")
        screen = await shown(at)
        await at.type("/call\r")
        assert "Call them" in at.text
        assert "Sign it" not in at.text
        await at.press("escape")
        people = [line for line in screen.listed.entries if isinstance(line, Share)]
        yossi = next(line for line in people if line.name == "Yossi")
        screen.listed.move_to(screen.listed.entries.index(yossi))
        await at.press("enter")
        await at.until(lambda: "Call them" not in at.text)
        assert "Sign it" in at.text
        await at.press("escape")
        assert "Call them" in at.text


@pytest.mark.proof
async def test_what_cannot_be_opened_leaves_the_portfolio_there(home: Path) -> None:
    library = filled(home)
    library.path("acme").write_bytes(b"")
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        await at.press("ctrl+r", "p")
        await shown(at)
        assert words("en")("library.empty_file") in at.text
        await at.press("enter")
        await at.press("escape")
        await shown(at)
        assert at.app.session.name == NAME


@pytest.mark.proof
async def test_what_an_earlier_program_read_is_shown_without_reading(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(home)
    keep_soon(monkeypatch)
    async with sitting(home, roadmap=plan(NAME, "Dana")) as at:
        settle(library)
        seen(library)
        with monkeypatch.context() as patch:
            patch.delattr(LibraryRows, "portfolio")
            await at.press("ctrl+r", "p")
            await shown(at)
            assert all(text in at.text for text in ("acme", "beta", "Sign it", "Call them", "Yossi", "Noa"))
        edited = store_of(library.path("acme"))
        edited.start(lambda event: None)
        edited.submit(Rename("t1", "Sign both"))
        edited.close()
        await at.until(lambda: "Sign both" in at.text)
