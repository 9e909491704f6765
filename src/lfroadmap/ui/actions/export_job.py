"""Writing what was chosen on the export screen, without holding the screen up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS, ExportContext, all_formats, default_name, render, write_file
from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.machine import author, now
from lfroadmap.paths import is_endless, is_file, is_folder
from lfroadmap.report.change_log import history_lines
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.scope import within
from lfroadmap.store.history.queries import every, numbers
from lfroadmap.text import one_line
from lfroadmap.ui.actions.asking import cancel
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.screens.export import ALL, ExportChoice
from lfroadmap.ui.shell import Answer
from lfroadmap.words import SafeText

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.ui.session import Session
    from lfroadmap.ui.shell import Shell

P = ParamSpec("P")
T = TypeVar("T")
PATIENCE = 0.5
"""Seconds after which a bar tells how far it is, and lets it be called off."""


@dataclass(frozen=True, slots=True)
class ExportSubject:
    """What is to be exported."""

    day: date
    """The day that it is told as of."""
    roadmap: Roadmap | None = None
    """None: the one that is open, as it is when it is written."""
    change: int | None = None
    """Number of the last change that is in it; None: all of them."""


def file_name(session: Session, name: str, day: date) -> str:
    """What an export is called that nobody named."""
    return default_name(session.name, FORMATS[name].suffix, day)


def snapshot(session: Session, roadmap: Roadmap | None = None, day: date | None = None) -> ExportContext:
    """A roadmap as of a day; None: the one that is open, as it is now."""
    held = roadmap or session.roadmap
    thresholds = session.settings.thresholds
    return ExportContext(held, session.words, day or session.today(), thresholds, now(), author())


@dataclass(slots=True)
class ExportJob:
    """One run of exporting: what was chosen, of which roadmap."""

    session: Session
    shell: Shell
    choice: ExportChoice
    subject: ExportSubject
    pace: ExportProgress = field(default_factory=ExportProgress)
    """That of the step at hand."""
    step: int = 0
    """How many steps are done: reading the history, if it is told, and making each file."""

    async def run(self) -> tuple[Path, ...]:
        """Write all files and return them; nothing where it was called off or the files that are there stay.

        Raises RoadmapError for a place that takes no file. Files that were complete by then stay.
        """
        paths = self._paths()
        if endless := next(filter(is_endless, paths.values()), None):
            raise RoadmapError("export_endless", path=endless)
        taken = [path for path in paths.values() if is_file(path)]
        ours: set[Path] = set()
        while True:
            if taken and not await may_replace(self.session, self.shell, taken):
                return ()
            ours.update(taken)
            try:
                return await self._with_bar(paths, ours)
            except RoadmapError as error:
                if error.key != "file_exists":
                    raise
                # it came there just now
                taken = [path for path in paths.values() if path not in ours and is_file(path)]
                if not taken:
                    raise

    def _paths(self) -> dict[str, Path]:
        """The formats that are to be written, each with its file."""
        choice, chosen = self.choice, self.choice.path
        names = all_formats(history=choice.history) if choice.format == ALL else (choice.format,)
        if choice.format != ALL and not is_folder(chosen):
            return {choice.format: chosen}
        return {name: chosen / file_name(self.session, name, self.subject.day) for name in names}

    async def _with_bar(self, paths: dict[str, Path], ours: set[Path]) -> tuple[Path, ...]:
        """Write, with a bar over the screen where it takes a while; `ours` are files that may be replaced."""
        cancelled = asyncio.Event()

        def call_off() -> None:
            self.pace.is_cancelled = True
            cancelled.set()

        def look() -> tuple[float, str]:
            reading = self._tells_history(paths)
            share = (self.step + self.pace.share) / (len(paths) + reading)
            at_hand = min(max(self.step - reading, 0), len(paths) - 1)
            return share, [*paths.values()][at_hand].name

        busy = Busy(self.session.words, look, call_off)
        timer = asyncio.get_running_loop().call_later(PATIENCE, self._show_bar, busy)
        try:
            written = await self._write(paths, cancelled, ours)
        finally:
            self.pace.is_cancelled = True  # nobody waits any more, whatever ended this
            timer.cancel()
            busy.end()
        if not written:
            self.shell.notify(self.session.words("export.cancelled"), severity="warning")
        return written

    def _show_bar(self, busy: Busy) -> None:
        if not busy.over:
            self.shell.push(busy)

    async def _write(
        self, paths: dict[str, Path], cancelled: asyncio.Event, ours: set[Path]
    ) -> tuple[Path, ...]:
        """Make one file after the other on a thread; nothing where it was called off."""
        written: list[Path] = []
        held = await self._snapshot(paths, cancelled)
        if held is None:
            return ()
        for name, path in paths.items():
            self.pace = ExportProgress()
            data = await _unless(cancelled, render, replace(held, progress=self.pace), name)
            if data is None:
                return ()
            if (file := await self._put(data, path, force=path in ours)) is None:
                return ()
            written.append(file)
            ours.add(path)
            self.step += 1
        return tuple(written)

    async def _put(self, data: bytes, path: Path, *, force: bool) -> Path | None:
        """Write a file; None where it is a pipe that nobody has read from when it was called off."""
        pace = self.pace
        try:
            return await asyncio.to_thread(
                write_file, data, path, force=force, stop=lambda: pace.is_cancelled
            )
        except RoadmapError as error:
            if error.key != "pipe_unread":
                raise
            return None

    def _tells_history(self, names: Iterable[str]) -> bool:
        return self.choice.history or any(FORMATS[name].is_history for name in names)

    async def _snapshot(self, names: Iterable[str], cancelled: asyncio.Event) -> ExportContext | None:
        """The part that was chosen, with its history if that was, too; None where it was called off."""
        session, choice, subject = self.session, self.choice, self.subject
        whole = subject.roadmap or session.roadmap
        part = within(whole, choice.scope)
        held = replace(snapshot(session, part, subject.day), part=part is not whole)
        self.step, self.pace = 0, ExportProgress()
        if not self._tells_history(names):
            return held
        history = await _unless(cancelled, self._history, whole)
        self.step = 1
        return None if history is None else replace(held, history=history)

    def _history(self, whole: Roadmap) -> tuple[HistoryLine, ...]:
        """The changes up to that moment, out of the file; on a thread."""
        store, upto = self.session.store, self.subject.change
        store.flush(1.0)  # what was typed just now is a part of it
        count = sum(upto is None or number <= upto for number in numbers(store.path))
        rows = self.pace.track(every(store.path, upto=upto), count)
        return history_lines(rows, whole, self.session.words, self.choice.scope)


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
    """What comes of work on a thread, or None where it is called off first.

    The thread goes on to its next look, and what it makes is for nobody.
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
    """Take note of what came of work that was called off: nothing, or that it was."""
    if not task.cancelled():
        task.exception()
