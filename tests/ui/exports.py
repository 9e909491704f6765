"""The export screen in the hands of a test."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Button, Input, OptionList

from lfroadmap.settings import Settings
from lfroadmap.state import ExportState
from lfroadmap.store.library.library import Library
from lfroadmap.ui.screens.export import ExportScreen
from lfroadmap.usecases import last_export as usecase
from sitting import Sitting

DAY = "2026-03-15"


async def opened(at: Sitting) -> ExportScreen:
    await at.press("ctrl+e")
    await at.until(lambda: isinstance(at.app.screen, ExportScreen))
    screen = at.app.screen
    assert isinstance(screen, ExportScreen)
    return screen


async def pick(at: Sitting, screen: ExportScreen, name: str) -> None:
    screen.query_one("#formats", OptionList).highlighted = screen.formats.index(name)
    await at.pause()


async def write(at: Sitting, screen: ExportScreen) -> None:
    screen.query_one("#write", Button).press()
    await at.until(lambda: at.app.screen is not screen)


async def failed(at: Sitting, screen: ExportScreen) -> ExportScreen:
    """Write what was chosen, which cannot be written, and wait until the screen comes back."""
    await write(at, screen)
    await at.until(lambda: isinstance(at.app.screen, ExportScreen))
    again = at.app.screen
    assert isinstance(again, ExportScreen) and again is not screen
    return again


async def left(at: Sitting) -> None:
    """Leave the screen that came back after a failure."""
    await at.until(lambda: isinstance(at.app.screen, ExportScreen))
    await at.press("escape")


async def comes_back(at: Sitting, name: str) -> None:
    """Export into a file that cannot be written: the screen comes back, and can be left."""
    screen = await opened(at)
    screen.query_one("#file", Input).value = name
    again = await failed(at, screen)
    assert again.query_one("#file", Input).value == name
    assert again.query_one("#file", Input).has_focus
    await left(at)
    await finished(at)
    assert at.app.screen is at.app.main


async def finished(at: Sitting) -> None:
    await at.until(lambda: not [w for w in at.app.workers if w.group == "export"], 20)


def last_export(home: Path) -> ExportState:
    """The choices that the next export begins with."""
    return usecase.last_export(Settings(), Library(home / "data"))
