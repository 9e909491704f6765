"""The import screen: files for it, and what a person does on it."""

from __future__ import annotations

import csv
from pathlib import Path

from textual.widgets import Button, Static

from lfroadmap.export import ExportContext
from lfroadmap.export import write as write_snapshot
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.screens.importing import ImportScreen
from lfroadmap.words import words
from samples import TODAY
from sitting import Sitting, template

TASK, OTHER = "strategy.goals.choose-segments", "strategy.goals.define-exit"
CTRL_O = "\x0f"


def table(path: str, *rows: dict[str, str]) -> None:
    with Path(path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def snapshot(path: str, *edits: Edit) -> Roadmap:
    """A snapshot of the template's roadmap with some work done in it."""
    roadmap = template()
    for edit in edits:
        roadmap = edit.on(roadmap)
    write_snapshot(ExportContext(roadmap, words("en"), TODAY), Path(path).suffix[1:], Path(path))
    return roadmap


def import_screen(at: Sitting) -> ImportScreen:
    """The screen, perhaps under a question of its own."""
    return next(screen for screen in reversed(at.app.screen_stack) if isinstance(screen, ImportScreen))


async def looked(at: Sitting) -> None:
    """Wait until the file was read and its preview is shown."""
    await at.until(lambda: not [w for w in at.app.workers if w.group in ("look", "draw")])
    await at.quiet()


async def ask(at: Sitting, path: str | Path) -> ImportScreen:
    """Open the screen and ask for a file, typed in one go."""
    await at.type(f"{CTRL_O}{path}\r")
    screen = import_screen(at)
    await looked(at)
    return screen


async def imported(at: Sitting) -> None:
    """Agree to what is shown and wait until the app has said how it went."""
    await at.type("\r")
    await at.until(lambda: at.notices and at.app.screen is at.app.main)


def can_import(screen: ImportScreen) -> bool:
    return not screen.query_one("#import", Button).disabled


def note(screen: ImportScreen) -> str:
    return str(screen.query_one("#note", Static).render())
