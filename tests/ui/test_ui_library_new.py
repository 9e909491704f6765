"""Making roadmaps in the library: from a template, and as copies."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.choose_model import ChooseModelScreen
from lfroadmap.ui.screens.library import LibraryScreen
from lfroadmap.ui.screens.roadmap_name import RoadmapNameScreen
from lfroadmap.words import Language, words
from libraries import all_read, chosen, in_library, named, new_named, small, switched, with_others
from sitting import NAME, sitting


async def test_a_new_roadmap_is_made_and_opened(home: Path) -> None:
    library = with_others(home)
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("n")
        await new_named(at, "Q3 plan")
        await all_read(at, "Q3 plan")
        assert read(library.path("Q3 plan")).title == "Q3 plan"
        await at.press("enter")
        await switched(at, "Q3 plan")


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("name", ["acme", "-x", "a/b", "list", "  "])
async def test_a_refused_name_is_refused_in_the_words_of_the_command_line(
    home: Path, name: str, language: Language
) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME), language=language) as at:
        await in_library(at)
        await at.press("n")
        await named(at, name)
        assert isinstance(at.app.screen, RoadmapNameScreen)
        with pytest.raises(RoadmapError) as refused:
            library.create(name.strip(), small("x"), "dana")
        problem = at.app.screen.query_one("#problem")
        assert problem.display
        assert str(problem.render()) == words(language).error(refused.value)
        await new_named(at, "other")
        await all_read(at, "other")
    assert library.exists("other")


async def test_three_questions_recommend_the_model_that_is_taken(home: Path) -> None:
    library = with_others(home)
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("n")
        await named(at, "made")
        await at.until(lambda: isinstance(at.app.screen, ChooseModelScreen))
        await at.press("down", "tab", "down", "tab", "down")
        chosen_model = at.app.screen.model.chosen  # type: ignore[attr-defined]
        await at.press("enter")
        await all_read(at, "made")
    assert read(library.path("made")).template == chosen_model != "liquid-funnel"


@pytest.mark.proof
async def test_a_model_that_is_not_taken_makes_nothing(home: Path) -> None:
    library = with_others(home)
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("n")
        await named(at, "made")
        await at.until(lambda: isinstance(at.app.screen, ChooseModelScreen))
        await at.press("escape")
        await at.until(lambda: isinstance(at.app.screen, LibraryScreen))
    assert not library.exists("made")


async def test_a_copy_has_everything_and_another_id(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, "acme")
        await at.press("c")
        await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
        await at.press("enter")
        screen = await all_read(at, "acme-copy")
        selected = screen.listed.selected
        assert selected and selected.name == "acme-copy"
    before, after = read(library.path("acme")), read(library.path("acme-copy"))
    assert after.stages == before.stages
    assert (after.title, after.id != before.id) == ("acme-copy", True)


@pytest.mark.proof
async def test_another_roadmap_is_renamed_with_its_title(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, "acme")
        await at.press("r")
        await named(at, "acme 2027")
        await all_read(at, "acme 2027")
    assert library.names() == ("acme 2027", NAME)
    assert read(library.path("acme 2027")).title == "acme 2027"


async def test_the_open_roadmap_is_renamed_and_stays_open(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("alt+2")
        await at.type("before")
        await chosen(at, NAME)
        await at.press("r")
        await named(at, "renamed")
        await switched(at, "renamed")
        await at.type(" after")
        await at.saved()
        assert at.app.title == "renamed"
    assert library.names() == ("acme", "renamed")
    assert library.state.last == "renamed"
    assert read(library.path("renamed")).stages[0].cards[0].fields[0].value == "before after"
