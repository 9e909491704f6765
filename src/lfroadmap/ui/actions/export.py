"""Exporting from the screen: what and where; telling of it, and remembering the choice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS
from lfroadmap.paths import folder_for_exports, is_text
from lfroadmap.roadmap.scope import Scope
from lfroadmap.settings import Settings
from lfroadmap.ui.actions.export_job import ExportJob, ExportOutcome
from lfroadmap.ui.screens.export import ALL, ExportChoice, ExportScreen, LastExport
from lfroadmap.ui.terminal.opener import open_file
from lfroadmap.usecases.export_set import file_name
from lfroadmap.usecases.points_in_time import PointInTime
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def export(session: Session, shell: Shell) -> None:
    """Ask for formats and a place, write, and say where it is."""
    await export_moment(session, shell)


async def export_moment(session: Session, shell: Shell, moment: PointInTime | None = None) -> None:
    """Ask what to export and where, and write it; the open roadmap as it is then where no moment is given.

    After a failure the question comes back as it was answered.
    """
    settings, labels = session.settings, session.labels
    folder = folder_for_exports(settings.export_folder, session.library.folder)
    day = moment.day if moment else session.today()

    def default(name: str) -> Path:
        return folder if name == ALL else folder / file_name(session.name, name, day)

    stages = tuple(
        (labels.of(stage), stage.id) for stage in (moment.roadmap if moment else session.roadmap).stages
    )
    last = _last_time(settings, session.roadmap.id)
    while True:
        choice = await shell.show(ExportScreen(session.words, tuple(FORMATS), stages, default, last))
        if choice is None or await _write(session, shell, choice, moment or _now(session, day)):
            return
        last = LastExport(choice.format, choice.scope, choice.history, choice.open_after, choice.typed)


def _now(session: Session, day: date) -> PointInTime:
    return PointInTime(session.roadmap, day, "")


def _last_time(settings: Settings, roadmap_id: str) -> LastExport:
    """What was chosen then, as the settings keep it; stages count in the roadmap that they were chosen in."""
    of, *stages = map(unquote, settings.export_stages.split()) if settings.export_stages else [""]
    kept = frozenset(stages) if of == roadmap_id else None
    scope = Scope(kept, settings.export_long == "no")
    return LastExport(
        settings.export_format, scope, settings.export_history == "yes", settings.export_open == "yes"
    )


async def _write(session: Session, shell: Shell, choice: ExportChoice, point: PointInTime) -> bool:
    """Write, and say what was written and what was not; True if nothing failed."""
    try:
        outcome = await ExportJob(session, shell, choice, point).run()
    except RoadmapError as error:
        outcome = ExportOutcome(failures=(error,))
    written = outcome.written
    if written:
        path = written[0] if len(written) == 1 else written[0].parent
        shell.notify(session.words("export.written", path=path), timeout=15)
    if outcome.failures:
        messages = dict.fromkeys(map(session.words.error, outcome.failures))
        shell.notify(SafeText("\n".join(messages)), severity="error", timeout=15)
        return False
    if written:
        _remember(session, shell, choice, written[0].parent)
        if choice.open_after:
            await _open(session, shell, written[0])
    return True


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
