"""A window's copy of the roadmap, kept in step with the file: the value, and on demand the document.

Belongs to the writer's thread. Everything that changes it runs inside a transaction of the log, and
`restore` resets it after one that failed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.codec import dump, load_edit
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import IN_CARD, TITLE_OF, Roadmap
from lfroadmap.roadmap.text_diff import rebase
from lfroadmap.roadmap.tree import Place, find
from lfroadmap.store.events import Marked, Outcome, Outdated, Undone
from lfroadmap.store.history.change_entries import ChangeEntry, change_entry
from lfroadmap.store.history.coalescing import TYPED, Burst
from lfroadmap.store.history.undo import conflicts, undo_edit
from lfroadmap.store.requests import ApplyEdit, MarkMoment, UndoRedo, Work
from lfroadmap.store.sqlite.file_schema import Change, StepKind
from lfroadmap.store.sqlite.log import Log

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document

BULK_EDITS = 10
"""Edits applied as one from which on the moment before them is marked."""
_MAX_SHOWN = 300
"""Characters of an old or new value in the change log's readable columns; the edit itself is complete."""


@dataclass(frozen=True, slots=True)
class State:
    """The state that a failed transaction is reset to."""

    roadmap: Roadmap
    seq: int
    """Number of the last update that the roadmap includes."""
    burst: Burst | None = None


class Replica:
    """The roadmap as this window knows it, and the writing of edits to it and to the log."""

    def __init__(self, log: Log, roadmap: Roadmap, seq: int) -> None:
        self._log = log
        self._document: Document | None = None
        self.state = State(roadmap, seq)
        self.since_compact = 0
        """Updates in the log since it was last compacted, as far as this window knows."""
        self.left_out = 0
        """Things in the document that could not be read when the roadmap was read from it last."""
        self._unreadable = 0
        """Updates in the log that were passed over."""

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap with all edits that this window has applied or read."""
        return self.state.roadmap

    @property
    def is_loaded(self) -> bool:
        """True if the document was read."""
        return self._document is not None

    def restore(self, state: State) -> None:
        """Reset to `state`; the document cannot be reset and is read again on demand."""
        self.state = state
        self._document = None

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
            self.state = State(roadmap, rows[-1][0])
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
            case _:
                self.end_burst()
        return None

    def _apply(self, request: ApplyEdit) -> None:
        """Apply an edit; nothing is written where it changes nothing."""
        before = self.roadmap
        edit = rebase(request.edit, request.base, before)
        inverse = edit.inverse(before)
        if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
            edit = replace(edit, at=inverse.at, removed=len(inverse.inserted))
        if not self._write(edit):
            return
        burst = self.state.burst.extended(edit, inverse, request.at) if self.state.burst else None
        if burst:
            self._amend(burst, request.wall)
            return
        self._mark_before(edit, request.wall)
        change = self._log.add_change(self._change(edit, inverse, before, request.wall, None))
        self._log.steps.push("undo", change)
        self._log.steps.clear("redo")
        new_burst = Burst(change, edit, inverse, request.at, request.at) if isinstance(edit, TYPED) else None
        self.state = replace(self.state, burst=new_burst)

    def _mark_before(self, edit: Edit, wall: int) -> None:
        """Mark the moment before an edit that changes much, so that it can be found later."""
        if isinstance(edit, ResetAll):
            self._log.add_moment(wall, "reset", "")
        elif sum(1 for _ in edit.singles()) >= BULK_EDITS:
            self._log.add_moment(wall, "bulk", "")

    def _mark(self, request: MarkMoment) -> None:
        """Mark this moment; the next edit is a change of its own, after it."""
        self.end_burst()
        self._log.add_moment(request.wall, request.kind, request.name, request.change)

    def _write(self, edit: Edit) -> bool:
        """Write an edit to the document and its updates to the log; False where it changes nothing."""
        assert self._document is not None  # every transaction begins with a pull
        document = self._document
        after = document.apply(edit, self.roadmap)
        if after is self.roadmap:
            return False
        seq = self.state.seq
        for update in document.take_updates():
            seq = self._log.append(update)
            self.since_compact += 1
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
            back = undo_edit(_edit_pair(change), map(_edit_pair, others), self.roadmap)
        except ValueError:  # a damaged row of the change log
            return Undone(request.kind, "failed", change.node)
        if back is None or not self._write(back):
            return Undone(request.kind, "conflict", change.node, self._newer(change, others))
        row = self._change(back, back.inverse(before), before, request.wall, change.seq)
        done = self._log.add_change(row)
        other: StepKind = "redo" if request.kind == "undo" else "undo"
        self._log.steps.push(other, done)
        made = change_entry(row._replace(seq=done), request.kind)
        return Undone(request.kind, "done", change.node, change=made)

    def _newer(self, change: Change, others: list[Change]) -> ChangeEntry | None:
        """The latest change of another author that conflicts with `change`; None where it is unknown."""
        try:
            found = [other for other in others if conflicts(_edit_pair(change), _edit_pair(other))]
        except ValueError:
            return None
        return change_entry(found[-1], self._kind(found[-1])) if found else None

    def _kind(self, change: Change) -> StepKind | None:
        from lfroadmap.store.history.undo_chain import UndoChain  # noqa: PLC0415 - after conflicts only

        def lookup(number: int) -> object:
            row = self._log.change(number)
            return row and row.undo_of

        return UndoChain().kind(change.seq, lookup)

    def _change(self, edit: Edit, inverse: Edit, before: Roadmap, wall: int, undo_of: int | None) -> Change:
        """The row of the change log for an edit that was just applied."""
        node, attribute = edit.touches()
        old_place, place = find(before, node), find(self.roadmap, node)
        own = node == before.id
        old = _value(attribute, old_place, before if own else None)
        new = _value(attribute, place, self.roadmap if own else None)
        if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
            old, new = _shown(inverse.inserted), _shown(edit.inserted)
        place = place or old_place
        return Change(
            0, wall, "", "", type(edit).__name__, node, attribute, old, new, dump(edit), dump(inverse),
            undo_of, _card(place), _label(place), self.state.seq,
        )  # fmt: skip

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


def _edit_pair(change: Change) -> tuple[Edit, Edit]:
    return load_edit(change.edit), load_edit(change.inverse)


def _card(place: Place | None) -> str:
    """Id of the card, or else of the stage, that a node is in or is."""
    if place is None:
        return ""
    return place.parent if isinstance(place.node, IN_CARD) else place.node.id if place.stage >= 0 else ""


def _label(place: Place | None) -> str | None:
    label: str | None = getattr(place.node, TITLE_OF[type(place.node)]) if place else None
    return label[:_MAX_SHOWN] if label else label


def _value(attribute: str, place: Place | None, top: Roadmap | None) -> str | None:
    """The value of an attribute as JSON, for people; `top` where it is the roadmap's own."""
    node = top or (place and place.node)
    if node is None:
        return None
    if place and attribute == "place":
        return _shown(place.parent)
    is_attribute = attribute in type(node).__dataclass_fields__
    return _shown(getattr(node, attribute if is_attribute else TITLE_OF[type(node)]))


def _shown(value: object) -> str:
    return json.dumps(value[:_MAX_SHOWN] if isinstance(value, str) else value, ensure_ascii=False)
