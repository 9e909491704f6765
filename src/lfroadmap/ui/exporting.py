"""Exporting from the screen: what and where; telling of it, and remembering the choice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS
from lfroadmap.paths import folder_for_exports, is_text
from lfroadmap.roadmap.excerpt import Scope
from lfroadmap.settings import Settings
from lfroadmap.ui.opener import open_file
from lfroadmap.ui.screens.export import ALL, Choice, ExportScreen, Past
from lfroadmap.ui.writing import Job, Subject, file_name

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp


def export(app: RoadmapApp) -> None:
    """Ask for formats and a place, write, and tell where it is."""
    at_work = any(worker.group == "export" and not worker.is_finished for worker in app.workers)
    if app.screen is app.main and not at_work:
        app.main.host.harvest()
        app.run_worker(_export(app), exclusive=True, group="export")


async def _export(app: RoadmapApp) -> None:
    await export_then(app, Subject(app.today()))


async def export_then(app: RoadmapApp, subject: Subject) -> None:
    """Ask what to tell of a roadmap and where, and write it."""
    settings = app.settings
    folder = folder_for_exports(settings.export_folder, app.shelf.folder)

    def default(name: str) -> Path:
        return folder if name == ALL else folder / file_name(app, name, subject.day)

    labels = app.main.context.labels
    stages = tuple((labels.of(stage), stage.id) for stage in (subject.roadmap or app.roadmap).stages)
    choice = await app.push_screen_wait(
        ExportScreen(app.words, tuple(FORMATS), stages, default, _last_time(settings, app.roadmap.id))
    )
    if choice is not None:
        await _write(app, choice, subject)


def _last_time(settings: Settings, roadmap_id: str) -> Past:
    """What was chosen then, as the settings keep it; stages count in the roadmap that they were chosen in."""
    of, *stages = map(unquote, settings.export_stages.split()) if settings.export_stages else [""]
    kept = frozenset(stages) if of == roadmap_id else None
    scope = Scope(kept, settings.export_long == "no")
    return Past(
        settings.export_format, scope, settings.export_history == "yes", settings.export_open == "yes"
    )


async def _write(app: RoadmapApp, choice: Choice, subject: Subject) -> None:
    """Write, and tell of it."""
    try:
        written = await Job(app, choice, subject).run()
    except RoadmapError as error:
        app.notify(app.words.error(error), severity="error", timeout=15)
        return
    if written:
        _remember(app, choice, written[0].parent)
        told = written[0] if len(written) == 1 else written[0].parent
        app.notify(app.words("export.written", path=told), timeout=15)
        if choice.open_after:
            await _open(app, written[0])


def _remember(app: RoadmapApp, choice: Choice, folder: Path) -> None:
    names = [app.roadmap.id, *sorted(choice.scope.stages or ())]
    kept: dict[str, str] = {
        "export_format": choice.format,
        # a name that is no text has no place in the settings: the next export begins where one does at first
        "export_folder": str(folder) if is_text(folder) else "",
        "export_open": _yes(choice.open_after),
        "export_long": _yes(not choice.scope.brief),
        "export_history": _yes(choice.history),
        "export_stages": " ".join(quote(name, safe="") for name in names) if choice.scope.stages else "",
    }
    app.remember(**{name: value or None for name, value in kept.items()})
    app.settings = replace(app.settings, **kept)  # type: ignore[arg-type] # texts, all of them


def _yes(wanted: bool) -> str:
    return "yes" if wanted else "no"


async def _open(app: RoadmapApp, path: Path) -> None:
    try:
        await asyncio.to_thread(open_file, path)
    except RoadmapError as error:
        app.notify(app.words.error(error), severity="warning", timeout=15)
