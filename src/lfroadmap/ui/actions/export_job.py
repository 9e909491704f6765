"""Writing what was chosen on the export screen, without holding the screen up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from lfroadmap.errors import RoadmapError
from lfroadmap.export import ExportContext
from lfroadmap.export.context import FormatChoices
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.paths import is_endless, is_file, is_folder
from lfroadmap.text import one_line
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.screens.export import ALL, ExportChoice
from lfroadmap.ui.shell import Answer
from lfroadmap.usecases.export_set import (
    ExportSource,
    FileResult,
    called,
    file_name,
    set_files,
    whole_context,
    write_files,
)
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell
    from lfroadmap.usecases.points_in_time import PointInTime

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 0.5
"""Seconds after which a bar shows the progress, and lets the export be cancelled."""


class ExportOutcome(NamedTuple):
    """The files that were written, and why others were not; neither where the export was cancelled."""

    written: tuple[Path, ...] = ()
    failures: tuple[RoadmapError, ...] = ()
    formats: tuple[str, ...] = ()
    """The formats that were asked for, of those that can be made here."""


def snapshot(session: Session) -> ExportContext:
    """The input of an export of the open roadmap as it is now."""
    return whole_context(session.roadmap, session.words, session.today(), session.settings.thresholds)


@dataclass(frozen=True, slots=True)
class ExportJob:
    """One export: what was chosen, of which roadmap."""

    session: Session
    shell: Shell
    choice: ExportChoice
    point: PointInTime

    async def run(self) -> ExportOutcome:
        """Write all files; those that were there stay where the person does not agree to replace them.

        Raises RoadmapError where nothing can be exported.
        """
        paths, context = self._paths(), None
        formats = tuple(paths)
        if endless := next(filter(is_endless, paths.values()), None):
            raise RoadmapError("export_endless", path=endless)
        existing = {name: path for name, path in paths.items() if is_file(path)}
        replaceable: set[Path] = set()
        results: list[FileResult] = []
        while paths and (not existing or await self._may_replace(existing)):
            replaceable.update(existing.values())
            run = ExportRun(
                self.session, self.shell, self._source(), paths, replaceable=replaceable, context=context
            )
            more = await run.under_bar()
            if more is None:
                self.shell.notify(self.session.words("export.cancelled"), severity="warning")
                return ExportOutcome()
            context = run.context
            late = {each.path for each in more if _came_meanwhile(each, replaceable)}
            results += [each for each in more if each.path not in late]
            paths = existing = {name: path for name, path in paths.items() if path in late}
        return ExportOutcome(
            tuple(each.written for each in results if each.written),
            tuple(each.error for each in results if each.error),
            formats,
        )

    def _paths(self) -> dict[str, Path]:
        """The formats that are to be written, each with its file."""
        choice, day = self.choice, self.point.day
        name = called(self.session.name, choice.owner)
        if choice.format == ALL:
            return set_files(choice.path, name, day, history=choice.history)
        if is_folder(choice.path):
            return {choice.format: choice.path / file_name(name, choice.format, day)}
        return {choice.format: choice.path}

    async def _may_replace(self, existing: dict[str, Path]) -> bool:
        return await may_replace(self.session, self.shell, tuple(existing.values()))

    def _source(self) -> ExportSource:
        session, choice = self.session, self.choice
        thresholds = session.settings.thresholds
        return ExportSource(
            self.point,
            session.store.path,
            session.words,
            thresholds,
            choice.scope,
            FormatChoices(owner=choice.owner),
            choice.history,
        )


def _came_meanwhile(result: FileResult, replaceable: set[Path]) -> bool:
    """True if the file was not there when the person was asked about those that were."""
    exists = result.error is not None and result.error.key == "file_exists"
    return exists and result.path not in replaceable and is_file(result.path)


class ExportRun:
    """Writing files on threads, with a bar over the screen where it takes a while."""

    def __init__(
        self,
        session: Session,
        shell: Shell,
        source: ExportSource,
        paths: dict[str, Path],
        *,
        replaceable: set[Path],
        context: ExportContext | None,
    ) -> None:
        self.session = session
        self.shell = shell
        self.source = source
        self.paths = paths
        self.replaceable = replaceable
        self.context = context
        """The input of the formats; None before it is made."""
        self._reads = int(context is None and source.needs_history(paths))
        """1 if the first step is to read the history; each other step makes a file."""
        self._begun = 0
        """Steps that have begun."""
        self._progress = ExportProgress()
        """That of the current step."""
        self._cancelled = asyncio.Event()

    async def under_bar(self) -> list[FileResult] | None:
        """Write all files; None where that was cancelled: files that were complete stay."""
        busy = Busy(self.session.words, self._look, self._cancel)
        timer = asyncio.get_running_loop().call_later(PATIENCE, self._show_bar, busy)
        try:
            return await self._write()
        finally:
            self._cancel()  # whatever ended this, no thread makes anything more
            timer.cancel()
            busy.end()

    async def _write(self) -> list[FileResult] | None:
        """Make one file after the other."""
        if self.context is None:
            self.context = await _unless(self._cancelled, self._make_context)
        if self.context is None:
            return None
        files = write_files(self.context, self.paths, self.replaceable.__contains__, begin=self._begin)
        results: list[FileResult] = []
        while (result := await _unless(self._cancelled, next, files, None)) is not None:
            results.append(result)
        return None if self._cancelled.is_set() else results

    def _make_context(self) -> ExportContext:
        if not self._reads:
            return self.source.context(self.paths)
        self.session.store.flush(1.0)  # what was typed just now is a part of the history
        return self.source.context(self.paths, progress=self._begin())

    def _begin(self) -> ExportProgress:
        """The progress of the next step; called on the thread that does it."""
        self._begun += 1
        self._progress = ExportProgress()
        self._progress.is_cancelled = self._cancelled.is_set()
        return self._progress

    def _cancel(self) -> None:
        self._cancelled.set()
        self._progress.is_cancelled = True

    def _look(self) -> tuple[float, str]:
        """The share that is done, and the name of the current file."""
        done = max(self._begun - 1, 0)
        share = (done + self._progress.share) / (len(self.paths) + self._reads)
        current = min(max(done - self._reads, 0), len(self.paths) - 1)
        return share, [*self.paths.values()][current].name

    def _show_bar(self, busy: Busy) -> None:
        if not busy.over:
            self.shell.push(busy)


async def may_replace(session: Session, shell: Shell, paths: Sequence[Path]) -> bool:
    """Ask whether the files that are there may go."""
    words = session.words
    several = "\n".join(f"• {one_line(path.name)}" for path in paths)
    answer = await shell.ask(
        words.plural("export.exists_title", len(paths)),
        words("export.exists", path=paths[0])
        if len(paths) == 1
        else words("export.exist", names=SafeText(several)),
        (Answer("replace", words("export.replace"), True), cancel(words)),
    )
    return answer == "replace"


async def _unless(
    cancelled: asyncio.Event, work: Callable[P, T], *args: P.args, **named: P.kwargs
) -> T | None:
    """The result of work on a thread, or None where it is cancelled first.

    The thread goes on until it looks at its progress next; its result is dropped.
    """
    task = asyncio.ensure_future(asyncio.to_thread(work, *args, **named))
    stop = asyncio.ensure_future(cancelled.wait())
    try:
        await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.cancel()
        if cancelled.is_set() or not task.done():
            task.add_done_callback(_dropped)
            task.cancel()
    return None if cancelled.is_set() else task.result()


def _dropped(task: asyncio.Task[T]) -> None:
    """Retrieve the exception of cancelled work, so that asyncio does not report it."""
    if not task.cancelled():
        task.exception()
