"""Leaving the app, and the question that may come up then."""

from __future__ import annotations

from lfroadmap.ui.screens.dialog import Dialog
from sitting import Sitting

QUIT = "\x11"


async def left(at: Sitting) -> None:
    await at.until(lambda: not at.app.is_running)


async def asked(at: Sitting) -> Dialog:
    await at.until(lambda: isinstance(at.app.screen, Dialog))
    assert isinstance(at.app.screen, Dialog)
    return at.app.screen
