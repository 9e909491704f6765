"""The program `lfroadmap`: the command line, and the screen that one of its commands opens."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lfroadmap.skeleton import SKELETON

if TYPE_CHECKING:
    from lfroadmap.cli.screen import Screen, ScreenRequest


LAZY = ("ipaddress", "textwrap", "tokenize")
"""What the standard library imports for what this program does seldom: addresses, help texts, tracebacks."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0 for success, 1 for failure, 2 for a command that is not valid."""
    given = sys.argv[1:] if argv is None else list(argv)
    try:
        SKELETON.show(given)
        from lfroadmap.deferring import make_lazy  # noqa: PLC0415 - after the skeleton, as all that follows

        for name in LAZY:
            make_lazy(name)
        from lfroadmap.cli import run  # noqa: PLC0415 - takes as long as all that was before

        return run(given, load_screen)
    except KeyboardInterrupt:  # before the command line was loaded, which handles it
        return 1
    finally:
        SKELETON.take_off()


def load_screen() -> Screen:
    """Import the screen, which takes a while, and return the function that opens it."""
    from lfroadmap.ui.loading import load_textual  # noqa: PLC0415 - most commands open no screen

    load_textual()
    from lfroadmap.ui.app import RoadmapApp  # noqa: PLC0415 - after Textual is there

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
