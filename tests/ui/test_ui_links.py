"""Links on the screen: drawn as such, and opened by the system's opener."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.model import Card, Field, Note, Roadmap, Stage, Task
from lfroadmap.ui.screens.notes import NotesScreen
from lfroadmap.ui.screens.palette import PaletteScreen
from lfroadmap.ui.terminal.opener import open_link
from lfroadmap.ui.widgets.fields import TextField
from lfroadmap.words import LANGUAGES, Language
from sitting import Sitting, sitting
from test_ui_export_choices import opener

needs_xdg = pytest.mark.skipif(
    os.name != "posix" or os.uname().sysname == "Darwin", reason="xdg-open is Linux's"
)
BOARD, PLAN, MAIL = "https://example.com/board", "http://plan.example/x_(y)", "mailto:dana@example.com"


def plan() -> Roadmap:
    notes = (Note("n1", f"first {PLAN}."), Note("n2", f"ועוד {MAIL}!"))
    tasks = (
        Task("t", f"Read ({BOARD}), then write"),
        Task("u", "Call them", notes=notes),
        Task("v", "Nothing here"),
    )
    fields = (Field("f", label="Board", value=BOARD), Field("g", label="Other", value="ftp://example.com"))
    empty = Card("e", "Card two", (Field("h", label="Link", value="javascript:alert(1)"),), (Task("w", "x"),))
    return Roadmap("r", "Plan", "", (Stage("s", "One", (Card("c", "Card one", fields, tasks), empty)),))


async def opened(at: Sitting, home: Path) -> str:
    found = home / "opened"
    await at.until(found.exists)
    text = found.read_text()
    found.unlink()
    await at.quiet()
    return text


@needs_xdg
@pytest.mark.quick_cases(1)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_link_is_opened_where_it_stands(
    home: Path, language: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    opener(home, f'printf %s "$1" > "{home}/part"; mv "{home}/part" "{home}/opened"', monkeypatch)
    async with sitting(home, roadmap=plan(), language=language) as at:
        await at.press("alt+2", "escape", "l")
        assert await opened(at, home) == BOARD
        await at.press("down", "l")  # two, in the notes
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.type("plan")
        await at.press("enter")
        assert await opened(at, home) == PLAN
        await at.press("down", "l")  # none in the task: those of its card
        await at.until(lambda: isinstance(at.app.screen, PaletteScreen))
        await at.press("enter")
        assert await opened(at, home) == BOARD
        field = next(each for each in at.app.screen.query(TextField) if each.field.id == "f")
        await at.pilot.click(field, control=True, offset=(4, 0))
        assert await opened(at, home) == BOARD


@pytest.mark.proof
@needs_xdg
async def test_a_link_is_opened_from_the_list_of_notes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(home, f'printf %s "$1" > "{home}/part"; mv "{home}/part" "{home}/opened"', monkeypatch)
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2", "escape", "down", "n")
        await at.until(lambda: isinstance(at.app.screen, NotesScreen))
        await at.press("tab", "l")
        assert await opened(at, home) in (PLAN, MAIL)
        assert isinstance(at.app.screen, NotesScreen)


@pytest.mark.proof
async def test_where_there_is_none_it_says_what_a_link_is(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.app.window.go("w")
        await at.press("l")
        await at.quiet()
        assert "https://" in at.notices


async def test_a_link_is_underlined_and_nothing_else(home: Path) -> None:
    async with sitting(home, roadmap=plan()) as at:
        await at.press("alt+2", "escape")
        marked = [
            segment.text.strip()
            for strip in at.app.screen._compositor.render_strips()
            for segment in strip
            if segment.style and segment.style.underline and "example" in segment.text
        ]
        assert marked == [BOARD, BOARD]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "--help", "javascript:x", "https://a.b c", "x"])
def test_nothing_else_is_opened(address: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener(home, f'touch "{home}/opened"', monkeypatch)
    with pytest.raises(RoadmapError):
        open_link(address)
    assert not (home / "opened").exists()
