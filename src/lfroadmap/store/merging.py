"""Merging the updates of peers into the document, in a transaction of the log.

An update that builds on others which are not here yet waits for these; an update that cannot be read, or that
is of another document, is refused. A document that an update spoiled is read again from the log, which takes
long: after a few times the rest of the updates is not taken, and what peers have of it comes with their
answer to the state.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from lfroadmap.errors import RoadmapError
from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.arrived_stamps import ArrivedStamps
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.hidden_edits import HiddenEdit
from lfroadmap.store.document.update_base import MAX_READ
from lfroadmap.store.document.update_reader import Needs
from lfroadmap.store.document.yjs_document import (
    MissingBase,
    PartlyApplied,
    SpoiledDocument,
    library_errors,
)
from lfroadmap.store.events import Merged
from lfroadmap.store.peer_changes import peer_changes
from lfroadmap.store.requests import Merge
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.waiting_updates import ReadyUpdates, WaitingUpdates

MAX_UPDATE = 16_000_000
"""Bytes of the largest update that is merged."""
MAX_RELOADS = 3
"""Readings of the whole document that the updates of one transaction may cost."""


class _UnreadableRoadmap(Exception):
    """The document cannot be read after an update."""


class _ForeignUpdate(ValueError):
    """An update made the document one of another lineage."""


class Merging:
    """Updates of peers on their way into the document; what was new in them goes to the log at once."""

    def __init__(
        self,
        log: Log,
        document: Document,
        reload: Callable[[], Document],
        roadmap: Roadmap,
        waiting: dict[bytes, Needs],
    ) -> None:
        self._log, self._reload = log, reload
        self.document, self.roadmap = document, roadmap
        self.waiting = WaitingUpdates(waiting)
        self.seq = 0
        """Number of the last update that was written; 0 for none."""
        self.written = self.reloads = 0
        self._hidden: list[HiddenEdit] = []
        """What was done in removed nodes."""
        self._arrived: list[bytes] = []
        """What was new in the updates since the roadmap was read."""

    def merge(self, requests: Sequence[Merge]) -> list[Merged]:
        """Merge updates, and those that waited for them; nothing is written where they change nothing."""
        outcomes = self._merge_all(requests)
        if not outcomes:
            return []
        said = sum(outcome.dropped for outcome in outcomes if outcome.outcome != "dropped")
        last = outcomes[-1]
        outcomes[-1] = last._replace(
            dropped=last.dropped + self.waiting.dropped - said, hidden=tuple(dict.fromkeys(self._hidden))
        )
        return [outcome._replace(waiting=len(self.waiting)) for outcome in outcomes]

    def _merge_all(self, requests: Sequence[Merge], *, with_waiting: bool = True) -> list[Merged]:
        """Merge updates; where the document cannot be read afterwards, those of them with which it can."""
        before = self.roadmap, self.seq, self.written, self.waiting
        self.waiting = WaitingUpdates(self.waiting.all(), self.waiting.dropped)
        try:
            with self._log.savepoint():
                outcomes = [self._add(request) for request in requests]
                self._retry(apply=with_waiting)
                self._write_changes(requests[-1].wall if requests else milliseconds_now())
                return outcomes
        except _UnreadableRoadmap:
            self.roadmap, self.seq, self.written, self.waiting = before
            self._arrived = []
            self._load_again()
        if len(requests) > 1:
            middle = len(requests) // 2
            return self._merge_all(requests[:middle]) + self._merge_all(requests[middle:])
        if with_waiting and self.waiting:
            return self._merge_all(requests, with_waiting=False)
        return [_refused(request.number, "merge_unreadable") for request in requests]

    def _add(self, request: Merge) -> Merged:
        if key := self._refusal(request):
            return _refused(request.number, key)
        if self.reloads >= MAX_RELOADS:
            return Merged(request.number, "dropped", dropped=1)
        dropped = self.waiting.dropped
        outcome: Literal["merged", "unchanged", "waiting"] = "unchanged"
        try:
            if self._receive(request.update):
                outcome = "merged"
        except MissingBase as error:
            self.waiting.add(request.update, error.needs)
            outcome = "waiting"
        except ValueError as error:
            return _not_merged(request, error)
        return Merged(request.number, outcome, dropped=self.waiting.dropped - dropped)

    def _refusal(self, request: Merge) -> str:
        """The key of the reason why an update is not merged; empty where there is none."""
        if len(request.update) > MAX_UPDATE:
            return "merge_too_large"
        try:
            scratch = Document()
            scratch.merge(request.update)
            with library_errors():
                lineage = scratch.lineage
        except ValueError:
            return "merge_unreadable"
        own = self.document.lineage
        return "" if own and request.lineage == own and lineage in ("", own) else "merge_foreign"

    def _receive(self, update: bytes) -> bool:
        """Take an update into the document and the log; False where nothing was new.

        Raises MissingBase, _ForeignUpdate, or ValueError for one that makes no sense.
        """
        lineage = self.document.lineage
        try:
            new = self.document.receive(update)
            with library_errors():
                if self.document.lineage != lineage:
                    raise _ForeignUpdate
        except (SpoiledDocument, _ForeignUpdate):
            self._load_again()
            raise
        for part in new.updates:
            self.seq = self._log.append(part)
        self.written += len(new.updates)
        if new.updates:
            self._arrived.append(new.left)
        return bool(new.updates)

    def _load_again(self) -> None:
        """Read the document again, as it is in the log."""
        self.reloads += 1
        self.document = self._reload()

    def _retry(self, *, apply: bool) -> None:
        """Merge the updates that waited for what is there now; without `apply` they are dropped."""
        if not self.waiting.may_be_ready(self.document.clocks):
            return
        ready = ReadyUpdates(self.waiting)
        while self.reloads < MAX_RELOADS and (update := ready.next(self.document.clocks)) is not None:
            try:
                if apply:
                    self._receive(update)
                else:
                    self.waiting.dropped += 1
            except MissingBase as error:
                ready.put(update, error.needs)
            except ValueError:
                self.waiting.dropped += 1

    def _write_changes(self, wall: int) -> None:
        """Read the document and write what changed in it to the change log."""
        if not self._arrived:
            return
        try:
            with library_errors():
                hidden = self.document.hidden_edits(
                    ArrivedStamps(self._arrived, but_of=self._log.author.device)
                )
                after = self.document.roadmap(self.roadmap)
                rows = peer_changes(self.document, self.roadmap, after, ArrivedStamps(self._arrived), wall)
        except ValueError as error:
            raise _UnreadableRoadmap from error
        for row in rows:
            self._log.add_change(row._replace(upto=self.seq))
        self.roadmap = after
        self._hidden += hidden
        self._arrived = []


def _refused(number: int, key: str) -> Merged:
    return Merged(number, "refused", RoadmapError(key))


def _not_merged(request: Merge, error: ValueError) -> Merged:
    """The result for an update that was not merged, nor can wait."""
    if isinstance(error, PartlyApplied) and len(request.update) > MAX_READ:  # what it needs is not known
        return Merged(request.number, "dropped", dropped=1)
    is_foreign = isinstance(error, _ForeignUpdate)
    return _refused(request.number, "merge_foreign" if is_foreign else "merge_unreadable")
