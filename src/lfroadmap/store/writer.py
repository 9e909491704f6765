"""The one thread that owns a roadmap's file: takes requests, makes them durable, sends events."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.reader import touched_ids
from lfroadmap.store.events import (
    Changed,
    Committed,
    Event,
    EventSender,
    PartlyRead,
    PeersChanged,
    WriterEnded,
)
from lfroadmap.store.presence import Presence
from lfroadmap.store.requests import (
    ApplyEdit,
    Flush,
    MarkMoment,
    PeerRequest,
    Request,
    RequestQueue,
    Stop,
    Work,
)
from lfroadmap.store.sqlite.loading import Loaded
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.transactions import Performed, failure, perform

if TYPE_CHECKING:
    from lfroadmap.store.replica import Replica

POLL = 0.3
"""Seconds between two checks for changes by other windows."""
FIRST_POLL = 1.0
"""Seconds after the start without a poll, unless an edit came: loading the document delays the first keys."""
RETRY = 1.0
"""Seconds between two attempts while the disk does not take the edits."""
CHECKPOINT_DELAY = 1.0
"""Seconds after the last edit until the write-ahead log is checkpointed into the file."""
MAX_EAGER = 50
"""Waiting edits up to which a failing save is retried with each new one."""
COMPACT_AFTER = 300
"""Updates after which the log is compacted when idle; at ten times as many, at once."""


class Writer:
    """Takes requests on any thread; everything else runs on its own."""

    def __init__(
        self, log: Callable[[], Log], loaded: Loaded, seq: int, view_is_current: bool, presence: Presence
    ) -> None:
        self._open_log, self._initial, self._view_is_current = log, (loaded, seq), view_is_current
        self._presence = presence
        self.roadmap: Roadmap = loaded.roadmap
        self.pending: dict[int, Edit] = {}
        """The edits that are not durable, by number."""
        self._requests = RequestQueue()
        self._events = EventSender()
        self._waiting: list[Work] = []
        self._refused: list[SaveFailed] = []
        self._error: SaveFailed | None = None
        self._refusal: BaseException | None = None
        self._number = 0
        """Number of the last edit that is durable or refused."""
        self._tried = self._first_poll = 0.0
        self._version = -1
        self._left_out = 0
        """Number of things not shown that was sent last."""
        self._has_wal = False
        """True if the write-ahead log may have something that this window wrote."""
        self._file: tuple[Log, Replica] | None = None
        self._stopping = False

    def submit(self, request: Request) -> None:
        """Queue a request."""
        if isinstance(request, ApplyEdit):
            self.pending[request.number] = request.edit
        self._requests.put(request)

    @property
    def is_durable(self) -> bool:
        """True if all requests are on the disk."""
        return not (self.pending or self._waiting or self._refused)

    def run(self, listener: Callable[[Event], None]) -> None:
        """The thread's body: work until stopped; any other end is sent as an event."""
        self._events.listener = listener
        self._first_poll = time.monotonic() + FIRST_POLL
        try:
            while not self._stopping:
                self._run_once()
            self._close()
        except BaseException as error:  # of any kind: a thread that ends silently saves no more
            self._events.send(WriterEnded(SaveFailed("save_ended", reason=repr(error))))
            if self._file is not None:
                self._file[0].close()
        finally:
            self._presence.leave()

    def _run_once(self) -> None:
        """Process the new requests, or read what other windows wrote."""
        requests = self._requests.take(POLL)
        peers = self._presence.refresh()
        if peers is not None:
            self._events.send(PeersChanged(peers))
        self._waiting += [request for request in requests if isinstance(request, Work)]
        # where nobody called close, the end of the main thread stops it, and requests are still made durable
        is_orphan = not threading.main_thread().is_alive()
        self._stopping = is_orphan or any(isinstance(request, Stop) for request in requests)
        if self._waiting and self._may_save(requests):
            self._save()
        elif not self._waiting and not requests and (self._file or time.monotonic() >= self._first_poll):
            self._poll()
        for request in requests:
            if isinstance(request, Flush):
                request.durable.append(self.is_durable)
                request.done.set()

    def _may_save(self, requests: list[Request]) -> bool:
        """True if it is time to save: with many edits waiting for the disk, not for each new one."""
        if self._stopping or time.monotonic() - self._tried >= RETRY:
            return True
        few = self._error is None or len(self._waiting) <= MAX_EAGER
        return any(few or isinstance(request, Flush) for request in requests)

    def _save(self) -> None:
        """Process all waiting requests in one transaction; where one fails, each in its own."""
        self._tried = time.monotonic()
        try:
            if not self._commit(tuple(self._waiting)):
                for work in tuple(self._waiting):
                    if not self._commit((work,)):
                        self._refuse(work)
            self._error = None
            if self._file and self._file[1].since_compact >= 10 * COMPACT_AFTER:
                self._compact()
        except SaveFailed as error:
            self._error = error
            self._answer_peers(error)
        self._report_status()

    def _answer_peers(self, error: SaveFailed) -> None:
        """Answer the requests for peers, who still have what they sent: only a person's work is kept."""
        peers = [work for work in self._waiting if isinstance(work, PeerRequest)]
        self._waiting = [work for work in self._waiting if not isinstance(work, PeerRequest)]
        for work in peers:
            if (outcome := failure(work, error)) is not None:
                self._events.send(outcome)

    def _commit(self, works: tuple[Work, ...]) -> bool:
        """Make requests durable; False where one cannot be processed; raises SaveFailed for disk errors."""
        done: list[Performed] = []
        try:
            touched = self._transact(lambda replica: done.append(perform(replica, works)))
        except SaveFailed:
            raise
        except BaseException as error:  # a panic of the Yjs library is no Exception
            self._refusal = error
            return False
        self._mark_durable(works)
        self._report_changes(touched, done[0].undone, done[0].merged)
        for outcome in done[0].outcomes:
            self._events.send(outcome)
        return True

    def _transact(self, action: Callable[[Replica], None]) -> set[str]:
        """Run `action` in a transaction after reading other windows' updates; returns the ids in these.

        On any error the file and the copy stay as they were.
        """
        log, replica = self._open()
        state = replica.state
        touched: set[str] = set()
        try:
            with log.transaction():
                replica.pull()
                if replica.roadmap is not state.roadmap:
                    touched.update(touched_ids(state.roadmap, replica.roadmap))
                action(replica)
        except BaseException:
            replica.restore(state)
            raise
        self._has_wal = True
        was, now = ((each.seq, each.left_out) for each in (state, replica.state))
        is_same = was == now and replica.roadmap is state.roadmap
        self._view_is_current = self._view_is_current and is_same
        self.roadmap = replica.roadmap
        return touched

    def _open(self) -> tuple[Log, Replica]:
        if self._file is None:
            from lfroadmap.store.replica import Replica  # noqa: PLC0415 - not before the screen has begun

            log = self._open_log()
            self._file = log, Replica(log, *self._initial)
        return self._file

    def _mark_durable(self, works: tuple[Work, ...]) -> None:
        del self._waiting[: len(works)]
        for work in works:
            if isinstance(work, ApplyEdit):
                self.pending.pop(work.number, None)
                self._number = work.number

    def _refuse(self, work: Work) -> None:
        """Set a request aside that can never be processed, and let the rest go on; its edit stays unsaved."""
        self._waiting.remove(work)
        error = SaveFailed("save_refused", reason=repr(self._refusal))
        if (outcome := failure(work, error)) is not None:
            self._events.send(outcome)
        elif isinstance(work, ApplyEdit | MarkMoment):
            self._refused.append(error)
        if isinstance(work, ApplyEdit):
            self._number = work.number

    def _poll(self) -> None:
        """When idle: read what other windows wrote, and compact a long log."""
        try:
            log, replica = self._open()
            version = log.data_version()
            if version != self._version or not replica.is_loaded:
                self._report_changes(self._read(replica))
                if replica.state.waiting:
                    self._commit(())
            self._version = version
            if replica.since_compact >= COMPACT_AFTER:
                self._compact()
            if self._has_wal and time.monotonic() - self._tried >= CHECKPOINT_DELAY:
                self._has_wal = not log.checkpoint()
        except SaveFailed as error:
            self._error = error
            self._report_status()
        else:
            self._recovered()

    def _recovered(self) -> None:
        if self._error is not None:
            self._error = None
            self._report_status()

    def _read(self, replica: Replica) -> set[str]:
        """Read what other windows wrote; returns the ids of the changed nodes."""
        state = replica.state
        replica.pull()
        if replica.state is state:
            return set()
        self._view_is_current = False
        self.roadmap = replica.roadmap
        return set(touched_ids(state.roadmap, replica.roadmap))

    def _compact(self) -> None:
        self._report_changes(self._transact(lambda replica: replica.compact()))
        self._view_is_current = True

    def _close(self) -> None:
        """Close the file; after changes, leave a plain copy for quick opening."""
        if self._file is None:
            return
        log, _ = self._file
        # all acknowledged edits are durable: without the copy the next opening only takes longer
        with suppress(SaveFailed):
            if not self._view_is_current and self._error is None:
                self._transact(lambda replica: replica.write_view())
        with suppress(SaveFailed):
            log.close()

    def _report_status(self) -> None:
        """Send whether all is saved; an error is sent again only when it has changed."""
        error = self._error or next(reversed(self._refused), None)
        if error is None:
            self._events.send_saved(self._number)
        else:
            waiting = sum(isinstance(work, ApplyEdit) for work in self._waiting) + len(self._refused)
            self._events.send_failing(error, waiting)

    def _report_changes(
        self, by_windows: set[str], undone: Iterable[str] = (), merged: Iterable[str] = ()
    ) -> None:
        left_out = (self._file and self._file[1].state.left_out) or 0
        if left_out > self._left_out:
            self._left_out = left_out
            self._events.send(PartlyRead(left_out))
        if self._file and (updates := self._file[1].take_new_updates()):
            self._events.send(Committed(updates))
        if touched := by_windows.union(undone, merged):
            sources = self._file[1].sources.take() if self._file else ()
            by_all, by_undo, by_peers = (tuple(sorted(ids)) for ids in (touched, undone, merged))
            self._events.send(Changed(self.roadmap, self._number, by_all, by_undo, by_peers, sources))
