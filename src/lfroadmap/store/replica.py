"""A window's copy of the roadmap, kept in step with the file: the value, and on demand the document.

Belongs to the writer's thread. Everything that changes it runs inside a transaction of the log, and
`restore` resets it after one that failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.text_diff import rebase
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.stamps import stamp_text
from lfroadmap.store.events import Marked, Merged, Outcome, Outdated, Undone
from lfroadmap.store.history.change_entries import change_entry
from lfroadmap.store.history.change_rows import Where, change_row
from lfroadmap.store.history.coalescing import TYPED, Burst
from lfroadmap.store.history.undo import undo_edit
from lfroadmap.store.peer_updates import PeerUpdates, missing_update
from lfroadmap.store.requests import ApplyEdit, MarkMoment, Merge, Missing, State, UndoRedo, Work
from lfroadmap.store.sqlite.file_schema import Change, StepKind
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.undo_conflicts import edit_pair, newer_change

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document
    from lfroadmap.store.document.update_reader import Needs

BULK_EDITS = 10
"""Edits applied as one from which on the moment before them is marked."""


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """The state that a failed transaction is reset to."""

    roadmap: Roadmap
    seq: int
    """Number of the last update that the roadmap includes."""
    burst: Burst | None = None
    waiting: dict[bytes, Needs] = field(default_factory=dict)
    """Peers' updates that wait for others, with what they need."""


class Replica:
    """The roadmap as this window knows it, and the writing of edits to it and to the log."""

    def __init__(self, log: Log, roadmap: Roadmap, seq: int) -> None:
        self._log = log
        self._document: Document | None = None
        self.state = ReplicaState(roadmap, seq)
        self.since_compact = 0
        """Updates in the log since it was last compacted, as far as this window knows."""
        self.left_out = 0
        """Things in the document that could not be read when the roadmap was read from it last."""
        self._unreadable = 0
        """Updates in the log that were passed over."""
        self._for_peers = PeerUpdates()

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap with all edits that this window has applied or read."""
        return self.state.roadmap

    @property
    def is_loaded(self) -> bool:
        """True if the document was read."""
        return self._document is not None

    @property
    def _loaded(self) -> Document:
        """The document: every transaction begins with a pull."""
        assert self._document is not None
        return self._document

    def restore(self, state: ReplicaState) -> None:
        """Reset to `state`; the document cannot be reset and is read again on demand."""
        self.state = state
        self._document = None
        self._for_peers.clear()

    def end_burst(self) -> None:
        """End the burst: the next edit is a change of its own."""
        self.state = replace(self.state, burst=None)

    def pull(self) -> Document:
        """Read other windows' new updates; returns the document, up to date.

        An update that cannot be read is passed over. Raises SaveFailed.
        """
        rows = self._log.updates(self.state.seq if self._document else 0)
        document = self._merge([update for _, update in rows])
        if rows and rows[-1][0] > self.state.seq:
            roadmap = document.roadmap(self.state.roadmap)
            self.state = ReplicaState(roadmap, rows[-1][0], waiting=self.state.waiting)
            self._for_peers.note_others(document)
            self.left_out = document.left_out + self._unreadable
        self.since_compact += len(rows)
        return document

    def _merge(self, updates: list[bytes]) -> Document:
        """The document with these updates; it is read as a whole where it is not there, or is spoiled."""
        from lfroadmap.store.document.merging import merged  # noqa: PLC0415 - not before the first paint

        if self._document is not None:
            try:
                for update in updates:
                    self._document.merge(update)
            except ValueError:
                updates = [update for _, update in self._log.updates(0)]
            else:
                return self._document
        self.since_compact = 0
        self._document, self._unreadable = merged(updates)
        if self._document.is_empty or (self._unreadable and not self._document.is_roadmap):
            self._document = None
            raise self._log.damaged_error()
        return self._document

    def perform(self, request: Work) -> Outcome | None:
        """Process a request; returns its result where it has one."""
        match request:
            case ApplyEdit():
                if request.shown is not None and request.shown != self.roadmap:
                    return Outdated(request.number, self.roadmap)
                self._apply(request)
            case UndoRedo():
                return self._undo_redo(request)
            case MarkMoment():
                self._mark(request)
                return Marked(request.name)
            case State():
                return self._for_peers.describe(self._loaded, request)
            case Missing():
                return missing_update(self._loaded, request)
            case _:
                self.end_burst()
        return None

    def take_new_updates(self) -> tuple[bytes, ...]:
        """The updates for peers that are durable since the last call; none before the state was asked for."""
        return self._for_peers.take(self._document) if self._document is not None else ()

    def merge(self, requests: Sequence[Merge]) -> list[Merged]:
        """Merge the updates of peers, and write what they changed to the change log."""
        from lfroadmap.store.merging import Merging  # noqa: PLC0415 - needs the Yjs library

        merging = Merging(self._log, self._loaded, self._reload, self.roadmap, self.state.waiting)
        outcomes = merging.merge(requests)
        self.state = replace(self.state, waiting=merging.waiting.all())
        if merging.written:
            self.since_compact += merging.written
            self.left_out = merging.document.left_out + self._unreadable
            self.state = ReplicaState(merging.roadmap, merging.seq, waiting=self.state.waiting)
        return outcomes

    def _reload(self) -> Document:
        """The document as it is in the log, in the place of one that is of no more use."""
        self._document = None
        return self._merge([update for _, update in self._log.updates(0)])

    def _apply(self, request: ApplyEdit) -> None:
        """Apply an edit; nothing is written where it changes nothing."""
        before = self.roadmap
        edit = rebase(request.edit, request.base, before)
        inverse = edit.inverse(before)
        if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
            edit = replace(edit, at=inverse.at, removed=len(inverse.inserted))
        if not self._write(edit, request.wall):
            return
        burst = self.state.burst.extended(edit, inverse, request.at) if self.state.burst else None
        if burst:
            self._amend(burst, request.wall)
            return
        _mark_before(self._log, edit, request.wall)
        change = self._log.add_change(self._change(edit, inverse, before, request.wall, None))
        self._log.steps.push("undo", change)
        self._log.steps.clear("redo")
        new_burst = Burst(change, edit, inverse, request.at, request.at) if isinstance(edit, TYPED) else None
        self.state = replace(self.state, burst=new_burst)

    def _mark(self, request: MarkMoment) -> None:
        """Mark this moment; the next edit is a change of its own, after it."""
        self.end_burst()
        self._log.add_moment(request.wall, request.kind, request.name, request.change)

    def _write(self, edit: Edit, wall: int) -> bool:
        """Write an edit to the document and its updates to the log; False where it changes nothing."""
        document = self._loaded
        author = self._log.author
        after = document.apply(edit, self.roadmap, stamp_text(author.name, author.device, wall))
        if after is self.roadmap:
            return False
        seq = self.state.seq
        for update in document.take_updates():
            seq = self._log.append(update)
            self.since_compact += 1
            self._for_peers.note(update)
        self.state = replace(self.state, roadmap=after, seq=seq)
        return True

    def _amend(self, burst: Burst, wall: int) -> None:
        if burst.is_nothing():
            self._log.drop_change(burst.change)
            self.end_burst()
            return
        before = burst.inverse.on(self.roadmap)
        self._log.amend_change(burst.change, self._change(burst.edit, burst.inverse, before, wall, None))
        self.state = replace(self.state, burst=burst)

    def _undo_redo(self, request: UndoRedo) -> Undone:
        """Undo or redo the author's last change, from any window and day."""
        self.end_burst()
        number = self._log.steps.pop(request.kind)
        change = self._log.change(number) if number is not None else None
        if change is None:
            return Undone(request.kind, "nothing", "")
        before = self.roadmap
        others = self._log.changes_of_others(change.seq)
        try:
            back = undo_edit(edit_pair(change), map(edit_pair, others), self.roadmap)
        except ValueError:  # a damaged row of the change log
            return Undone(request.kind, "failed", change.node)
        if back is None or not self._write(back, request.wall):
            return Undone(request.kind, "conflict", change.node, newer_change(self._log, change, others))
        row = self._change(back, back.inverse(before), before, request.wall, change.seq)
        done = self._log.add_change(row)
        other: StepKind = "redo" if request.kind == "undo" else "undo"
        self._log.steps.push(other, done)
        made = change_entry(row._replace(seq=done), request.kind)
        return Undone(request.kind, "done", change.node, change=made)

    def _change(self, edit: Edit, inverse: Edit, before: Roadmap, wall: int, undo_of: int | None) -> Change:
        """The row of the change log for an edit that was just applied."""
        node, author = edit.touches()[0], self._log.author
        row = change_row(edit, inverse, _where(before, node), _where(self.roadmap, node))
        return row._replace(
            at=wall, author=author.name, actor=author.actor, undo_of=undo_of, upto=self.state.seq
        )

    def compact(self) -> None:
        """Replace the log by one update with the whole document, and write the plain copy.

        A log with an update that was passed over stays as it is, for a version that can read it.
        """
        full_update = self.pull().full_update()
        if not self._unreadable:
            self._log.replace(self.state.seq, full_update)
        self.since_compact = 1
        self.write_view()

    def write_view(self) -> None:
        """Write a plain copy of the roadmap, for quick opening."""
        self.pull()
        self._log.write_view(self.state.seq, dump(self.roadmap))


def _mark_before(log: Log, edit: Edit, wall: int) -> None:
    """Mark the moment before an edit that changes much, so that it can be found later."""
    if isinstance(edit, ResetAll):
        log.add_moment(wall, "reset", "")
    elif sum(1 for _ in edit.singles()) >= BULK_EDITS:
        log.add_moment(wall, "bulk", "")


def _where(roadmap: Roadmap, node_id: str) -> Where | None:
    """A node, or the roadmap itself, with its parent."""
    if node_id == roadmap.id:
        return Where(roadmap)
    place = find(roadmap, node_id)
    return place and Where(place.node, place.parent)
