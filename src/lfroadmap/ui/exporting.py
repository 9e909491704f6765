"""Exporting from the screen: what and where, rendering without holding the screen up, and telling of it."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.export import FORMATS, Snapshot, default_name, put, render
from lfroadmap.roadmap.excerpt import excerpt
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.ui.errands import ask, now
from lfroadmap.ui.opener import open_file
from lfroadmap.ui.screens.busy import Busy
from lfroadmap.ui.screens.export import ALL, Choice, ExportScreen, Past

if TYPE_CHECKING:
    from lfroadmap.ui.app import RoadmapApp

PATIENCE = 0.5
"""Seconds after which a bar tells how far it is, and lets it be cancelled."""


def export(app: RoadmapApp) -> None:
    """Ask for formats and a place, write, and tell where it is."""
    if app.screen is app.main:
        app.main.host.harvest()
        app.run_worker(_export(app), exclusive=True, group="export")


def snapshot(app: RoadmapApp, roadmap: Roadmap | None = None, day: date | None = None) -> Snapshot:
    """A roadmap as of a day; None: the one that is open, as it is now."""
    held = roadmap or app.roadmap
    return Snapshot(held, app.words, day or app.today(), app.settings.thresholds, now(), _account())


def _account() -> str:
    """Who exports; an account without a name, as in a container, is nobody."""
    with suppress(KeyError, OSError, ImportError):
        return getpass.getuser()
    return ""


async def _export(app: RoadmapApp) -> None:
    await export_then(app, None, app.today())


async def export_then(app: RoadmapApp, roadmap: Roadmap | None, day: date) -> None:
    """Export a roadmap as of a day; None: the one that is open, as it is when it is written."""
    settings = app.settings
    remembered = Path(settings.export_folder) if settings.export_folder else Path.cwd()
    folder = remembered if remembered.is_dir() else Path.cwd()

    def default(name: str) -> Path:
        return folder if name == ALL else folder / file_name(app, name, day)

    stages = tuple((app.main.context.labels.of(stage), stage.id) for stage in (roadmap or app.roadmap).stages)
    past = Past(settings.export_format, settings.export_open == "yes")
    choice = await app.push_screen_wait(ExportScreen(app.words, tuple(FORMATS), stages, default, past))
    if choice is not None:
        await _Job(app, choice, roadmap, day).run()


def file_name(app: RoadmapApp, name: str, day: date) -> str:
    """What an export is called that nobody named."""
    return default_name(app.roadmap_name, FORMATS[name].suffix, day)


@dataclass(slots=True)
class _Job:
    """One run of exporting; `may_replace` once somebody agreed that what is there goes."""

    app: RoadmapApp
    choice: Choice
    roadmap: Roadmap | None
    day: date
    may_replace: bool = False

    async def run(self) -> None:
        """Write all files; what can be told of it is told."""
        app, choice = self.app, self.choice
        cancelled = asyncio.Event()
        busy = Busy(app.words, len(self._names()), cancelled.set)
        timer = app.set_timer(PATIENCE, lambda: app.push_screen(busy))
        try:
            written = await self._write(busy, cancelled)
        except RoadmapError as error:
            app.notify(app.words.error(error), severity="error", timeout=15)
            return
        finally:
            timer.stop()
            busy.end()
        if written:
            self._remember(written[0])
            app.notify(app.words("export.written", path=_told(written)), timeout=15)
            if choice.open_after:
                await _open(app, written[0])
        elif cancelled.is_set():
            app.notify(app.words("export.cancelled"), severity="warning")

    def _names(self) -> tuple[str, ...]:
        return tuple(FORMATS) if self.choice.format == ALL else (self.choice.format,)

    def _path(self, name: str) -> Path:
        chosen = self.choice.path
        return (
            chosen / file_name(self.app, name, self.day)
            if self.choice.format == ALL or chosen.is_dir()
            else chosen
        )

    async def _write(self, busy: Busy, cancelled: asyncio.Event) -> list[Path]:
        """Render one format after the other on a thread; empty where it was cancelled or refused."""
        choice, written = self.choice, []
        part = excerpt(self.roadmap or self.app.roadmap, choice.stages, without_long=choice.brief)
        held = snapshot(self.app, part, self.day)
        for n, name in enumerate(self._names()):
            busy.show(n, FORMATS[name].suffix)
            data = await _unless(cancelled, asyncio.to_thread(render, held, name))
            path = await self._put(data, self._path(name)) if data is not None else None
            if path is None:
                return []
            written.append(path)
        return written

    async def _put(self, data: bytes, path: Path) -> Path | None:
        try:
            return await asyncio.to_thread(put, data, path, force=self.may_replace)
        except RoadmapError as error:
            if error.key != "file_exists":
                raise
        self.may_replace = await may_replace(self.app, path)
        return await self._put(data, path) if self.may_replace else None

    def _remember(self, written: Path) -> None:
        chosen = {
            "export_format": self.choice.format,
            "export_folder": str(written.parent),
            "export_open": "yes" if self.choice.open_after else "no",
        }
        self.app.remember(**chosen)
        self.app.settings = replace(self.app.settings, **chosen)  # type: ignore[arg-type] # texts, all of them


async def may_replace(app: RoadmapApp, path: Path) -> bool:
    """Ask whether the file that is there may go."""
    words = app.words
    answer = await ask(
        app,
        words("export.exists_title"),
        words("export.exists", path=path),
        (("replace", words("export.replace"), True), ("cancel", words("dialog.cancel"), False)),
    )
    return answer == "replace"


async def _unless(cancelled: asyncio.Event, work: Coroutine[None, None, bytes]) -> bytes | None:
    """What comes of the work, or None where it is cancelled first; a thread goes on, for nobody."""
    task, stop = asyncio.ensure_future(work), asyncio.ensure_future(cancelled.wait())
    await asyncio.wait((task, stop), return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if not task.done() or cancelled.is_set():
        task.cancel()
        return None
    return task.result()


def _told(written: list[Path]) -> str:
    return str(written[0] if len(written) == 1 else written[0].parent)


async def _open(app: RoadmapApp, path: Path) -> None:
    try:
        await asyncio.to_thread(open_file, path)
    except RoadmapError as error:
        app.notify(app.words.error(error), severity="warning", timeout=15)
