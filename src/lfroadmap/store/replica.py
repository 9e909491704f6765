"""A window's copy of the roadmap, kept in step with the file: the value, and the document once it is needed.

Belongs to the writer's thread. Everything that changes it runs inside a transaction of the log, and
`restore` brings it back to what it was before one that failed.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.codec import dump, load_edit
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import IN_CARD, TITLE_OF, Roadmap
from lfroadmap.roadmap.text_diff import rebased
from lfroadmap.roadmap.tree import Place, find
from lfroadmap.store.events import Marked, Outcome, Outdated, Undone
from lfroadmap.store.history.change_entries import ChangeEntry, entry
from lfroadmap.store.history.coalescing import TYPED, Burst
from lfroadmap.store.history.undo import meet, way_back
from lfroadmap.store.requests import ApplyEdit, MarkMoment, UndoRedo, Work
from lfroadmap.store.sqlite.file_schema import Change, StepKind
from lfroadmap.store.sqlite.log import Log

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document

MUCH = 10
"""Edits done as one from which on the moment before them is marked."""
_SHOWN = 300
"""Characters of an old or new value that the change log tells readably; the edit itself is whole."""


@dataclass(frozen=True, slots=True)
class State:
    """What a failed transaction goes back to."""

    roadmap: Roadmap
    seq: int
    """Number of the last update that the roadmap includes."""
    burst: Burst | None = None


class Replica:
    """The roadmap as this window knows it, and how edits get into it and into the log."""

    def __init__(self, log: Log, roadmap: Roadmap, seq: int) -> None:
        self._log = log
        self._document: Document | None = None
        self.state = State(roadmap, seq)
        self.since_snapshot = 0
        """Updates in the log behind its last snapshot, as far as this window knows."""

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap with all that this window has done or read."""
        return self.state.roadmap

    @property
    def is_loaded(self) -> bool:
        """Whether the document was read."""
        return self._document is not None

    def restore(self, state: State) -> None:
        """Go back to `state`: a document cannot, so it is read anew when it is next needed."""
        self.state = state
        self._document = None

    def settle(self) -> None:
        """Let the next edit be a change of its own."""
        self.state = replace(self.state, burst=None)

    def pull(self) -> Document:
        """Read what other windows wrote since; returns the document, up to date. Raises SaveFailed."""
        rows = self._log.updates(self.state.seq if self._document else 0)
        if self._document is None:
            from lfroadmap.store.document.document import Document  # noqa: PLC0415 - not before the first paint

            self._document = Document()
            self.since_snapshot = 0
        try:
            for _, update in rows:
                self._document.merge(update)
            if rows and rows[-1][0] > self.state.seq:
                self.state = State(self._document.roadmap(self.state.roadmap), rows[-1][0])
        except ValueError as error:
            raise self._log.damaged() from error
        self.since_snapshot += len(rows)
        return self._document

    def work(self, work: Work) -> Outcome | None:
        """Do what was asked for; returns how it came out where its asker waits for that."""
        match work:
            case ApplyEdit():
                if work.shown is not None and work.shown != self.roadmap:
                    return Outdated(work.number, self.roadmap)
                self._do(work)
            case UndoRedo():
                return self._step(work)
            case MarkMoment():
                self._mark(work)
                return Marked(work.name)
            case _:
                self.settle()
        return None

    def _do(self, ask: ApplyEdit) -> None:
        """Do an edit; nothing is written where it changes nothing."""
        before = self.roadmap
        edit = rebased(ask.edit, ask.base, before)
        inverse = edit.inverse(before)
        if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
            edit = replace(edit, at=inverse.at, removed=len(inverse.inserted))
        if not self._write(edit):
            return
        burst = self.state.burst.joined(edit, inverse, ask.at) if self.state.burst else None
        if burst:
            self._amend(burst, ask.wall)
            return
        self._mark_before(edit, ask.wall)
        change = self._log.add_change(self._change(edit, inverse, before, ask.wall, None))
        self._log.push_step("undo", change)
        self._log.clear_steps("redo")
        began = Burst(change, edit, inverse, ask.at, ask.at) if isinstance(edit, TYPED) else None
        self.state = replace(self.state, burst=began)

    def _mark_before(self, edit: Edit, wall: int) -> None:
        """Mark the moment before an edit that changes much, so that it is found again."""
        if isinstance(edit, ResetAll):
            self._log.add_moment(wall, "reset", "")
        elif sum(1 for _ in edit.singles()) >= MUCH:
            self._log.add_moment(wall, "bulk", "")

    def _mark(self, ask: MarkMoment) -> None:
        """Mark this moment; what is typed next is a change of its own, and comes after it."""
        self.settle()
        self._log.add_moment(ask.wall, ask.kind, ask.name, ask.change)

    def _write(self, edit: Edit) -> bool:
        """Bring an edit into the document and its updates into the log; False where it changes nothing."""
        assert self._document is not None  # every transaction begins with a pull
        document = self._document
        after = document.apply(edit, self.roadmap)
        if after is self.roadmap:
            return False
        seq = self.state.seq
        for update in document.take():
            seq = self._log.append(update)
            self.since_snapshot += 1
        self.state = replace(self.state, roadmap=after, seq=seq)
        return True

    def _amend(self, burst: Burst, wall: int) -> None:
        if burst.is_nothing():
            self._log.drop_change(burst.change)
            self.settle()
            return
        before = burst.inverse.on(self.roadmap)
        self._log.amend_change(burst.change, self._change(burst.edit, burst.inverse, before, wall, None))
        self.state = replace(self.state, burst=burst)

    def _step(self, ask: UndoRedo) -> Undone:
        """Undo or redo the author's last change, whichever window and day it came from."""
        self.settle()
        number = self._log.pop_step(ask.kind)
        change = self._log.change(number) if number is not None else None
        if change is None:
            return Undone(ask.kind, "nothing", "")
        before = self.roadmap
        others = self._log.changes_of_others(change.seq)
        try:
            back = way_back(_told(change), map(_told, others), self.roadmap)
        except ValueError:  # a row of the change log cannot be read
            return Undone(ask.kind, "failed", change.node)
        if back is None or not self._write(back):
            return Undone(ask.kind, "conflict", change.node, self._newer(change, others))
        done = self._log.add_change(self._change(back, back.inverse(before), before, ask.wall, change.seq))
        other: StepKind = "redo" if ask.kind == "undo" else "undo"
        self._log.push_step(other, done)
        return Undone(ask.kind, "done", change.node)

    def _newer(self, change: Change, others: list[Change]) -> ChangeEntry | None:
        """What somebody else did last where the change cannot be taken back; None where it is not known."""
        try:
            found = [other for other in others if meet(_told(change), _told(other))]
        except ValueError:
            return None
        return entry(found[-1], self._kind(found[-1])) if found else None

    def _kind(self, change: Change) -> StepKind | None:
        from lfroadmap.store.history.undo_chain import UndoChain  # noqa: PLC0415 - after conflicts only

        def lookup(number: int) -> object:
            row = self._log.change(number)
            return row and row.undo_of

        return UndoChain().kind(change.seq, lookup)

    def _change(self, edit: Edit, inverse: Edit, before: Roadmap, wall: int, undo_of: int | None) -> Change:
        """The row that tells of an edit, which was just done."""
        node, attribute = edit.touches()
        was, place = find(before, node), find(self.roadmap, node)
        own = node == before.id
        old = _value(attribute, was, before if own else None)
        new = _value(attribute, place, self.roadmap if own else None)
        if isinstance(edit, SpliceText) and isinstance(inverse, SpliceText):
            old, new = _shown(inverse.inserted), _shown(edit.inserted)
        place = place or was
        return Change(
            0, wall, "", "", type(edit).__name__, node, attribute, old, new, dump(edit), dump(inverse),
            undo_of, _card(place), _label(place), self.state.seq,
        )  # fmt: skip

    def compact(self) -> None:
        """Let one update hold the whole document, and keep the plain copy beside it."""
        whole = self.pull().whole()
        self._log.replace(self.state.seq, whole)
        self.since_snapshot = 1
        self.write_view()

    def write_view(self) -> None:
        """Keep a plain copy of the roadmap, for opening quickly."""
        self.pull()
        self._log.write_view(self.state.seq, dump(self.roadmap))


def _told(change: Change) -> tuple[Edit, Edit]:
    return load_edit(change.edit), load_edit(change.inverse)


def _card(place: Place | None) -> str:
    """Id of the card, or else of the stage, that a node is in or is."""
    if place is None:
        return ""
    return place.parent if isinstance(place.node, IN_CARD) else place.node.id if place.stage >= 0 else ""


def _label(place: Place | None) -> str | None:
    held: str | None = getattr(place.node, TITLE_OF[type(place.node)]) if place else None
    return held[:_SHOWN] if held else held


def _value(attribute: str, place: Place | None, top: Roadmap | None) -> str | None:
    """What stands at an attribute, as JSON, for people; `top` where it is the roadmap's own."""
    node = top or (place and place.node)
    if node is None:
        return None
    if place and attribute == "place":
        return _shown(place.parent)
    known = attribute in type(node).__dataclass_fields__
    return _shown(getattr(node, attribute if known else TITLE_OF[type(node)]))


def _shown(value: object) -> str:
    return json.dumps(value[:_SHOWN] if isinstance(value, str) else value, ensure_ascii=False)
