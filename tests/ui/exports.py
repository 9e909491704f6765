"""The export screen in the hands of a test."""

from __future__ import annotations

from textual.widgets import Button, Input, OptionList

from lfroadmap.ui.screens.export import ExportScreen
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


async def export_to(at: Sitting, file: str) -> None:
    """Export into a file that is typed, and wait until that has come to its end."""
    screen = await opened(at)
    screen.query_one("#file", Input).value = file
    await write(at, screen)
    await finished(at)


async def finished(at: Sitting) -> None:
    await at.until(lambda: not [w for w in at.app.workers if w.group == "export"], 20)
