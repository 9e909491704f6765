"""Damaged files in the library: a line with the reason, and saving what can be saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.store.sqlite.file_format import read
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.words import words
from libraries import all_read, chosen, damage, in_library, small, switched, with_others
from sitting import NAME, Sitting, sitting


async def asked(at: Sitting) -> None:
    """Open the damaged roadmap, and wait for the question."""
    await chosen(at, "acme")
    await at.press("enter")
    await at.until(lambda: isinstance(at.app.screen, Dialog))


@pytest.mark.proof
async def test_a_damaged_file_is_a_line_with_its_reason(home: Path) -> None:
    library = with_others(home, "acme")
    library.path("acme").write_bytes(b"x" * 4096)
    async with sitting(home, roadmap=small(NAME)) as at:
        await in_library(at)
        line = next(each for each in at.lines if "acme" in each)
        assert words("en")("library.damaged")[:20] in line


async def test_a_damaged_file_is_rescued_and_opened(home: Path) -> None:
    library = with_others(home, "acme")
    damage(library, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await asked(at)
        assert at.app.session.name == NAME
        await at.press("left", "enter")
        await switched(at, "acme")
        assert "Saved" in at.notices
    assert read(library.path("acme")).title == "acme"


@pytest.mark.proof
async def test_a_damaged_file_that_is_left_leaves_the_other_open(home: Path) -> None:
    library = with_others(home, "acme")
    damage(library, "acme")
    before = library.path("acme").read_bytes()
    async with sitting(home, roadmap=small(NAME)) as at:
        await asked(at)
        await at.press("escape")
        await all_read(at)
        assert at.app.session.name == NAME and not at.app.session.store.is_closed
    assert library.path("acme").read_bytes() == before


@pytest.mark.proof
async def test_enter_means_the_first_answer_only_on_its_button(home: Path) -> None:
    library = with_others(home, "acme")
    damage(library, "acme")
    before = library.path("acme").read_bytes()
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, "acme")
        at.pour("\r\r")
        await at.until(lambda: at.app.screen_stack[-1] is not at.app.main)
        await all_read(at)
    assert library.path("acme").read_bytes() == before


@pytest.mark.proof
async def test_what_can_be_saved_is_saved_and_said_without_opening_it(home: Path) -> None:
    library = with_others(home, "acme")
    damage(library, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await chosen(at, "acme")
        await at.press("s")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        assert words("en")("rescue.whole") in at.app.screen.body
        await at.press("escape")
        await all_read(at)
        assert at.app.session.name == NAME
    assert read(library.path("acme")).title == "acme"


@pytest.mark.proof
async def test_an_empty_file_is_set_aside_for_a_new_roadmap_if_agreed(home: Path) -> None:
    library = with_others(home, "acme")
    library.path("acme").write_bytes(b"")
    async with sitting(home, roadmap=small(NAME)) as at:
        await asked(at)
        await at.press("left", "enter")
        await switched(at, "acme")
        assert "damaged-" in at.notices


@pytest.mark.proof
async def test_leaving_while_a_damaged_file_is_asked_about_waits_for_nobody(home: Path) -> None:
    library = with_others(home, "acme")
    damage(library, "acme")
    async with sitting(home, roadmap=small(NAME)) as at:
        await asked(at)
        await at.press("ctrl+q")
        await at.until(lambda: not at.app.is_running)
        assert at.app.session.store.is_closed
