"""Time travel: from the current roadmap back through the inverses of its changes.

Every change is written with its inverse, in the transaction that made it, so that no copies of old
roadmaps are needed.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edits import Edit, SpliceText
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.text_diff import diff_texts
from lfroadmap.roadmap.tree import find
from lfroadmap.store.folder.notices import Notify, ignore
from lfroadmap.store.history.change_entries import local_time, milliseconds
from lfroadmap.store.sqlite import disk, roadmap_file
from lfroadmap.store.sqlite.file_format import inspect_open
from lfroadmap.store.sqlite.file_schema import change_checksum
from lfroadmap.store.sqlite.loading import roadmap_of


class TimeTravel:
    """A walk through a roadmap's history; changes written after it began are not in it.

    Belongs to one thread at a time. Every method raises BrokenStore where the file cannot be read.
    """

    def __init__(self, path: Path, notify: Notify = ignore) -> None:
        """`notify` receives a notice where some of the file is not shown."""
        roadmap_file.check(path)
        self._path = path
        with disk.reading(path) as db:
            content = inspect_open(db, path)
            times = db.execute("SELECT seq, at FROM changes ORDER BY seq").fetchall()
            self._has_checksums = content.version >= 2
            latest = self._rows(db, times[-1][0] - 1, times[-1][0]) if times else []
        self._draft = Draft(roadmap_of(content, path, notify))
        self._times: list[tuple[int, int]] = [(seq, at if isinstance(at, int) else 0) for seq, at in times]
        self._current = self.last = times[-1][0] if times else 0
        """Number of the last change; 0 where there is none."""
        # the last change may still be extended by typing: it is used as it was at the beginning
        self._latest = {row[0]: row for row in latest}
        self.unreadable = 0
        """Number of damaged rows met and skipped so far."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all changes, oldest first: the stops of a slider."""
        return tuple(number for number, _ in self._times)

    def time(self, number: int) -> datetime | None:
        """The time of a change; None where there is no such change."""
        return next((local_time(at) for seq, at in self._times if seq == number), None)

    def number_at(self, when: datetime) -> int:
        """Number of the last change at `when` or before; 0 where all are later.

        Where a clock was set back, a change with a later time may come before it.
        """
        limit = milliseconds(when)
        return next((seq for seq, at in reversed(self._times) if at <= limit), 0)

    def at(self, number: int) -> Roadmap:
        """The roadmap with all changes up to this number; 0: as it was created."""
        low, high = sorted((self._current, min(number, self.last)))
        backwards = number < self._current
        with disk.reading(self._path) as db:
            rows = self._rows(db, low, high)
        rows_by_number = {row[0]: row for row in rows} | {
            n: row for n, row in self._latest.items() if low < n <= high
        }
        for seq in sorted(rows_by_number, reverse=backwards):
            self._apply(rows_by_number[seq], backwards)
        self._current = low if backwards else high
        return self._draft.roadmap()

    def whole_at(self, number: int) -> Roadmap:
        """As `at`, but raises BrokenStore where a change on the way is damaged."""
        roadmap = self.at(number)
        if self.unreadable:
            raise BrokenStore("history_unreadable", n=self.unreadable)
        return roadmap

    def _rows(self, db: disk.Connection, low: int, high: int) -> list[tuple[int, str, str, bool]]:
        """The rows after `low` up to `high`: number, edit, inverse, and True for a wrong checksum."""
        checksum_columns = "upto, sum" if self._has_checksums else "0, NULL"
        rows = db.execute(
            f"SELECT seq, edit, inverse, {checksum_columns} FROM changes WHERE seq > ? AND seq <= ?",
            (low, high),
        )
        return [
            (seq, edit, inverse, checksum is not None and change_checksum(edit, inverse, upto) != checksum)
            for seq, edit, inverse, upto, checksum in rows
        ]

    def _apply(self, row: tuple[int, str, str, bool], backwards: bool) -> None:
        _, edit, inverse, is_damaged = row
        try:
            if is_damaged:
                raise ValueError("damaged")
            self._draft.apply(load_edit(inverse if backwards else edit))
        except ValueError:
            self.unreadable += 1


class RoadmapAt(NamedTuple):
    """The roadmap at a moment."""

    roadmap: Roadmap
    number: int
    """Number of the last change in it; 0: as it was created."""


def at(path: Path, when: datetime, notify: Notify = ignore) -> RoadmapAt:
    """The roadmap at a moment; before its first change, as it was created; raises BrokenStore."""
    time_travel = TimeTravel(path, notify)
    number = time_travel.number_at(when)
    return RoadmapAt(time_travel.whole_at(number), number)


def restoring(path: Path, number: int, roadmap: Roadmap, *, new: bool = False) -> Edit | None:
    """The edit that restores the value from before a change, or with `new` from after it.

    None where the roadmap has that value already, or where its node is removed.
    """
    with disk.reading(path) as db:
        row = db.execute("SELECT edit, inverse FROM changes WHERE seq = ?", (number,)).fetchone()
    try:
        edit = load_edit(row[0 if new else 1]) if row else None
    except ValueError:
        return None
    if isinstance(edit, SpliceText):
        edit = _whole_text(path, number if new else number - 1, edit.field, roadmap)
    return None if edit is None or edit.on(roadmap) is roadmap else edit


def _whole_text(path: Path, number: int, field: str, roadmap: Roadmap) -> Edit | None:
    """The splice that restores a long text as it was after a change."""
    now, then = find(roadmap, field), find(TimeTravel(path).at(number), field)
    if now is None or then is None or not (isinstance(now.node, Field) and isinstance(then.node, Field)):
        return None
    change = diff_texts(now.node.value, then.node.value)
    return SpliceText(field, change.at, change.removed, change.inserted)
