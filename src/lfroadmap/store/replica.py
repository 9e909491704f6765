"""A window's copy of the roadmap, kept in step with the file: the value, and on demand the document.

Belongs to the writer's thread. Everything that changes it runs inside a transaction of the log, and
`restore` resets it after one that failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.measurements import is_of_measurements
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.text_diff import rebase
from lfroadmap.store.bulk_marks import mark_before
from lfroadmap.store.change_sources import ChangeSources
from lfroadmap.store.document.stamps import stamp_text
from lfroadmap.store.events import Marked, Merged, Outcome, Outdated, Undone
from lfroadmap.store.history.change_entries import change_entry
from lfroadmap.store.history.coalescing import TYPED, Burst
from lfroadmap.store.history.undo import undo_edit
from lfroadmap.store.own_changes import own_change
from lfroadmap.store.peer_updates import PeerUpdates, missing_update
from lfroadmap.store.requests import ApplyEdit, MarkMoment, Missing, RenameAuthor, State, UndoRedo
from lfroadmap.store.sqlite.file_schema import Change, StepKind
from lfroadmap.store.sqlite.loading import Loaded, dump_view
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.undo_conflicts import edit_pair, newer_change

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document
    from lfroadmap.store.document.merging import Row
    from lfroadmap.store.document.update_reader import Needs
    from lfroadmap.store.requests import Merge, Work


@dataclass(frozen=True, slots=True)
class ReplicaState:
    """The state that a failed transaction is reset to."""

    roadmap: Roadmap
    seq: int
    """Number of the last update that the roadmap includes."""
    burst: Burst | None = None
    waiting: dict[bytes, Needs] = field(default_factory=dict)
    """Peers' updates that wait for others, with what they need."""
    left_out: int | None = None
    """Number of things in the file that are not shown; None where it is not known yet."""


class Replica:
    """The roadmap as this window knows it, and the writing of edits to it and to the log."""

    def __init__(self, log: Log, loaded: Loaded, seq: int) -> None:
        self._log = log
        self._document: Document | None = None
        self.state = ReplicaState(loaded.roadmap, seq, left_out=loaded.left_out)
        self.since_compact = 0
        """Updates in the log since it was last compacted, as far as this window knows."""
        self._unreadable: tuple[int, ...] = ()
        """Numbers of the updates in the log that were passed over."""
        self._for_peers = PeerUpdates()
        self.sources = ChangeSources(log)
        self.brought_more = False
        """True if an edit brought more back than its author saw."""

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
        was_loaded = self.is_loaded
        rows = self._log.updates(self.state.seq if was_loaded else 0)
        document = self._merge(rows)
        # the version that wrote the plain copy may have read other things, or not have counted
        is_uncertain = not was_loaded and (self.state.left_out != 0 or bool(self._unreadable))
        if rows and (is_uncertain or rows[-1][0] > self.state.seq):
            roadmap = document.roadmap(self.state.roadmap)
            left_out = document.left_out + len(self._unreadable)
            state = replace(self.state, roadmap=roadmap, seq=rows[-1][0], burst=None, left_out=left_out)
            if not is_uncertain or state != replace(self.state, burst=None):
                self.sources.note(self.state.seq, changed=roadmap is not self.roadmap)
                self.state = state
                self._for_peers.note_others(document)
        self.since_compact += len(rows)
        return document

    def _merge(self, rows: list[Row]) -> Document:
        """The document with these updates; it is read as a whole where it is not there, or is spoiled."""
        from lfroadmap.store.document.merging import continued, merged_rows, whole_first  # noqa: PLC0415 - not before the first paint

        if self._document is not None:
            try:
                for _, update in whole_first(rows):
                    self._document.merge(update)
            except ValueError:
                new, rows = len(rows), self._log.updates(0)
                self.since_compact = len(rows) - new
            else:
                return self._document
        else:
            self.since_compact = 0
        # only what others wrote since is read where the roadmap of this window shows everything
        begun = continued(rows, self.roadmap, self.state.seq) if self.state.left_out == 0 else None
        document, self._unreadable = begun or merged_rows(rows)
        if document.is_empty or (self._unreadable and not document.is_roadmap):
            self._document = None
            raise self._log.damaged_error()
        self._document = document
        document.introduce(self._log.author.device, self._log.author.actor)
        return document

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
            case RenameAuthor():
                self.end_burst()
                self._log.rename_author(request.name)
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
            left_out = merging.document.left_out + len(self._unreadable)
            self.sources.note(self.state.seq, changed=merging.roadmap is not self.roadmap)
            self.state = ReplicaState(
                merging.roadmap, merging.seq, waiting=self.state.waiting, left_out=left_out
            )
        return outcomes

    def _reload(self) -> Document:
        """The document as it is in the log, in the place of one that is of no more use."""
        self._document = None
        return self._merge(self._log.updates(0))

    def _apply(self, request: ApplyEdit) -> None:
        """Apply an edit; nothing is written where it changes nothing."""
        before = self.roadmap
        edit = rebase(request.edit, request.base, before)
        inverse = edit.inverse(before)
        if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
            edit = replace(edit, at=inverse.at, removed=len(inverse.inserted))
        seen = edit
        if isinstance(edit, Add):
            edit = self._loaded.restoring(edit, self._log.author.device, self._log.removed_at)
            self.brought_more = edit is not seen
        if not self._write(edit, request.wall):
            return
        burst = self.state.burst.extended(edit, inverse, request.at) if self.state.burst else None
        if burst:
            self._amend(burst, request.wall)
            return
        mark_before(self._log, edit, request.wall)
        change = self._log.add_change(self._change(seen, inverse, before, request.wall, None))
        new_burst = None
        if not is_of_measurements(edit, inverse):  # which undo and redo pass over
            self._log.steps.push("undo", change)
            self._log.steps.clear("redo")
            if isinstance(edit, TYPED):
                new_burst = Burst(change, edit, inverse, request.at, request.at)
        if edit is not seen:
            self.sources.add_hidden(self._loaded, seen.on(before), self.state, request.wall)
            new_burst = None
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
        others = self._log.changes_of_others(change)
        try:
            back = undo_edit(edit_pair(change), map(edit_pair, others), self.roadmap)
        except ValueError:  # a damaged row of the change log
            return Undone(request.kind, "failed", change.node)
        seen, device = back, self._log.author.device
        back = back and self._loaded.restoring(back, device, lambda _: change.at)
        if seen is None or back is None or not self._write(back, request.wall):
            return Undone(request.kind, "conflict", change.node, newer_change(self._log, change, others))
        row = self._change(seen, seen.inverse(before), before, request.wall, change.seq)
        done = self._log.add_change(row)
        if back is not seen:
            self.sources.add_hidden(self._loaded, seen.on(before), self.state, request.wall)
        other: StepKind = "redo" if request.kind == "undo" else "undo"
        self._log.steps.push(other, done)
        made = change_entry(row._replace(seq=done), request.kind)
        return Undone(request.kind, "done", change.node, change=made)

    def _change(self, edit: Edit, inverse: Edit, before: Roadmap, wall: int, undo_of: int | None) -> Change:
        """The row of the change log for an edit that was just applied."""
        row = own_change(self._log.author, edit, inverse, before, self.roadmap)
        return row._replace(at=wall, undo_of=undo_of, upto=self.state.seq)

    def compact(self) -> None:
        """Replace the log by one update with the whole document, and write the plain copy.

        Updates that were passed over stay in their places for a version that can read them, and with them
        those that build on them.
        """
        from lfroadmap.store.document.merging import kept_numbers  # noqa: PLC0415 - not before the first paint

        document, kept = self.pull(), self._unreadable
        if kept:
            kept = kept_numbers(document, self._log.updates(0), kept)
        self._log.replace(self.state.seq, document.full_update(), kept)
        self.since_compact = 1
        self.write_view()

    def write_view(self) -> None:
        """Write a plain copy of the roadmap, for quick opening."""
        self.pull()
        self._log.write_view(self.state.seq, dump_view(self.roadmap, self.state.left_out or 0))
