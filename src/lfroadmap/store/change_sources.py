"""Who made the changes that a window reads or merges: other windows of the file, and peers."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import ChangeSource
from lfroadmap.store.history.change_entries import ChangeEntry, change_entry
from lfroadmap.store.sqlite.change_rows import ForeignChange
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.undo_conflicts import step_kind

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document

MOST = 1000
"""Changes that are looked through for who made them."""
_LARGE = (Batch.__name__, ResetAll.__name__)


class Now(Protocol):
    """The roadmap of a window, and the number of the last update in it."""

    @property
    def roadmap(self) -> Roadmap:
        """With all edits that the window has applied or read."""

    @property
    def seq(self) -> int:
        """Number of the update."""


class ChangeSources:
    """The changes of others since they were reported last."""

    def __init__(self, log: Log) -> None:
        self._log = log
        self._after: int | None = None
        """Number of the update after which others changed something that is not reported."""

    def note(self, update: int, *, changed: bool) -> None:
        """Note whether others changed something after the update with this number."""
        if changed:
            self._after = update if self._after is None else min(update, self._after)

    def add_hidden(self, document: Document, seen: Roadmap, now: Now, wall: int) -> None:
        """Write to the change log what peers had done in nodes that were restored, and note it.

        `seen` is the roadmap with these nodes as they were removed.
        """
        from lfroadmap.store.peer_changes import hidden_changes  # noqa: PLC0415 - hardly ever

        rows = hidden_changes(document, seen, now.roadmap, self._log.author.device, wall)
        for row in rows:
            self._log.add_change(row._replace(upto=now.seq))
        self.note(now.seq - 1, changed=bool(rows))

    def take(self) -> tuple[ChangeSource, ...]:
        """The persons, those with the newest changes first."""
        if self._after is None:
            return ()
        after, self._after = self._after, None
        persons: dict[tuple[str, str], list[ForeignChange]] = {}
        with (
            suppress(SaveFailed),
            self._log.reading(),
        ):  # the changes are shown as well where nobody knows whose they are
            for change in self._log.foreign_changes(after, MOST):
                persons.setdefault(self._person(change), []).append(change)
            return tuple(map(self._source, persons.values()))
        return ()

    def _person(self, change: ForeignChange) -> tuple[str, str]:
        """A key of the person, or of where this window's own one worked.

        Persons without an id are distinguished by their names and devices.
        """
        if self._is_own(change):
            return "", "device" if change.origin else "window"
        return (change.actor, "") if change.actor else (change.author, change.origin)

    def _is_own(self, change: ForeignChange) -> bool:
        """True for the person of this window; by the name alone only in this file."""
        author = self._log.author
        if change.origin:
            return change.actor != "" and change.actor == author.actor
        return author.is_person(change.author, change.actor)

    def _source(self, changes: list[ForeignChange]) -> ChangeSource:
        newest = changes[0]
        return ChangeSource(
            newest.author, self._is_own(newest), newest.origin != "", len(changes), self._large(changes)
        )

    def _large(self, changes: Iterable[ForeignChange]) -> ChangeEntry | None:
        large = (each.seq for each in changes if each.undo_of is not None or each.kind in _LARGE)
        row = self._log.change(next(large, 0))
        return change_entry(row, step_kind(self._log, row)) if row else None
