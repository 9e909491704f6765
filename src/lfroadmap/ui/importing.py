"""Importing into the roadmap that is open: a file is asked for, shown, and taken in as one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.export.taking import Given, Reader, Taking, take
from lfroadmap.machine import new_id
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.asking import do
from lfroadmap.ui.screens.importing import ImportScreen

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp


async def import_(app: RoadmapApp) -> None:
    """Lay the question over the screen, ready for a path that is typed ahead; take in what is agreed to."""
    if app.screen is not app.main:
        return
    app.main.host.harvest()
    reader = Reader(app.words, app.settings.thresholds, app.today(), new_id)

    def taken(given: Given, now: Roadmap) -> Taking:
        return take(given, now, reader)

    def agreed(taking: Taking | None) -> None:
        if taking is not None:
            app.run_worker(do(app, taking.edit, app.words("import.done")), group="import")

    await app.push_screen(ImportScreen(app.words, lambda: app.roadmap, taken), agreed)
