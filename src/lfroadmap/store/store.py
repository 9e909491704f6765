"""The store of a roadmap: edits are queued and made durable before they are acknowledged."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.store.events import (
    Event,
)
from lfroadmap.store.folder.companions import resolve_link
from lfroadmap.store.folder.leftovers import has_leftovers
from lfroadmap.store.folder.naming import folders_of
from lfroadmap.store.folder.notices import Notice, Notify, ignore
from lfroadmap.store.identity import UNKNOWN, Author, Identity
from lfroadmap.store.presence import FilePresence, Peer
from lfroadmap.store.requests import (
    ApplyEdit,
    EndBurst,
    Flush,
    MarkMoment,
    Merge,
    Missing,
    PeerRequest,
    RenameAuthor,
    State,
    Stop,
    UndoRedo,
)
from lfroadmap.store.sqlite import roadmap_file
from lfroadmap.store.sqlite.file_format import inspect
from lfroadmap.store.sqlite.file_schema import VERSION, MomentKind
from lfroadmap.store.sqlite.loading import from_updates, from_view
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.writer import Writer

_SESSION_BYTES = 2
"""Random bytes of the id of a window."""
_CHECK_INTERVAL = 0.2
"""Seconds between two checks that the writer is alive, while waiting for it."""


class Store:
    """One window's access to a roadmap's file.

    Only `flush` and `close` wait for the disk: edits are queued, and a thread of the store makes them durable
    and notifies the listener.
    """

    @staticmethod
    def create(path: Path, roadmap: Roadmap, author: str, notify: Notify = ignore) -> None:
        """Make a new file with `roadmap`.

        Raises FileExistsError where there is one, SaveFailed, BrokenStore or an OSError where it cannot be
        made.
        """
        from lfroadmap.store.lifecycle.creating import create  # noqa: PLC0415 - only the first time

        create(path, roadmap, notify)

    def __init__(
        self, path: Path, author: str, identity: Identity = UNKNOWN, *, to_read: bool = False
    ) -> None:
        """Open the file; raises BrokenStore where it cannot be read or written, and leaves it unchanged.

        With `to_read`, a file of the current version that cannot be written is opened, and its edits refused.
        """
        self.window = os.urandom(_SESSION_BYTES).hex()
        """Id of this access to the file, which each update and each change has; it need not be unique."""
        self.notices: list[Notice] = []
        """Notices about the file: it was left by an interrupted command, or had other names."""
        path = resolve_link(path)
        if has_leftovers(path.parent, path.name):
            from lfroadmap.store.recovery.interrupted import recover  # noqa: PLC0415 - after a kill only

            recover(folders_of(path.parent), self.notices.append, path.name)
        roadmap_file.check(path)
        is_writable = roadmap_file.is_writable(path)
        if not to_read:
            roadmap_file.check_writable(path)
        author = storable(author)
        self.author = Author(author, *identity)
        """The person who works in this window."""
        content = inspect(path, thorough=True)
        if content.version < VERSION:
            roadmap_file.check_writable(path)
        if is_writable and content.version <= VERSION and roadmap_file.has_hard_links(path):
            from lfroadmap.store.lifecycle.creating import give_own_inode  # noqa: PLC0415 - hardly ever

            give_own_inode(path, self.notices.append)
        self.only_reads = content.only_reads
        """True if the token for its shared room was one that only reads, as far as was known at opening."""
        view = from_view(content)
        loaded = view or from_updates(content, path)
        loaded.report(path, self.notices.append)
        open_log: Callable[[], Log] = partial(Log, path, self.author, self.window)
        if content.version > VERSION:
            open_log = partial(_refuse, "save_newer", path)
        elif not is_writable:
            open_log = partial(_refuse, "save_unwritable", path)
        elif content.version < VERSION:
            from lfroadmap.store.lifecycle.migration import migrate  # noqa: PLC0415 - once for a file

            migrate(path, loaded.roadmap)
        self.path = path
        """The roadmap's file; `history` and `past` read it too."""
        self._presence = FilePresence(path, author)
        self._is_written = is_writable and content.version <= VERSION
        is_current = view is not None and view.left_out is not None
        self._writer = Writer(open_log, loaded, content.seq, is_current, self._presence)
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._number = 0
        self.is_typing = False
        """True if edits were submitted since a burst of typing was ended last."""
        self._closed = False

    def rename_author(self, name: str) -> None:
        """Have what is submitted from now on stand under another name of the same person."""
        name = storable(name)
        if name != self.author.name:
            self.author = self.author._replace(name=name)
            self._presence.rename(name)
            if self._is_written:
                self._writer.submit(RenameAuthor(name))

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap as last made durable or read."""
        return self._writer.roadmap

    @property
    def unsaved(self) -> tuple[Edit, ...]:
        """The edits that were submitted and are not durable, in order."""
        return tuple(self._writer.pending.copy().values())

    @property
    def is_durable(self) -> bool:
        """True if all requests are on the disk; after closing, the others never will be."""
        return self._writer.is_durable

    @property
    def is_closed(self) -> bool:
        """True if it was closed, and the unsaved edits were returned."""
        return self._closed

    def start(self, listener: Callable[[Event], None]) -> None:
        """Start the writer; `listener` is called on its thread for each event."""
        self._thread = threading.Thread(target=self._writer.run, args=(listener,), name="roadmap-writer")
        self._thread.start()

    def submit(self, edit: Edit, base: str | None = None, shown: Roadmap | None = None) -> int:
        """Queue an edit; returns its number, from 1 on. After closing, it stays among the unsaved.

        `base` is the long text that a SpliceText was made in: later changes by others move its offsets. With
        `shown` the edit is applied to that roadmap only; otherwise Outdated is sent.
        """
        with self._lock:
            self._number += 1
            self.is_typing = True
            self._writer.submit(ApplyEdit(self._number, edit, base, shown))
            return self._number

    def undo(self) -> None:
        """Undo the author's last change; Undone has the result."""
        self._writer.submit(UndoRedo("undo"))

    def redo(self) -> None:
        """Redo the change that was undone last; Undone has the result."""
        self._writer.submit(UndoRedo("redo"))

    def merge(self, update: bytes, lineage: str) -> int:
        """Merge an update of a peer with that lineage; Merged has the result and this number."""
        return _ask(self._writer, Merge(update, lineage))

    def missing(self, state: bytes) -> int:
        """Make the update for a peer with that state vector; MissingUpdate has it, by this number."""
        return _ask(self._writer, Missing(state))

    def document_state(self) -> int:
        """Ask for the document's state vector and lineage; DocumentState has them, by this number.

        From then on every new update is sent as Committed, once it is durable.
        """
        return _ask(self._writer, State())

    def end_burst(self) -> None:
        """End the burst of typing: the next edit is an undo step of its own."""
        self.is_typing = False
        self._writer.submit(EndBurst())

    def mark(self, name: str, kind: MomentKind = "named") -> None:
        """Mark this moment under a name, after all submitted edits; Marked is sent when it is durable."""
        self._writer.submit(MarkMoment(kind, storable(name)))

    def empty_trash(self, change: int) -> None:
        """Hide what was removed up to this change from the trash; the history keeps it."""
        self._writer.submit(MarkMoment("emptied", "", change))

    @property
    def peers(self) -> tuple[Peer, ...]:
        """The other windows that have the roadmap open, as last seen; PeersChanged is sent on changes."""
        return self._presence.peers

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all requests were tried, `timeout` seconds at most; True if they are durable."""
        if self._thread is None or self._closed:
            return not self.unsaved
        flush = Flush()
        self._writer.submit(flush)
        end = None if timeout is None else time.monotonic() + timeout
        while self._thread.is_alive() and (end is None or time.monotonic() < end):
            if flush.done.wait(
                _CHECK_INTERVAL if end is None else min(_CHECK_INTERVAL, max(end - time.monotonic(), 0))
            ):
                return flush.durable[0]
        return False

    def close(self, timeout: float | None = None) -> tuple[Edit, ...]:
        """Save, stop the thread, close the file; returns the unsaved edits.

        Where the disk does not answer within `timeout` seconds, the thread is abandoned. Can be called again,
        and on any thread.
        """
        if self._thread is None and self._writer.pending:
            self.start(lambda event: None)
        if self._thread is not None:
            self._closed = True
            self._writer.submit(Stop())
            self._thread.join(timeout)
            if self._thread.is_alive():
                self._presence.leave()
        return self.unsaved


def _ask(writer: Writer, request: PeerRequest) -> int:
    """Queue a request for a peer; returns its number, which the answer has."""
    writer.submit(request)
    return request.number


def _refuse(key: str, path: Path) -> Log:
    """The log of a file that is never written: of a newer version, or read-only. Raises SaveFailed."""
    raise SaveFailed(key, path=path)


def set_aside(path: Path) -> Path:
    """Rename a damaged file with its companions, so that its name is free; returns the new path."""
    from lfroadmap.store.lifecycle import moving  # noqa: PLC0415 - hardly ever

    return moving.set_aside(path)
