"""The one thread that owns a roadmap's file: takes what was asked, makes it durable, tells of it."""

from __future__ import annotations

import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.reader import touched_ids
from lfroadmap.store.events import (
    Changed,
    Event,
    Outcome,
    PeersChanged,
    Saved,
    SaveFailing,
    Undone,
    WriterEnded,
)
from lfroadmap.store.presence import Presence
from lfroadmap.store.requests import ApplyEdit, EndBurst, Flush, MarkMoment, Request, Stop, UndoRedo, Work
from lfroadmap.store.sqlite.log import Log

if TYPE_CHECKING:
    from lfroadmap.store.replica import Replica

BREATH = 0.012
"""Seconds from an edit to its saving: the screen shows it first, which two threads at once would delay."""
POLL = 0.3
"""Seconds between two looks for what other windows wrote."""
FIRST_LOOK = 1.0
"""Seconds after the start in which only an edit has the file read: it would hold up the first screen."""
RETRY = 1.0
"""Seconds between two tries where the disk does not take the edits."""
QUIET = 1.0
"""Seconds after the last edit when what was written beside the file is brought into it."""
FEW = 50
"""Edits that wait for the disk and are tried again with each new one."""
COMPACT_AFTER = 300
"""Updates after which the log is folded into one, in a quiet moment; at ten times as many, at once."""


class Writer:
    """Takes asks on any thread; everything else happens on its own."""

    def __init__(
        self, log: Callable[[], Log], roadmap: Roadmap, seq: int, viewed: bool, presence: Presence
    ) -> None:
        self._open_log, self._start, self._viewed = log, (roadmap, seq), viewed
        self._presence = presence
        self.roadmap = roadmap
        self.pending: dict[int, Edit] = {}
        """The edits that are not durable, by number."""
        self._asks: queue.SimpleQueue[Request] = queue.SimpleQueue()
        self._listener: Callable[[Event], None] = lambda event: None
        self._todo: list[Work] = []
        self._refused: list[SaveFailed] = []
        self._trouble: SaveFailed | None = None
        self._told: tuple[str, int] | None = None
        self._fault: BaseException | None = None
        self._number = 0
        """The last edit that is durable, or set aside."""
        self._began = self._tried = 0.0
        self._version = -1
        self._beside = False
        """Whether something that this window wrote may lie beside the file."""
        self._file: tuple[Log, Replica] | None = None
        self._stopping = False

    def ask(self, ask: Request) -> None:
        """Queue something to do."""
        if isinstance(ask, ApplyEdit):
            self.pending[ask.number] = ask.edit
        self._asks.put(ask)

    @property
    def is_durable(self) -> bool:
        """Whether all that was asked for is on the disk."""
        return not (self.pending or self._todo or self._refused)

    def run(self, listener: Callable[[Event], None]) -> None:
        """Work until told to stop: the thread's body. Any other end of it is told."""
        self._listener = listener
        self._began = time.monotonic()
        try:
            while not self._stopping:
                self._round()
            self._leave()
        except BaseException as error:  # whatever it is: a thread that ends in silence saves no more
            self._tell(WriterEnded(SaveFailed("save_ended", reason=repr(error))))
            if self._file is not None:
                self._file[0].close()
        finally:
            self._presence.leave()

    def _round(self) -> None:
        """Do what was asked since, or look what others did."""
        asks = self._next()
        others = self._presence.look()
        if others is not None:
            self._tell(PeersChanged(others))
        self._todo += [ask for ask in asks if isinstance(ask, ApplyEdit | UndoRedo | MarkMoment | EndBurst)]
        # a program may stop without closing its store: what was asked is still made durable
        ended = not threading.main_thread().is_alive()
        self._stopping = ended or any(isinstance(ask, Stop) for ask in asks)
        if self._todo and self._may_try(asks):
            self._save()
        elif not self._todo and not asks and (self._file or time.monotonic() - self._began >= FIRST_LOOK):
            self._look()
        for ask in asks:
            if isinstance(ask, Flush):
                ask.durable.append(self.is_durable)
                ask.done.set()

    def _may_try(self, asks: list[Request]) -> bool:
        """Whether to save now: with much waiting for the disk, not for every key again."""
        if self._stopping or time.monotonic() - self._tried >= RETRY:
            return True
        few = self._trouble is None or len(self._todo) <= FEW
        return any(few or isinstance(ask, Flush) for ask in asks)

    def _next(self) -> list[Request]:
        """What was asked since, or nothing after a while."""
        asks: list[Request] = []
        with suppress(queue.Empty):
            asks.append(self._asks.get(timeout=POLL))
            end = time.monotonic() + BREATH
            while True:
                left = end - time.monotonic() if isinstance(asks[-1], ApplyEdit | EndBurst) else 0.0
                asks.append(self._asks.get(timeout=max(left, 0.0)))
        return asks

    def _save(self) -> None:
        """Do all that is to do in one transaction; where one edit is at fault, each in its own."""
        self._tried = time.monotonic()
        try:
            if not self._commit(tuple(self._todo)):
                for work in tuple(self._todo):
                    if not self._commit((work,)):
                        self._refuse(work)
            self._trouble = None
            if self._file and self._file[1].since_snapshot >= 10 * COMPACT_AFTER:
                self._fold()
        except SaveFailed as error:
            self._trouble = error
        self._tell_standing()

    def _commit(self, works: tuple[Work, ...]) -> bool:
        """Make some of the work durable; False where it cannot be done, SaveFailed where the disk cannot."""
        outcomes: list[Outcome] = []
        undone: set[str] = set()

        def work_through(replica: Replica) -> None:
            for work in works:
                before = replica.roadmap
                if (outcome := replica.work(work)) is not None:
                    outcomes.append(outcome)
                if isinstance(work, UndoRedo):
                    undone.update(touched_ids(before, replica.roadmap))

        try:
            touched = self._transact(work_through)
        except SaveFailed:
            raise
        except BaseException as error:  # a panic of the document's library is no Exception
            self._fault = error
            return False
        self._done(works)
        self._tell_changed(touched, undone)
        for outcome in outcomes:
            self._tell(outcome)
        return True

    def _transact(self, action: Callable[[Replica], None]) -> set[str]:
        """Run `action` in a transaction, on what other windows wrote; returns the ids that changed by others.

        Whatever stops it, the file and the copy stand as they stood before.
        """
        log, replica = self._opened()
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
        self._beside = True
        self._viewed = self._viewed and replica.state.seq == state.seq
        self.roadmap = replica.roadmap
        return touched

    def _opened(self) -> tuple[Log, Replica]:
        if self._file is None:
            from lfroadmap.store.replica import Replica  # noqa: PLC0415 - not before the screen has begun

            log = self._open_log()
            self._file = log, Replica(log, *self._start)
        return self._file

    def _done(self, works: tuple[Work, ...]) -> None:
        del self._todo[: len(works)]
        for work in works:
            if isinstance(work, ApplyEdit):
                self.pending.pop(work.number, None)
                self._number = work.number

    def _refuse(self, work: Work) -> None:
        """Set aside what can never be done, so that the rest goes on; the edit stays among the unsaved."""
        self._todo.remove(work)
        if isinstance(work, UndoRedo):
            self._tell(Undone(work.kind, "failed", ""))
        elif isinstance(work, ApplyEdit | MarkMoment):
            self._refused.append(SaveFailed("save_refused", reason=repr(self._fault)))
        if isinstance(work, ApplyEdit):
            self._number = work.number

    def _look(self) -> None:
        """In a quiet moment: read what other windows wrote, and fold a long log."""
        try:
            log, replica = self._opened()
            version = log.data_version()
            if version != self._version or not replica.is_loaded:
                self._tell_changed(self._read(replica))
            self._version = version
            if replica.since_snapshot >= COMPACT_AFTER:
                self._fold()
            if self._beside and time.monotonic() - self._tried >= QUIET:
                self._beside = not log.work_in()
        except SaveFailed as error:
            self._trouble = error
            self._tell_standing()
        else:
            self._mended()

    def _mended(self) -> None:
        if self._trouble is not None:
            self._trouble = None
            self._tell_standing()

    def _read(self, replica: Replica) -> set[str]:
        """Read what other windows wrote; returns the ids of what changed."""
        state = replica.state
        replica.pull()
        if replica.state.seq == state.seq:
            return set()
        self._viewed = False
        self.roadmap = replica.roadmap
        return set(touched_ids(state.roadmap, replica.roadmap))

    def _fold(self) -> None:
        self._tell_changed(self._transact(lambda replica: replica.compact()))
        self._viewed = True

    def _leave(self) -> None:
        """Close the file; where something changed, leave a copy for a quick opening."""
        if self._file is None:
            return
        log, _ = self._file
        # all that was acknowledged is durable: without the copy the next opening only takes longer
        with suppress(SaveFailed):
            if not self._viewed and self._trouble is None:
                self._transact(lambda replica: replica.write_view())
        with suppress(SaveFailed):
            log.close()

    def _tell_standing(self) -> None:
        """Tell whether all is saved; a trouble is told again only when it has changed."""
        error = self._trouble or next(reversed(self._refused), None)
        if error is None:
            self._told = None
            self._tell(Saved(self._number, datetime.now().astimezone()))
            return
        waiting = sum(isinstance(work, ApplyEdit) for work in self._todo) + len(self._refused)
        if self._told != (error.key, waiting):
            self._told = error.key, waiting
            self._tell(SaveFailing(error, waiting))

    def _tell_changed(self, by_others: set[str], undone: Iterable[str] = ()) -> None:
        touched = by_others.union(undone)
        if touched:
            self._tell(Changed(self.roadmap, self._number, tuple(sorted(touched)), tuple(sorted(undone))))

    def _tell(self, event: Event) -> None:
        """Call the listener; what goes wrong in it is shown, and must not cost anybody's edits."""
        try:
            self._listener(event)
        except Exception:
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))
