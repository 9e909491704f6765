"""The program `lfroadmap`: the command line, and the screen that one of its commands opens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from lfroadmap.cli import run

if TYPE_CHECKING:
    from lfroadmap.cli.screen import Screen, ScreenRequest


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0 for success, 1 for failure, 2 for a command that is not valid."""
    return run(argv, load_screen)


def load_screen() -> Screen:
    """Import the screen, which takes a while, and return the function that opens it."""
    from lfroadmap.ui.app import RoadmapApp  # noqa: PLC0415 - most commands open no screen

    def show(request: ScreenRequest) -> int:
        app = RoadmapApp(
            request.store,
            library=request.library,
            name=request.name,
            settings=request.settings,
            language=request.language,
            dialect=request.dialect,
            detected=request.detected,
        )
        app.run()
        return 1 if app.return_code is None else app.return_code  # None: the app was broken off

    return show
