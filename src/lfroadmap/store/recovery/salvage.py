"""What a damaged file still holds, each piece checked for itself, and the roadmap that can be made of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lfroadmap.roadmap.codec import load_edit, load_roadmap
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.store.folder.companions import beside
from lfroadmap.store.recovery import pages
from lfroadmap.store.recovery.replay import glean
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import Change, Moment, change_checksum, checksum

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document

_ALWAYS = b"template"
"""What stands in every update that holds everything, and in few others."""
_KINDS = ("named", "reset", "import", "bulk", "emptied")
_TEXT, _OLD_TEXT = str, (str, type(None))
_CHANGE: tuple[Any, ...] = (
    type(None), int, str, str, str, str, str, _OLD_TEXT, _OLD_TEXT, str, str, (int, type(None)),
)  # fmt: skip
_COLUMNS = (*Change._fields, "sum")
_FIRST_COLUMNS = Change._fields[: len(_CHANGE)]
_CHANGE_NOW = (*_CHANGE, str, _OLD_TEXT, int, int)
_UPDATE = (type(None), int, str, bytes, int)
_VIEW = (type(None), int, str, int)
_MOMENT = (type(None), int, str, str, str, int)


@dataclass(slots=True)
class Salvage:
    """The sound rows of a damaged file."""

    updates: dict[int, set[bytes]] = field(default_factory=dict)
    """Number -> update; two where one was folded into another of its number."""
    views: dict[int, str] = field(default_factory=dict)
    """Number of an update -> the roadmap as it was then."""
    changes: dict[int, Change] = field(default_factory=dict)
    moments: dict[int, Moment] = field(default_factory=dict)
    foreign_log: bool = False
    """Whether the log beside the file is of another file, and nothing was taken from it."""

    @property
    def last(self) -> int:
        """The highest number of an update that anything tells of."""
        told = (change.upto for change in self.changes.values())
        return max((*self.updates, *self.views, *told), default=0)


def gather(path: Path) -> Salvage:
    """All that can be read of a file and the log beside it; raises OSError.

    Where the two are of different files, only what the file holds is taken: one roadmap is not made of two.
    """
    both = _sorted(pages.rows(path))
    if not beside(path, "-wal").exists():
        return both
    own, logged = _sorted(pages.rows(path, log=False)), _sorted(pages.rows(path, file=False))
    return replace(own, foreign_log=True) if _are_two(own, logged) else both


def _are_two(own: Salvage, logged: Salvage) -> bool:
    """Whether rows are of two histories: of two roadmaps, or with other updates under the same number.

    An update is never rewritten; only one that holds everything takes the place of another.
    """
    for number in own.updates.keys() & logged.updates.keys():
        parts = [{update for update in held if _ALWAYS not in update}
                 for held in (own.updates[number], logged.updates[number])]  # fmt: skip
        if all(parts) and parts[0].isdisjoint(parts[1]):
            return True
    ids = _id(own), _id(logged)
    return None not in ids and ids[0] != ids[1]


def _id(remains: Salvage) -> str | None:
    """The id of the roadmap, which it keeps for good; None where that is not among what remains."""
    document, _ = _newest_document(remains)
    roadmap = document.roadmap() if document else _newest_view(remains)[0]
    return roadmap.id if roadmap else None


def _sorted(rows: Iterable[pages.Row]) -> Salvage:
    """The rows that are ours and sound, by what they are."""
    out = Salvage()
    for number, columns in rows:
        if _is(columns, _UPDATE) and checksum(number, columns[3]) == columns[4]:
            out.updates.setdefault(number, set()).add(columns[3])  # type: ignore[arg-type]
        elif _is(columns, _VIEW) and checksum(columns[1], columns[2]) == columns[3]:  # type: ignore[arg-type]
            out.views[columns[1]] = columns[2]  # type: ignore[index, assignment]
        elif _is(columns, _MOMENT) and columns[3] in _KINDS:
            out.moments[number] = Moment(number, *columns[1:])  # type: ignore[arg-type]
        elif (change := _change(number, columns)) is not None:
            known = out.changes.get(number)
            if known is None or (change.upto, change.at) >= (known.upto, known.at):
                out.changes[number] = change
    return out


def _is(columns: list[object], shape: tuple[Any, ...]) -> bool:
    return len(columns) == len(shape) and all(map(isinstance, columns, shape))


def _change(number: int, columns: list[Any]) -> Change | None:
    """The row as a change of version 1 or 2; None for what is none, or is damaged."""
    if _is(columns, _CHANGE_NOW):
        change = Change(number, *columns[1:-1])
        if change_checksum(change.edit, change.inverse, change.upto) != columns[-1]:
            return None
    elif _is(columns, _CHANGE):
        change = Change(number, *columns[1:])
    else:
        return None
    try:
        load_edit(change.edit)
        load_edit(change.inverse)
    except ValueError:
        return None
    return change


def are_sound(db: Connection, version: int) -> bool:
    """Whether every change and every marked moment of a file can be read."""
    columns = _COLUMNS if version >= 2 else _FIRST_COLUMNS
    changes = db.execute(f"SELECT {', '.join(columns)} FROM changes")
    if any(_change(number, [None, *held]) is None for number, *held in changes):
        return False
    moments = db.execute("SELECT * FROM moments") if version >= 2 else ()
    return all(_is([None, *held], _MOMENT) and held[2] in _KINDS for _, *held in moments)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The roadmap that could be made of what remains."""

    roadmap: Roadmap
    document: Document | None
    """The document that it came from, as far as that reaches; None where there is none."""
    whole: bool
    """Whether everything is in it that anything tells of."""


def rebuild(remains: Salvage) -> Rebuilt | None:
    """The newest state that is certain, with the changes behind it done again; None where nothing is left."""
    document, reached = _newest_document(remains)
    roadmap = document.roadmap() if document else None
    view, seen = _newest_view(remains)
    if view is not None and seen > reached:
        roadmap, reached = view, seen
    if roadmap is None:
        gleaned = glean(change for _, change in sorted(remains.changes.items()))
        return Rebuilt(gleaned, None, whole=False) if gleaned else None
    roadmap, whole = _caught_up(roadmap, reached, remains)
    return Rebuilt(roadmap, document, whole)


def _newest_document(remains: Salvage) -> tuple[Document | None, int]:
    """The document behind the last unbroken row of updates that begins with a whole one, and its number."""
    for start in sorted(remains.updates, reverse=True):
        if not any(_ALWAYS in update for update in remains.updates[start]):
            continue
        low = start
        if (document := _document(remains, start, start)) is None:  # not one that holds everything
            continue
        high = next(number for number in count(start + 1) if number not in remains.updates)
        # mostly all of them make sense: that is tried before the half
        middle = high - 1
        while low < middle:
            if (further := _document(remains, start, middle)) is None:
                high = middle
            else:
                document, low = further, middle
            middle = (low + high) // 2
        return document, low
    return None, 0


def _document(remains: Salvage, first: int, last: int) -> Document | None:
    """The document of these updates; None where they come to no roadmap."""
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - 0.1 s, and only a rescue needs it here

    document = Document()
    try:
        for number in range(first, last + 1):
            _merge(document, remains.updates[number])
        document.roadmap()
    except ValueError:
        return None
    return document


def _merge(document: Document, updates: set[bytes]) -> None:
    for update in updates:
        document.merge(update)


def _newest_view(remains: Salvage) -> tuple[Roadmap | None, int]:
    if not remains.views:
        return None, 0
    seen = max(remains.views)
    try:
        return load_roadmap(remains.views[seen]), seen
    except ValueError:
        return None, 0


def _caught_up(roadmap: Roadmap, reached: int, remains: Salvage) -> tuple[Roadmap, bool]:
    """The roadmap with the changes that lie behind update `reached`, and whether none of them is missing."""
    changes = [remains.changes[number] for number in sorted(remains.changes)]
    behind = [change for change in changes if change.upto > reached]
    before = max((change.upto for change in changes if change.upto <= reached), default=1)
    for n, change in enumerate(behind):
        edit = load_edit(change.edit)
        begun = n == 0 and before < reached
        roadmap = (_rest(edit, roadmap) if begun else edit).on(roadmap)
    after = max([reached, *(change.upto for change in behind)])
    return roadmap, reached > 0 and after >= remains.last and _unbroken(behind, remains)


def _unbroken(behind: list[Change], remains: Salvage) -> bool:
    """Whether no change is missing between these, and none right before them."""
    if not behind:
        return True
    first, last = behind[0].seq, behind[-1].seq
    return last - first + 1 == len(behind) and (first == 1 or first - 1 in remains.changes)


def _rest(edit: Edit, roadmap: Roadmap) -> Edit:
    """What is left of a burst of typing of which the roadmap may hold a beginning."""
    place = find(roadmap, edit.touches()[0])
    if not isinstance(edit, SpliceText) or place is None or not isinstance(place.node, Field):
        return edit
    there = place.node.value[edit.at :]
    same = next((n for n, (a, b) in enumerate(zip(there, edit.inserted, strict=False)) if a != b), None)
    typed = min(len(there), len(edit.inserted)) if same is None else same
    return replace(edit, removed=typed) if typed else edit
