"""The library's screen: all roadmaps, and what is done with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.trash import entries, move_to_trash
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.screens.roadmap_trash import RoadmapTrashScreen
from lfroadmap.words import Language, words
from libraries import all_read, chosen, in_library, named, new_named, small, switched, with_others
from sitting import NAME, sitting


@pytest.mark.parametrize("language", ["en", "he"])
async def test_each_roadmap_has_a_line_with_how_it_stands(home: Path, language: Language) -> None:
    with_others(home, "acme", "beta")
    async with sitting(home, roadmap=small(NAME), language=language) as at:
        screen = await in_library(at)
        assert [row.name for row in screen.rows] == ["acme", "beta", NAME]
        line = next(each for each in at.lines if "acme" in each)
        assert "50%" in line
        assert at.shows(words(language)("health.no_date"))
        here = next(each for each in at.lines if NAME in each)
        open_word = words(language)("library.here")
        assert open_word in here or open_word[::-1] in here
        assert at.shows(words(language)("library.title"))


@pytest.mark.proof
async def test_the_only_roadmap_is_listed_and_opened_again(home: Path) -> None:
    async with sitting(home, roadmap=small(NAME)) as at:
        screen = await in_library(at)
        assert [row.name for row in screen.rows] == [NAME]
        await at.press("enter")
        await switched(at, NAME)


@pytest.mark.proof
async def test_a_click_opens_a_roadmap(home: Path) -> None:
    with_others(home, "acme", "beta")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.click_on("acme")
        await switched(at, "acme")


@pytest.mark.proof
async def test_the_palette_opens_another_roadmap_by_its_name(home: Path) -> None:
    with_others(home, "acme", "beta")
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("ctrl+p")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("beta\r")
        await switched(at, "beta")


@pytest.mark.proof
async def test_typing_narrows_the_list(home: Path) -> None:
    with_others(home, "acme", "beta")
    async with sitting(home, roadmap=small(NAME)) as at:
        screen = await in_library(at)
        await at.type("/BET\r")
        assert [row.name for row in screen.listed.entries] == ["beta"]
        await at.press("escape")
        assert len(screen.listed.entries) == 3
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)


async def test_a_name_and_two_enters_typed_at_once_open_the_roadmap(home: Path) -> None:
    with_others(home, "acme", "beta")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        at.pour("/acm\r\r")
        await switched(at, "acme")


async def test_a_roadmap_goes_to_the_bin_and_comes_back(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, "acme")
        await at.press("delete")
        await all_read(at, lacks="acme")
        assert library.names() == (NAME,)
        assert "acme" in at.notices
        await at.press("b")
        await at.until(lambda: isinstance(at.app.screen, RoadmapTrashScreen))
        await at.until(lambda: at.shows("acme"))
        await at.press("enter")
        screen = await all_read(at, "acme")
        selected = screen.listed.selected
        assert selected and selected.name == "acme"
    assert library.names() == ("acme", NAME)


@pytest.mark.proof
async def test_the_open_roadmap_goes_to_the_bin_and_the_one_before_it_opens(home: Path) -> None:
    library = with_others(home, "acme", "beta")
    library.remember("beta", "s")
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, NAME)
        await at.press("delete")
        await switched(at, "beta")
        assert words("en")("library.removed", name=NAME) in at.notices
    assert [entry.name for entry in entries(library)] == [NAME]


@pytest.mark.proof
async def test_the_only_roadmap_does_not_go_to_the_bin_while_it_is_open(home: Path) -> None:
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("delete")
        await at.until(lambda: words("en")("library.only_one", name=NAME) in at.notices)
        assert Library(home / "data").names() == (NAME,)


@pytest.mark.proof
async def test_the_bin_is_emptied_after_a_question(home: Path) -> None:
    library = with_others(home, "acme", "beta")
    move_to_trash(library, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("b")
        await at.until(lambda: isinstance(at.app.screen, RoadmapTrashScreen))
        await at.press("e")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.press("left", "enter")
        await at.until(lambda: entries(library) == ())


@pytest.mark.proof
async def test_the_right_button_lists_what_can_be_done_with_a_roadmap(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        screen = await in_library(at)
        await at.pilot.click(screen.listed, offset=(5, 0), button=3)
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("bin\r")
        await all_read(at, lacks="acme")
    assert library.names() == (NAME,)


@pytest.mark.proof
@pytest.mark.parametrize("command", ["new_roadmap", "copy_roadmap", "rename_file"])
async def test_the_palette_begins_what_the_library_does(home: Path, command: str) -> None:
    library = with_others(home)
    async with sitting(home, roadmap=small(NAME)) as at:
        await at.press("ctrl+p")
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type(words("en")(f"command.{command}_about"))
        await at.press("enter")
        await (new_named if command == "new_roadmap" else named)(at, "made")
        await at.until(lambda: library.exists("made"))
        assert library.exists(NAME) is (command != "rename_file")


@pytest.mark.proof
async def test_a_roadmap_that_is_open_elsewhere_is_refused(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        beside = library.path("acme").with_name(".acme.roadmap.12345678.window")
        await chosen(at, "acme")
        beside.write_text('{"author": "yossi", "host": "elsewhere", "process": 1, "since": 1}', "utf-8")
        await at.press("delete")
        text = words("en").error(RoadmapError("store_in_use", path=library.path("acme")))
        await at.until(lambda: text in at.notices)
    assert "acme" in library.names()


@pytest.mark.proof
@pytest.mark.parametrize("count", [0, 1, 50])
async def test_any_number_of_roadmaps_is_listed(home: Path, count: int) -> None:
    names = [f"plan-{n:02}" for n in range(count)]
    with_others(home, *names)
    async with sitting(home, roadmap=small(NAME)) as at:
        if count == 0:
            at.path.unlink()  # another program took the only one away
        screen = await in_library(at)
        assert [row.name for row in screen.rows] == sorted([*names, *([NAME] if count else [])])
        await at.press("end", "enter")
        if count:
            await switched(at, screen.rows[-1].name)
        else:
            assert at.shows(words("en")("library.none"))


@pytest.mark.proof
@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_every_name_percent_and_health_is_seen_in_every_size(
    home: Path, language: Language, size: tuple[int, int]
) -> None:
    with_others(home, "acme", "שם ארוך מאוד של מפת דרכים אחת", "a rather long name of a roadmap")
    async with sitting(home, roadmap=small(NAME), language=language, size=size) as at:
        await in_library(at)
        for name in ("acme", NAME, "a rather"):
            line = next(each for each in at.lines if name in each)
            assert "50%" in line
            assert "○" in line


@pytest.mark.proof
async def test_a_click_on_a_key_of_the_footer_does_what_the_key_does(home: Path) -> None:
    library = with_others(home)
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        row, line = len(at.lines) - 1, at.footer
        await at.pilot.click(offset=(line.index("new") + 1, row))
        await new_named(at, "made")
        await all_read(at, "made")
    assert library.exists("made")
