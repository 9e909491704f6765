"""Notices over dialogs: they are read without hiding what is pressed."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.widgets import Button
from textual.widgets._toast import Toast

from dashboards import busy
from foreign_peer import write_by_peer
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.shell import Answer
from lfroadmap.words import Language, words
from matrices import quick_first
from places import every_place
from sitting import Sitting, sitting

LONG = "A file could not be written because the folder is gone. Choose another one, or make it again. " * 2


async def covered(at: Sitting) -> list[str]:
    """The buttons of the open dialog that notices cover, or that stick out of it."""
    for number in range(4):
        at.app.notify(f"{number} {LONG}", severity="error", timeout=60)
    await at.until(lambda: len(at.app.screen.query(Toast)) == 4)
    assert at.shows("3 A file could"), "the newest is read"
    buttons = [button for button in at.app.screen.query(Button) if button.region]
    assert buttons
    screen = at.app.screen
    return [
        str(button.label)
        for button in buttons
        for y in range(button.region.y, button.region.bottom)
        for x in range(button.region.x, button.region.right)
        if screen.get_widget_at(x, y)[0] is not button
    ]


@pytest.mark.proof
@pytest.mark.parametrize(
    ("language", "size"),
    quick_first([("he", (80, 24)), ("en", (120, 40)), ("en", (80, 24)), ("he", (200, 60))], 2),
)
async def test_no_button_of_a_dialog_is_under_a_notice(
    home: Path, size: tuple[int, int], language: Language
) -> None:
    async with sitting(home, size=size, language=language, roadmap=busy(language)) as at:
        async for place in every_place(at, home):
            if at.app.screen.is_modal and any(button.region for button in at.app.screen.query(Button)):
                assert await covered(at) == [], place
                at.app.clear_notifications()
        text = words(language)
        answers = tuple(
            Answer(name, text(f"leave.{name}")) for name in ("copy_and_quit", "lose_and_quit", "stay")
        )
        asking = asyncio.create_task(at.app.window.ask("?", text("leave.body", why="…"), answers))
        await at.until(lambda: at.app.screen is not at.app.main)
        assert await covered(at) == []
        at.app.clear_notifications()
        await at.press("escape")
        assert await asking == "stay"
        at.app.push_screen(Busy(text, lambda: (0.5, "1 / 2"), lambda: None))
        await at.until(lambda: isinstance(at.app.screen, Busy))
        assert await covered(at) == []


async def test_over_the_roadmap_notices_stand_below(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        at.app.notify("Copied.")
        await at.until(lambda: at.shows("Copied."))
        assert any("Copied." in line for line in at.lines[-5:])


async def test_a_notice_says_that_things_in_the_file_are_not_shown(home: Path) -> None:
    async with sitting(home) as at:
        write_by_peer(at.path, lambda maps: maps.tasks.update({"x": "boo", "y": 5}))
        await at.until(lambda: at.shows("2 things in this file"))
