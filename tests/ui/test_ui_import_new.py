"""Making a new roadmap of a file, from the library."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.schema import dump
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.new_from_file import NewFromFileScreen
from lfroadmap.ui.screens.roadmap_name import RoadmapNameScreen
from lfroadmap.words import words
from libraries import all_read, in_library, small, switched, with_others
from sitting import NAME, Sitting, sitting


def exported(folder: Path, title: str) -> Path:
    """The JSON of a roadmap, as an export names it."""
    path = folder / f"{title}-2026-03-01.json"
    path.write_text(dump(small(title), "en"), "utf-8")
    return path


async def given(at: Sitting, file: str) -> None:
    """Type a file into the dialog that asks for one."""
    await at.until(lambda: isinstance(at.app.screen, NewFromFileScreen))
    await at.type(f"{file}\r")


@pytest.mark.parametrize("by", ["keys", "palette"])
@pytest.mark.quick_cases(1)
async def test_a_file_becomes_a_roadmap_of_its_name(home: Path, by: str) -> None:
    library = with_others(home)
    file = exported(home, "from-dana")
    async with sitting(home, roadmap=small(NAME)) as at:
        if by == "keys":
            await in_library(at)
            await at.press("i")
        else:
            await at.press("ctrl+p")
            await at.type(f"{words('en')('command.import_roadmap_about')}\r")
        await given(at, str(file))
        await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
        await at.press("enter")
        await all_read(at, "from-dana")
        await at.press("enter")
        await switched(at, "from-dana")
        assert at.app.title == "from-dana"
    assert read(library.path("from-dana")).stages == small("from-dana").stages


@pytest.mark.proof
async def test_a_file_of_another_roadmap_is_taken_as_it_is(home: Path) -> None:
    library = with_others(home, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("i")
        await given(at, f"'{library.path('acme')}'")
        await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
        await at.press("enter")
        screen = await all_read(at, "acme-2")
        selected = screen.listed.selected
        assert selected and selected.name == "acme-2"


@pytest.mark.proof
async def test_a_table_is_for_a_roadmap_that_is_there(home: Path) -> None:
    library = with_others(home)
    table = home / "tasks.csv"
    table.write_text("Card,Task\nCard,Ask the bank\n", "utf-8")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("i")
        await given(at, str(table))
        await at.until(lambda: words("en")("library.table") in at.notices)
        await at.until(lambda: isinstance(at.app.screen, NewFromFileScreen))
        await at.press("escape")
        await all_read(at)
    assert library.names() == (NAME,)


@pytest.mark.proof
async def test_what_cannot_be_read_is_said_and_the_library_stays(home: Path) -> None:
    library = with_others(home)
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("i")
        await given(at, str(home / "nowhere.json"))
        await at.until(lambda: "nowhere.json" in at.notices)
        await at.until(lambda: isinstance(at.app.screen, NewFromFileScreen))
        await at.press("escape")
        await all_read(at)
    assert library.names() == (NAME,)


async def test_a_wrong_path_is_put_right_without_typing_it_again(home: Path) -> None:
    with_others(home)
    exported(home, "from-dana")
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        await at.press("i")
        await given(at, str(home / "from-dana-2026-03-01.jso"))
        await at.until(lambda: ".jso" in at.notices)
        await given(at, "n")
        await at.until(lambda: isinstance(at.app.screen, RoadmapNameScreen))
        await at.press("enter")
        await all_read(at, "from-dana")
