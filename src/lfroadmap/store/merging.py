"""Merging the updates of peers into the document, in a transaction of the log.

An update that builds on others which are not here yet waits for these; an update that cannot be read, or that
is of another document, is refused. The Yjs library loses what it cannot apply, so that a document into which
a part of an update did not go is read again from the log.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.yjs_document import MissingBase, PartlyApplied
from lfroadmap.store.events import Merged
from lfroadmap.store.requests import Merge
from lfroadmap.store.sqlite.log import Log

MAX_UPDATE = 16_000_000
"""Bytes of the largest update that is merged."""
MAX_WAITING, MAX_WAITING_BYTES = 1000, MAX_UPDATE
"""Updates that wait for others at most, and their bytes; the oldest make room for new ones."""
MAX_PARTIAL = 20
"""Of these, those at most whose missing base is noticed only afterwards: each try reads the file again."""


class Waiting(NamedTuple):
    """An update that waits for others."""

    update: bytes
    is_partial: bool = False
    """True if its missing base is noticed only when a part of it was applied."""


class Merging:
    """Updates of peers on their way into the document; what was new in them goes to the log at once."""

    def __init__(
        self, log: Log, document: Document, reload: Callable[[], Document], waiting: tuple[Waiting, ...]
    ) -> None:
        self._log, self._reload = log, reload
        self.document = document
        self.waiting = list(waiting)
        self.seq = 0
        """Number of the last update that was written; 0 for none."""
        self.written = 0

    def add(self, request: Merge) -> Merged:
        """Merge an update; nothing is written where it changes nothing."""
        if key := self._refusal(request):
            return Merged(request.number, "refused", RoadmapError(key))
        return self._add(request.number, Waiting(request.update))

    def retry(self) -> None:
        """Merge the updates that waited for those that were just merged."""
        written = -1
        while written != self.written:
            written = self.written
            waiting, self.waiting = self.waiting, []
            for each in waiting:
                if each.is_partial and not self.written:  # nothing came that it could build on
                    self.waiting.append(each)
                else:
                    self._add(0, each)

    def _refusal(self, request: Merge) -> str:
        """The key of the reason why an update is not merged; empty where there is none."""
        if len(request.update) > MAX_UPDATE:
            return "merge_too_large"
        scratch = Document()
        try:
            scratch.merge(request.update)
        except ValueError:
            return "merge_unreadable"
        own = self.document.lineage
        return "" if own and request.lineage == own and scratch.lineage in ("", own) else "merge_foreign"

    def _add(self, number: int, update: Waiting) -> Merged:
        lineage = self.document.lineage
        try:
            new = self.document.receive(update.update)
        except MissingBase:
            return self._wait(number, update)
        except PartlyApplied:
            self.document = self._reload()
            return self._wait(number, Waiting(update.update, is_partial=True))
        except ValueError:
            self.document = self._reload()
            return Merged(number, "refused", RoadmapError("merge_unreadable"))
        if self.document.lineage != lineage:
            self.document = self._reload()
            return Merged(number, "refused", RoadmapError("merge_foreign"))
        for part in new:
            self.seq = self._log.append(part)
        self.written += len(new)
        return Merged(number, "merged" if new else "unchanged")

    def _wait(self, number: int, update: Waiting) -> Merged:
        if all(each.update != update.update for each in self.waiting):
            self.waiting.append(update)
        while len(self.waiting) > MAX_WAITING or sum(len(u.update) for u in self.waiting) > MAX_WAITING_BYTES:
            del self.waiting[0]
        partial = [each for each in self.waiting if each.is_partial]
        if len(partial) > MAX_PARTIAL:
            self.waiting.remove(partial[0])
        return Merged(number, "waiting")
