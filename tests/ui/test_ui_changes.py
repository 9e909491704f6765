"""What changed since: on the screen."""

from __future__ import annotations

from pathlib import Path

from sitting import DEADLINE, Sitting, sitting, template
from textual.widgets import Button, Input

from lfroadmap.export import Snapshot, write
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.ui.screens.changes import ChangesScreen
from lfroadmap.words import words
from samples import TODAY

TASK = "strategy.goals.choose-segments"


async def opened(at: Sitting) -> ChangesScreen:
    await at.press("f4")
    await at.until(lambda: isinstance(at.app.screen, ChangesScreen))
    screen = at.app.screen
    assert isinstance(screen, ChangesScreen)
    await at.until(lambda: not [w for w in at.app.workers if w.group == "look"])
    return screen


async def ask(at: Sitting, screen: ChangesScreen, since: str) -> None:
    screen.query_one("#since", Input).value = since
    screen.query_one("#since", Input).focus()
    await at.press("enter")
    await at.until(lambda: not [w for w in at.app.workers if w.group == "look"])
    await at.pause()


async def test_what_was_done_just_now_is_told_against_the_week_before(home: Path) -> None:
    async with sitting(home, size=(80, 24)) as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        await opened(at)
        assert "1 task done" in at.text
        assert "before the first change" in at.text


async def test_against_a_snapshot(home: Path) -> None:
    old = SetField(DEADLINE, "2026-03-01").on(template())
    write(Snapshot(old, words("en"), TODAY), "json", Path("old.json"))
    async with sitting(home, size=(120, 50)) as at:
        at.app.change(SetField(DEADLINE, "2026-03-11"))
        screen = await opened(at)
        await ask(at, screen, "old.json")
        assert "old.json" in at.text
        assert "10 days later" in at.text


async def test_what_is_no_date_is_said_and_cannot_be_written(home: Path) -> None:
    async with sitting(home) as at:
        screen = await opened(at)
        assert not screen.query_one("#write", Button).disabled
        await ask(at, screen, "soon")
        assert "soon" in at.text and "neither" in at.text
        assert screen.query_one("#write", Button).disabled
        await ask(at, screen, "nowhere.json")
        assert "cannot be read" in at.text


async def test_it_is_written_as_a_page(home: Path) -> None:
    async with sitting(home, language="he") as at:
        at.app.change(Tick(TASK, True, "2026-03-15"))
        screen = await opened(at)
        screen.query_one("#month", Button).press()
        await at.until(lambda: not [w for w in at.app.workers if w.group == "look"])
        screen.query_one("#write", Button).press()
        await at.until(lambda: list(Path.cwd().iterdir()))
        page = Path("plan-changes-2026-03-15.html").read_text("utf-8")
        assert "משימה אחת בוצעה" in page and 'dir="rtl"' in page
        await at.press("escape")
        await at.until(lambda: at.app.screen is at.app.main)
