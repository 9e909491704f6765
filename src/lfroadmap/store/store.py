"""A roadmap in its file: edits go in and are durable before they are acknowledged."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.store.events import (
    Event,
)
from lfroadmap.store.folder.companions import real
from lfroadmap.store.folder.leftovers import has_leftovers
from lfroadmap.store.folder.naming import folders_of
from lfroadmap.store.folder.notices import Notice, Notify, ignore
from lfroadmap.store.presence import Peer, Presence
from lfroadmap.store.requests import ApplyEdit, EndBurst, Flush, MarkMoment, Stop, UndoRedo
from lfroadmap.store.sqlite import roadmap_file
from lfroadmap.store.sqlite.file_format import look
from lfroadmap.store.sqlite.file_schema import VERSION, MomentKind
from lfroadmap.store.sqlite.loading import merged, viewed
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.writer import Writer

_GLANCE = 0.2
"""Seconds between two looks whether the writer lives, while waiting for it."""


class Store:
    """One window's door to a roadmap's file.

    Nothing here waits for the disk but `flush` and `close`: edits are queued, and a thread of the store's
    own makes them durable and tells the listener of it.
    """

    @staticmethod
    def create(path: Path, roadmap: Roadmap, author: str, notify: Notify = ignore) -> None:
        """Make a new file that holds `roadmap`.

        Raises FileExistsError where there is one, SaveFailed, BrokenStore or an OSError where it cannot be
        made.
        """
        from lfroadmap.store.lifecycle.creating import create  # noqa: PLC0415 - only the first time

        create(path, roadmap, notify)

    @staticmethod
    def create_instead(path: Path, roadmap: Roadmap, say: Callable[[Path], None]) -> None:
        """Put a damaged file aside and a new one in its place; `say` is called with where the old one is."""
        from lfroadmap.store.lifecycle.creating import create_instead  # noqa: PLC0415 - hardly ever

        create_instead(path, roadmap, say)

    def __init__(self, path: Path, author: str) -> None:
        """Open the file; raises BrokenStore where it cannot be read or written, and leaves it as it is."""
        self.notices: list[Notice] = []
        """What a person is told of the file: it was left by an interrupted command, or had other names."""
        path = real(path)
        if has_leftovers(path.parent, path.name):
            from lfroadmap.store.recovery.interrupted import recover  # noqa: PLC0415 - after a kill only

            recover(folders_of(path.parent), self.notices.append, path.name)
        roadmap_file.check(path)
        roadmap_file.check_writable(path)
        author = storable(author)
        opened = look(path, thoroughly=True)
        if opened.version <= VERSION and roadmap_file.has_other_names(path):
            from lfroadmap.store.lifecycle.creating import make_own  # noqa: PLC0415 - hardly ever

            make_own(path, self.notices.append)
        view = viewed(opened)
        roadmap = view or merged(opened, path)
        log: Callable[[], Log] = partial(Log, path, author, os.urandom(8).hex())
        if opened.version > VERSION:
            log = partial(_refuse, path)
        elif opened.version < VERSION:
            from lfroadmap.store.lifecycle.migration import migrate  # noqa: PLC0415 - once for a file

            migrate(path, roadmap)
        self.path = path
        """The roadmap's file: `history`, `past` read it too."""
        self._presence = Presence(path, author)
        self._writer = Writer(log, roadmap, opened.seq, view is not None, self._presence)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._number = 0
        self._closed = False

    @property
    def roadmap(self) -> Roadmap:
        """The whole roadmap as it was last made durable or read."""
        return self._writer.roadmap

    @property
    def unsaved(self) -> tuple[Edit, ...]:
        """The edits that were submitted and are not durable, in order."""
        return tuple(self._writer.pending.copy().values())

    @property
    def is_durable(self) -> bool:
        """Whether all that was asked for is on the disk; once closed, what is not will never be."""
        return self._writer.is_durable

    @property
    def is_closed(self) -> bool:
        """Whether it was closed, so that whoever did it was told what is unsaved."""
        return self._closed

    def start(self, listener: Callable[[Event], None]) -> None:
        """Start the writer; `listener` is called on its thread, once for each event."""
        self._thread = threading.Thread(target=self._writer.run, args=(listener,), name="roadmap-writer")
        self._thread.start()

    def submit(self, edit: Edit, base: str | None = None, shown: Roadmap | None = None) -> int:
        """Queue an edit; returns its number, from 1 on. Once closed, it stays among the unsaved.

        `base` is the long text that a SpliceText was made in: what others wrote meanwhile moves its offsets.
        With `shown` the edit is done on that roadmap or not at all; Outdated tells that it was not.
        """
        with self._lock:
            self._number += 1
            self._writer.ask(ApplyEdit(self._number, edit, base, shown))
            return self._number

    def undo(self) -> None:
        """Take the author's last change back; Undone tells how it ended."""
        self._writer.ask(UndoRedo("undo"))

    def redo(self) -> None:
        """Do again what was undone last; Undone tells how it ended."""
        self._writer.ask(UndoRedo("redo"))

    def settle(self) -> None:
        """End the burst of typing: the next edit is an undo step of its own."""
        self._writer.ask(EndBurst())

    def mark(self, name: str, kind: MomentKind = "named") -> None:
        """Mark this moment under a name, behind all that was submitted; Marked tells when it is durable."""
        self._writer.ask(MarkMoment(kind, storable(name)))

    def empty_bin(self, change: int) -> None:
        """Let what was removed up to this change no longer be offered in the bin; the history keeps it."""
        self._writer.ask(MarkMoment("emptied", "", change))

    @property
    def others(self) -> tuple[Peer, ...]:
        """The other windows that have the roadmap open, as far as was last seen; Others tells of changes."""
        return self._presence.others

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all that was submitted was tried, `timeout` seconds at most; True if it is durable."""
        if self._thread is None or self._closed:
            return not self.unsaved
        flush = Flush()
        self._writer.ask(flush)
        end = None if timeout is None else time.monotonic() + timeout
        while self._thread.is_alive() and (end is None or time.monotonic() < end):
            if flush.done.wait(_GLANCE if end is None else min(_GLANCE, max(end - time.monotonic(), 0))):
                return flush.durable[0]
        return False

    def close(self, timeout: float | None = None) -> tuple[Edit, ...]:
        """Save, stop the thread, close the file; returns what could not be saved.

        Where the disk has not answered after `timeout` seconds, the thread is left to itself. May be called
        again, and on any thread.
        """
        if self._thread is None and self._writer.pending:
            self.start(lambda event: None)
        if self._thread is not None:
            self._closed = True
            self._writer.ask(Stop())
            self._thread.join(timeout)
            if self._thread.is_alive():
                self._presence.leave()
        return self.unsaved


def _refuse(path: Path) -> Log:
    """A file of a newer version is shown and never written to."""
    raise SaveFailed("save_newer", path=path)


def set_aside(path: Path) -> Path:
    """Rename a damaged file and what belongs to it, so that its name is free; returns the new path."""
    from lfroadmap.store.lifecycle import moving  # noqa: PLC0415 - hardly ever

    return moving.set_aside(path)
