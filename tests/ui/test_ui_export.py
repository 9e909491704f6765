from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from lfroadmap.imports import snapshot
from lfroadmap.ui.screens.dialog import Dialog
from lfroadmap.ui.screens.export import ExportScreen
from sitting import OWNER, Sitting, sitting, value
from terminal import keys

EXPORT = "\x05"


async def ask(at: Sitting) -> ExportScreen:
    await at.type(EXPORT)
    await at.until(lambda: isinstance(at.app.screen, ExportScreen))
    assert isinstance(at.app.screen, ExportScreen)
    return at.app.screen


async def written(at: Sitting, path: Path) -> None:
    await at.until(lambda: f"Exported to {path}" in at.notices)


async def test_a_page_is_written_into_the_current_folder_and_told_in_full(home: Path) -> None:
    async with sitting(home) as at:
        await at.type("\x1b2Dana")
        screen = await ask(at)
        page = Path.cwd() / "plan-2026-03-15.html"
        assert screen.query_one("#file", Input).value == str(page)
        await at.press("enter")
        await written(at, page)
        assert at.app.screen is at.app.main
        assert at.focus == OWNER
        assert "<html" in page.read_text("utf-8")
        assert value(snapshot.read(page), OWNER) == "Dana"


async def test_the_file_is_named_after_the_format_until_somebody_names_it(home: Path) -> None:
    async with sitting(home) as at:
        screen = await ask(at)
        await at.press("down", "down")
        assert screen.query_one("#file", Input).value.endswith("plan-2026-03-15.json")
        await at.type("\t" + keys("end") + "\x15mine.json" + keys("shift+tab", "up"))
        assert screen.query_one("#file", Input).value == "mine.json"
        await at.press("down", "enter")
        await written(at, Path.cwd() / "mine.json")
        assert snapshot.read(Path("mine.json")) == at.app.session.roadmap


@pytest.mark.proof
async def test_an_existing_file_is_only_replaced_when_told_so(home: Path) -> None:
    async with sitting(home) as at:
        page = Path.cwd() / "plan-2026-03-15.html"
        page.write_text("old", "utf-8")
        for answer in ("escape", "enter"):
            await ask(at)
            await at.press("enter")
            await at.until(lambda: isinstance(at.app.screen, Dialog))
            assert str(page) in at.app.screen.body
            await at.press(answer)
            await at.until(lambda: at.app.screen is at.app.main)
            assert page.read_text("utf-8") == "old"
        await ask(at)
        await at.press("enter")
        await at.until(lambda: isinstance(at.app.screen, Dialog))
        await at.press("left", "enter")
        await written(at, page)
        assert snapshot.read(page) == at.app.session.roadmap


async def test_giving_up_writes_nothing(home: Path) -> None:
    async with sitting(home) as at:
        await ask(at)
        await at.press("escape")
        assert at.app.screen is at.app.main
        await ask(at)
        await at.click_on("Cancel")
        assert at.app.screen is at.app.main
        assert list(Path.cwd().iterdir()) == []


@pytest.mark.proof
async def test_a_place_that_takes_no_file_is_told_and_the_app_goes_on(home: Path) -> None:
    async with sitting(home) as at:
        await ask(at)
        await at.type("\t" + keys("end") + "\x15no/such/folder/x.html\r")
        await at.until(lambda: "There is no folder" in at.notices)
        await ask(at)  # the screen came back by itself, on the file
        await at.type(keys("end") + f"\x15{home / 'here'}\r")
        await written(at, home / "here" / "plan-2026-03-15.html")
