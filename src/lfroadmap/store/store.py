"""A roadmap in its file: edits go in and are durable before they are acknowledged."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import dump, load_roadmap
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.storable import storable
from lfroadmap.store import files
from lfroadmap.store.asks import Do, Flush, Settle, Step, Stop
from lfroadmap.store.events import Changed, Event, Saved, SaveFailing, Undone
from lfroadmap.store.log import Log, look
from lfroadmap.store.past import Past
from lfroadmap.store.rows import Opened
from lfroadmap.store.writer import Writer

__all__ = ["Changed", "Event", "SaveFailing", "Saved", "Store", "Undone", "read", "read_past", "set_aside"]

_GLANCE = 0.2
"""Seconds between two looks whether the writer lives, while waiting for it."""


class Store:
    """One window's door to a roadmap's file.

    Nothing here waits for the disk but `flush` and `close`: edits are queued, and a thread of the store's
    own makes them durable and tells the listener of it.
    """

    @staticmethod
    def create(path: Path, roadmap: Roadmap, author: str) -> None:
        """Make a new file that holds `roadmap`.

        Raises FileExistsError where there is one, SaveFailed or an OSError where the disk does not take it.
        """
        from lfroadmap.store.document import Document  # noqa: PLC0415 - only the first time

        roadmap = storable(roadmap)
        document = Document()
        document.fill(roadmap)
        files.create(path, document.whole(), dump(roadmap))

    def __init__(self, path: Path, author: str) -> None:
        """Open the file; raises BrokenStore where it cannot be read or written, and leaves it as it is."""
        files.check(path)
        files.check_writable(path)
        opened = look(path, thoroughly=True)
        roadmap, viewed = _roadmap(opened, path)
        log = partial(Log, path, author, os.urandom(8).hex())
        self._writer = Writer(log, roadmap, opened.seq, viewed)
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

    def start(self, listener: Callable[[Event], None]) -> None:
        """Start the writer; `listener` is called on its thread, once for each event."""
        self._thread = threading.Thread(target=self._writer.run, args=(listener,), name="roadmap-writer")
        self._thread.start()

    def submit(self, edit: Edit, base: str | None = None) -> int:
        """Queue an edit; returns its number, from 1 on. Once closed, it stays among the unsaved.

        `base` is the long text that a SpliceText was made in: what others wrote meanwhile moves its offsets.
        """
        with self._lock:
            self._number += 1
            self._writer.ask(Do(self._number, edit, base))
            return self._number

    def undo(self) -> None:
        """Take the author's last change back; Undone tells how it ended."""
        self._writer.ask(Step("undo"))

    def redo(self) -> None:
        """Do again what was undone last; Undone tells how it ended."""
        self._writer.ask(Step("redo"))

    def settle(self) -> None:
        """End the burst of typing: the next edit is an undo step of its own."""
        self._writer.ask(Settle())

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

    def close(self) -> tuple[Edit, ...]:
        """Save, stop the thread, close the file; returns what could not be saved."""
        if self._thread is None and self._writer.pending:
            self.start(lambda event: None)
        if self._thread is not None and not self._closed:
            self._closed = True
            self._writer.ask(Stop())
            self._thread.join()
        return self.unsaved


def read(path: Path) -> Roadmap:
    """The roadmap in a file that need not be writable, nor sound in its other parts; raises BrokenStore."""
    files.check(path)
    return _roadmap(look(path, thoroughly=False), path)[0]


def read_past(path: Path) -> Past:
    """The roadmap in a file with what it was before, as far back as its history goes; raises BrokenStore."""
    files.check(path)
    opened = look(path, thoroughly=False, history=True)
    return Past(_roadmap(opened, path)[0], opened.changes)


def set_aside(path: Path) -> Path:
    """Rename a damaged file and what belongs to it, so that its name is free; returns the new path."""
    return files.set_aside(path)


def _roadmap(opened: Opened, path: Path) -> tuple[Roadmap, bool]:
    """The roadmap that was opened, and whether it came from the plain copy."""
    if opened.view is not None:
        return load_roadmap(opened.view), True
    # the writer reads the document again: one must not change threads
    from lfroadmap.store.document import Document  # noqa: PLC0415 - 0.1 s, and rarely needed here

    document = Document()
    try:
        for update in opened.updates:
            document.merge(update)
        return document.roadmap(), False
    except (KeyError, TypeError, ValueError) as error:
        raise BrokenStore("store_damaged", path=path) from error
