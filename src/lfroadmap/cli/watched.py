"""The files that `export --watch` keeps current."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import AnyContext
from lfroadmap.cli.watching import Bell, watch
from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.export import ExportContext


@dataclass(slots=True)
class WatchedFiles:
    """Written again whenever the roadmap changes, until the bell says to end."""

    context: AnyContext
    name: str
    paths: dict[str, Path]
    """Format -> file."""
    bell: Bell
    snapshot: Callable[[Roadmap, int], ExportContext]
    """The roadmap as it is to be written, and the seconds after which a page looks for what is new."""
    reload: int
    force: bool
    """True if files that are there may be replaced at first."""
    has_history: bool
    written: Roadmap | None = None
    """What stands in the files."""
    beaten: float = 0.0

    def run(self, first: Roadmap) -> None:
        """Write the files now and at every change; raises RoadmapError where the first time fails."""
        try:
            self._write(first, self.reload, force=self.force, announce=True)
        except RoadmapError:
            if not self.bell.ended:
                raise
            return
        self.context.output.remark(self.context.words("watch.begun", name=self.name), sys.stdout)
        try:
            path = self.context.library.path(self.name)
            self._finish(
                watch(path, self.bell, self._rewrite, self._beat, self._complain, notify=self.context.remark)
            )
        except BrokenStore:
            if self._page is not None and not self.has_history:  # which cannot be read any more
                self._rewrite(first if self.written is None else self.written, 0)
            raise

    @property
    def _page(self) -> Path | None:
        """The page that looks for what is new, if one does."""
        return self.paths.get("html") if self.reload else None

    def _rewrite(self, roadmap: Roadmap, reload: int | None = None) -> None:
        self._write(roadmap, self.reload if reload is None else reload, force=True)

    def _write(self, roadmap: Roadmap, reload: int, *, force: bool, announce: bool = False) -> None:
        """Write each file; of several, the others are written where one cannot be."""
        from lfroadmap.usecases.export_set import write_files, written_paths

        snapshot, stop = self.snapshot(roadmap, reload), self.bell.is_ended
        results = write_files(snapshot, self.paths, lambda path: force, stop=stop)
        for path in written_paths(results, self._complain):
            if announce:
                self.context.output.remark_path(path)
        self.written = roadmap

    def _finish(self, last: Roadmap) -> None:
        """Write what changed last; a page that nobody will write again need not look for what is new."""
        if self._page is None and last is self.written:
            return
        try:
            self._rewrite(last, 0)
        except RoadmapError as error:
            if error.key != "pipe_unread":
                raise

    def _beat(self) -> None:
        """Freshen the page's time, by which it knows that somebody still writes it."""
        if self._page is None or time.monotonic() - self.beaten < self.reload / 2:
            return
        self.beaten = time.monotonic()
        with suppress(OSError):  # it was removed, or belongs to somebody else: the next change will say so
            os.utime(self._page)

    def _complain(self, error: RoadmapError) -> None:
        self.context.output.remark(self.context.words.error(error), sys.stderr)
