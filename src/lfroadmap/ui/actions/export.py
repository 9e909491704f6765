"""Exporting from the screen: what and where; the notice of it, and the choice that is remembered."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS
from lfroadmap.paths import folder_for_exports, is_text
from lfroadmap.roadmap.scope import Scope
from lfroadmap.roadmap.task_line import owners_of
from lfroadmap.state import ExportState
from lfroadmap.ui.actions.export_job import ExportJob, ExportOutcome
from lfroadmap.ui.screens.export import ALL, ExportChoice, ExportScreen, LastExport
from lfroadmap.ui.terminal.opener import open_file
from lfroadmap.usecases.export_set import called, file_name, left_out, made_by, owner_called
from lfroadmap.usecases.points_in_time import PointInTime
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell


async def export(session: Session, shell: Shell) -> None:
    """Ask for formats and a place, write, and say where it is."""
    await export_moment(session, shell)


async def export_moment(session: Session, shell: Shell, moment: PointInTime | None = None) -> bool:
    """Ask what to export and where, and write it; the open roadmap as it is then where no moment is given.

    After a failure the question comes back as it was answered; False where it was left without an answer.
    """
    labels = session.labels
    folder = folder_for_exports(session.last_export.folder, session.library.folder)
    day = moment.day if moment else session.today()

    def default(name: str, owner: str) -> Path:
        return folder if name == ALL else folder / file_name(called(session.name, owner), name, day)

    roadmap = moment.roadmap if moment else session.roadmap
    stages = tuple((labels.of(stage), stage.id) for stage in roadmap.stages)
    last = _last_time(session.last_export, session.roadmap.id)
    while True:
        choice = await shell.show(
            ExportScreen(
                session.words,
                tuple(FORMATS),
                stages,
                default,
                last,
                keys=session.settings.keys,
                owners=owners_of(roadmap),
                owner_called=partial(owner_called, roadmap),
            )
        )
        if choice is None:
            return False
        if await _write(session, shell, choice, moment or _now(session, day)):
            return True
        last = LastExport(
            choice.format, choice.scope, choice.history, choice.open_after, choice.owner, choice.typed
        )


def _now(session: Session, day: date) -> PointInTime:
    return PointInTime(session.roadmap, day, "")


def _last_time(last: ExportState, roadmap_id: str) -> LastExport:
    """The choices of the last export; stages count in the roadmap that they were chosen in."""
    stages = frozenset(last.stages) if last.stages and last.roadmap == roadmap_id else None
    return LastExport(last.format, Scope(stages, not last.long_texts), last.history, last.open_after)


async def _write(session: Session, shell: Shell, choice: ExportChoice, point: PointInTime) -> bool:
    """Write, and say what was written and what was not; True if nothing failed."""
    try:
        outcome = await ExportJob(session, shell, choice, point).run()
    except RoadmapError as error:
        outcome = ExportOutcome(failures=(error,))
    written = outcome.written
    if written and not outcome.failures:  # before the notice, on which the next key may follow
        await asyncio.to_thread(_remember, session, choice, written[0].parent)
    if written:
        path = written[0] if len(written) == 1 else written[0].parent
        said = [session.words("export.written", path=path), *made_by(outcome.formats, session.words)]
        if choice.format == ALL:
            said += filter(None, [left_out(outcome.formats, session.words, history=choice.history)])
        shell.notify(SafeText("\n".join(said)), timeout=15)
    if outcome.failures:
        messages = dict.fromkeys(map(session.words.error, outcome.failures))
        shell.notify(SafeText("\n".join(messages)), severity="error", timeout=15)
        return False
    if written and choice.open_after:
        await _open(session, shell, written[0])
    return True


def _remember(session: Session, choice: ExportChoice, folder: Path) -> None:
    """Note the choices for the next export; a failure costs no more than that."""
    stages = tuple(sorted(choice.scope.stages or ()))
    session.library.remember_export(
        ExportState(
            choice.format,
            # a name that is no text cannot be noted: the next export begins where the first one does
            str(folder) if is_text(folder) else "",
            choice.open_after,
            not choice.scope.brief,
            choice.history,
            session.roadmap.id if stages else "",
            stages,
        )
    )


async def _open(session: Session, shell: Shell, path: Path) -> None:
    try:
        await asyncio.to_thread(open_file, path)
    except RoadmapError as error:
        shell.notify(session.words.error(error), severity="warning", timeout=15)
