"""Keeping the skeleton of a screen, which the next start shows before the program is loaded."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, cast

from lfroadmap.bidi.textual.terminal_io import skeleton
from lfroadmap.files import replace_file
from lfroadmap.skeleton import SKELETON, content_for, path

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.screen import Screen

    from lfroadmap.ui.terminal.driver import DialectApp


def keep_skeleton(roadmap: str, screen: Screen[None], tab: Region) -> None:
    """Keep what the screen shows around the open tab, whole, and of the tab its borders."""
    if SKELETON.name is None or not screen.is_mounted:
        return
    app = cast("DialectApp", screen.app)
    text = skeleton(screen, app.dialect, app.console, lambda y: not tab.y <= y < tab.bottom)
    with suppress(OSError):  # no room, or no folder for it: the next start begins with a blank screen
        if file := path():
            replace_file(Path(file), content_for(roadmap, text))
