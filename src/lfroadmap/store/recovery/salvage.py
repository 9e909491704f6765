"""The sound rows of a damaged file, each checked by itself, and the roadmap that can be rebuilt from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.update_base import IN_WHOLE
from lfroadmap.store.folder.companions import companion
from lfroadmap.store.recovery import pages
from lfroadmap.store.recovery.replay import replay
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import (
    FIRST_MEASURING,
    VERSION,
    Change,
    MeasuringRow,
    Moment,
    TeamRoom,
    change_checksum,
    checksum,
    view_checksum,
)
from lfroadmap.store.sqlite.loading import load_view

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document

_KINDS = ("named", "reset", "import", "bulk", "emptied")
_TEXT, _OLD_TEXT = str, (str, type(None))
_CHANGE: tuple[Any, ...] = (
    type(None), int, str, str, str, str, str, _OLD_TEXT, _OLD_TEXT, str, str, (int, type(None)),
)  # fmt: skip
_CHANGE_2 = (*_CHANGE, str, _OLD_TEXT, int, int)
_CHANGE_3 = (*_CHANGE_2, str, (int, type(None)), str)
_FIRST_COLUMNS = Change._fields[: len(_CHANGE)]
_COLUMNS_2 = (*Change._fields[: len(_CHANGE_2) - 1], "sum")
_COLUMNS_3 = (*_COLUMNS_2, *Change._fields[len(_COLUMNS_2) - 1 :])
_COLUMNS = {1: _FIRST_COLUMNS, 2: _COLUMNS_2, **dict.fromkeys(range(3, VERSION + 1), _COLUMNS_3)}
"""Version -> the columns of its changes in the order of the table; no later version is examined."""
_UPDATE = (type(None), int, str, bytes, int)
_VIEW = (type(None), int, str, int)
_MOMENT = (type(None), int, str, str, str, int)
_TEAM = (str, str, str, bytes, int)
_MEASURING = (str, str, int, int)


@dataclass(slots=True)
class Salvage:
    """The sound rows of a damaged file."""

    updates: dict[int, set[bytes]] = field(default_factory=dict)
    """Number -> update; two where several were compacted under its number."""
    views: dict[int, str] = field(default_factory=dict)
    """Number of an update -> the roadmap at that time."""
    changes: dict[int, Change] = field(default_factory=dict)
    moments: dict[int, Moment] = field(default_factory=dict)
    rooms: dict[int, TeamRoom] = field(default_factory=dict)
    """The shared rooms; what a server has confirmed is not kept."""
    measuring: dict[str, MeasuringRow] = field(default_factory=dict)
    """What measuring needs on this machine, by its key."""
    foreign_log: bool = False
    """True if the log beside the file is of another file, and nothing was read from it."""

    @property
    def last(self) -> int:
        """The highest known number of an update."""
        upto = (change.upto for change in self.changes.values())
        return max((*self.updates, *self.views, *upto), default=0)


def gather(path: Path) -> Salvage:
    """All readable rows of a file and the log beside it; raises OSError.

    Where the two are of different files, only the rows of the file are used: two roadmaps are not mixed.
    """
    both = _classified(pages.rows(path))
    if not companion(path, "-wal").exists():
        return both
    own, logged = _classified(pages.rows(path, log=False)), _classified(pages.rows(path, file=False))
    return replace(own, foreign_log=True) if _differ(own, logged) else both


def _differ(own: Salvage, logged: Salvage) -> bool:
    """True if rows are of two histories: of two roadmaps, or with other updates under the same number.

    An update is never rewritten; only one with the whole document replaces another.
    """
    for number in own.updates.keys() & logged.updates.keys():
        updates_apart = [{update for update in updates if IN_WHOLE not in update}
                 for updates in (own.updates[number], logged.updates[number])]  # fmt: skip
        if all(updates_apart) and updates_apart[0].isdisjoint(updates_apart[1]):
            return True
    ids = _roadmap_id(own), _roadmap_id(logged)
    return None not in ids and ids[0] != ids[1]


def _roadmap_id(salvage: Salvage) -> str | None:
    """The id of the roadmap, which never changes; None where it is lost."""
    document, _ = _newest_document(salvage)
    roadmap = document.roadmap() if document else _newest_view(salvage)[0]
    return roadmap.id if roadmap else None


def _classified(rows: Iterable[pages.Row]) -> Salvage:
    """Our sound rows, by table."""
    out = Salvage()
    for number, columns in rows:
        if _matches(columns, _UPDATE) and checksum(number, columns[3]) == columns[4]:
            out.updates.setdefault(number, set()).add(columns[3])  # type: ignore[arg-type]
        elif _matches(columns, _VIEW) and columns[3] in _view_sums(columns[1], columns[2]):
            out.views[columns[1]] = columns[2]  # type: ignore[index, assignment]
        elif _matches(columns, _MOMENT) and columns[3] in _KINDS:
            out.moments[number] = Moment(number, *columns[1:])  # type: ignore[arg-type]
        elif _matches(columns, _TEAM):
            out.rooms[number] = TeamRoom(*columns)._replace(acknowledged=b"")  # type: ignore[arg-type]
        elif _matches(columns, _MEASURING):
            _keep_measuring(out, MeasuringRow(*columns))  # type: ignore[arg-type]
        elif (change := _change(number, columns)) is not None:
            older = out.changes.get(number)
            if older is None or (change.upto, change.at) >= (older.upto, older.at):
                out.changes[number] = change
    return out


def _keep_measuring(out: Salvage, row: MeasuringRow) -> None:
    """Keep a row where it is sound and newer than what is there."""
    older = out.measuring.get(row.key)
    if row.is_sound and (older is None or row.at >= older.at):
        out.measuring[row.key] = row


def _matches(columns: list[object], shape: tuple[Any, ...]) -> bool:
    return len(columns) == len(shape) and all(map(isinstance, columns, shape))


def _change(number: int, columns: list[Any]) -> Change | None:
    """The row as a change of any version; None for other or damaged rows."""
    if _matches(columns, _CHANGE_2) or _matches(columns, _CHANGE_3):
        at = len(_CHANGE_2) - 1
        change = Change(number, *columns[1:at], *columns[at + 1 :])
        if change_checksum(change.edit, change.inverse, change.upto) != columns[at]:
            return None
    elif _matches(columns, _CHANGE):
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
    """True if every change and every marked moment of a file can be read."""
    changes = db.execute(f"SELECT {', '.join(_COLUMNS[min(version, VERSION)])} FROM changes")
    if any(_change(number, [None, *values]) is None for number, *values in changes):
        return False
    moments = db.execute("SELECT * FROM moments") if version >= 2 else ()
    if not all(_matches([None, *values], _MOMENT) and values[2] in _KINDS for _, *values in moments):
        return False
    rooms = db.execute("SELECT * FROM team") if version >= 3 else ()
    measuring = db.execute("SELECT * FROM measuring") if version >= FIRST_MEASURING else ()
    are_right = (
        _matches(list(values), _MEASURING) and MeasuringRow(*values).is_sound for values in measuring
    )
    return all(_matches(list(values), _TEAM) for values in rooms) and all(are_right)


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The roadmap that was rebuilt from a salvage."""

    roadmap: Roadmap
    document: Document | None
    """The document that it came from, which may lack the last changes; None where there is none."""
    whole: bool
    """True if it has everything that is known of."""


def rebuild(salvage: Salvage) -> Rebuilt | None:
    """The newest certain state, with the later changes applied again; None where nothing is left."""
    document, reached = _newest_document(salvage)
    roadmap = document.roadmap() if document else None
    view, seen = _newest_view(salvage)
    if view is not None and seen > reached:
        roadmap, reached = view, seen
    if roadmap is None:
        replayed = replay(change for _, change in sorted(salvage.changes.items()))
        return Rebuilt(replayed, None, whole=False) if replayed else None
    roadmap, whole = _catch_up(roadmap, reached, salvage)
    return Rebuilt(roadmap, document, whole)


def _newest_document(salvage: Salvage) -> tuple[Document | None, int]:
    """The document of the last unbroken series of updates that begins with a whole one, and its number."""
    for start in sorted(salvage.updates, reverse=True):
        if not any(IN_WHOLE in update for update in salvage.updates[start]):
            continue
        low = start
        if (document := _document(salvage, start, start)) is None:  # not one with the whole document
            continue
        high = next(number for number in count(start + 1) if number not in salvage.updates)
        # mostly all of them are valid: that is tried before bisecting
        middle = high - 1
        while low < middle:
            if (further := _document(salvage, start, middle)) is None:
                high = middle
            else:
                document, low = further, middle
            middle = (low + high) // 2
        return document, low
    return None, 0


def _document(salvage: Salvage, first: int, last: int) -> Document | None:
    """The document of these updates; None where they do not make a roadmap."""
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - 0.1 s, and only a rescue needs it here

    document = Document()
    try:
        for number in range(first, last + 1):
            _merge(document, salvage.updates[number])
    except ValueError:
        return None
    return document if document.is_roadmap else None


def _merge(document: Document, updates: set[bytes]) -> None:
    for update in updates:
        document.merge(update)


def _view_sums(seq: object, data: object) -> tuple[int, ...]:
    """The checksums of a plain copy in files of all versions."""
    assert isinstance(seq, int)
    return tuple({view_checksum(seq, data, version) for version in range(1, VERSION + 1)})


def _newest_view(salvage: Salvage) -> tuple[Roadmap | None, int]:
    if not salvage.views:
        return None, 0
    number = max(salvage.views)
    try:
        return load_view(salvage.views[number]).roadmap, number
    except ValueError:
        return None, 0


def _catch_up(roadmap: Roadmap, reached: int, salvage: Salvage) -> tuple[Roadmap, bool]:
    """The roadmap with the changes after update `reached`; True if none of them is missing."""
    changes = [salvage.changes[number] for number in sorted(salvage.changes)]
    later = [change for change in changes if change.upto > reached]
    before = max((change.upto for change in changes if change.upto <= reached), default=1)
    for n, change in enumerate(later):
        edit = load_edit(change.edit)
        is_partial = n == 0 and before < reached
        roadmap = (_remaining_edit(edit, roadmap) if is_partial else edit).on(roadmap)
    last = max([reached, *(change.upto for change in later)])
    return roadmap, reached > 0 and last >= salvage.last and _is_complete(later, salvage)


def _is_complete(later: list[Change], salvage: Salvage) -> bool:
    """True if no change is missing between these or right before them."""
    if not later:
        return True
    first, last = later[0].seq, later[-1].seq
    return last - first + 1 == len(later) and (first == 1 or first - 1 in salvage.changes)


def _remaining_edit(edit: Edit, roadmap: Roadmap) -> Edit:
    """The remaining edit of a burst of typing of which the roadmap may have a beginning."""
    place = find(roadmap, edit.touches()[0])
    if not isinstance(edit, SpliceText) or place is None or not isinstance(place.node, Field):
        return edit
    current = place.node.value[edit.at :]
    first_difference = next(
        (n for n, (a, b) in enumerate(zip(current, edit.inserted, strict=False)) if a != b), None
    )
    typed = min(len(current), len(edit.inserted)) if first_difference is None else first_difference
    return replace(edit, removed=typed) if typed else edit
