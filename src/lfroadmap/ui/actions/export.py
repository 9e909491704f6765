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
from lfroadmap.roadmap.scope import Scope
from lfroadmap.settings import Settings
from lfroadmap.ui.actions.export_job import ExportJob, ExportSubject, file_name
from lfroadmap.ui.screens.export import ALL, ExportChoice, ExportScreen, Past
from lfroadmap.ui.terminal.opener import open_file

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def export(session: Session, shell: Shell) -> None:
    """Ask for formats and a place, write, and say where it is."""
    await export_subject(session, shell, ExportSubject(session.today()))


async def export_subject(session: Session, shell: Shell, subject: ExportSubject) -> None:
    """Ask what to tell of a roadmap and where, and write it."""
    settings = session.settings
    folder = folder_for_exports(settings.export_folder, session.library.folder)

    def default(name: str) -> Path:
        return folder if name == ALL else folder / file_name(session, name, subject.day)

    labels = session.labels
    stages = tuple((labels.of(stage), stage.id) for stage in (subject.roadmap or session.roadmap).stages)
    choice = await shell.show(
        ExportScreen(session.words, tuple(FORMATS), stages, default, _last_time(settings, session.roadmap.id))
    )
    if choice is not None:
        await _write(session, shell, choice, subject)


def _last_time(settings: Settings, roadmap_id: str) -> Past:
    """What was chosen then, as the settings keep it; stages count in the roadmap that they were chosen in."""
    of, *stages = map(unquote, settings.export_stages.split()) if settings.export_stages else [""]
    kept = frozenset(stages) if of == roadmap_id else None
    scope = Scope(kept, settings.export_long == "no")
    return Past(
        settings.export_format, scope, settings.export_history == "yes", settings.export_open == "yes"
    )


async def _write(session: Session, shell: Shell, choice: ExportChoice, subject: ExportSubject) -> None:
    """Write, and tell of it."""
    try:
        written = await ExportJob(session, shell, choice, subject).run()
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="error", timeout=15)
        return
    if written:
        _remember(session, shell, choice, written[0].parent)
        told = written[0] if len(written) == 1 else written[0].parent
        shell.notify(session.words("export.written", path=told), timeout=15)
        if choice.open_after:
            await _open(session, shell, written[0])


def _remember(session: Session, shell: Shell, choice: ExportChoice, folder: Path) -> None:
    names = [session.roadmap.id, *sorted(choice.scope.stages or ())]
    kept: dict[str, str] = {
        "export_format": choice.format,
        # a name that is no text has no place in the settings: the next export begins where one does at first
        "export_folder": str(folder) if is_text(folder) else "",
        "export_open": _yes(choice.open_after),
        "export_long": _yes(not choice.scope.brief),
        "export_history": _yes(choice.history),
        "export_stages": " ".join(quote(name, safe="") for name in names) if choice.scope.stages else "",
    }
    shell.remember(**{name: value or None for name, value in kept.items()})
    session.settings = replace(session.settings, **kept)  # type: ignore[arg-type] # texts, all of them


def _yes(wanted: bool) -> str:
    return "yes" if wanted else "no"


async def _open(session: Session, shell: Shell, path: Path) -> None:
    try:
        await asyncio.to_thread(open_file, path)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning", timeout=15)
