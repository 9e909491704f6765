"""The roadmap as it was: from the one that is there, back through the inverses of its changes.

Every change is written with the edit that takes it back, in the transaction that made it, so that no
copies of old roadmaps need to be kept.
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
from lfroadmap.roadmap.text_diff import run_between
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.change_entries import milliseconds, moment
from lfroadmap.store.sqlite import disk, roadmap_file
from lfroadmap.store.sqlite.file_format import look_in
from lfroadmap.store.sqlite.file_schema import change_checksum
from lfroadmap.store.sqlite.loading import roadmap_of


class TimeTravel:
    """A walk through a roadmap's past; what is written after it began is not in it.

    Belongs to one thread at a time. Everything raises BrokenStore where the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        roadmap_file.check(path)
        self._path = path
        with disk.reading(path) as db:
            opened = look_in(db, path)
            times = db.execute("SELECT seq, at FROM changes ORDER BY seq").fetchall()
            self._checked = opened.version >= 2
            latest = self._rows(db, times[-1][0] - 1, times[-1][0]) if times else []
        self._draft = Draft(roadmap_of(opened, path))
        self._times: list[tuple[int, int]] = [(seq, at if isinstance(at, int) else 0) for seq, at in times]
        self._here = self.last = times[-1][0] if times else 0
        """Number of the last change; 0 where there is none."""
        # somebody may be typing at the last change: it is taken as it was when this began
        self._latest = {row[0]: row for row in latest}
        self.unreadable = 0
        """Changes met so far whose rows are damaged, and which were passed over."""

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of all changes, oldest first: the stops of a slider."""
        return tuple(number for number, _ in self._times)

    def time(self, number: int) -> datetime | None:
        """When a change was made; None where there is no such change."""
        return next((moment(at) for seq, at in self._times if seq == number), None)

    def number_at(self, when: datetime) -> int:
        """Number of the last change that was made at `when` or before; 0 where all are later.

        Where a clock was set back, a change that was told a later time may come before it.
        """
        limit = milliseconds(when)
        return next((seq for seq, at in reversed(self._times) if at <= limit), 0)

    def at(self, number: int) -> Roadmap:
        """The roadmap with all changes up to this number; 0: as it was made."""
        low, high = sorted((self._here, min(number, self.last)))
        back = number < self._here
        with disk.reading(self._path) as db:
            rows = self._rows(db, low, high)
        held = {row[0]: row for row in rows} | {n: row for n, row in self._latest.items() if low < n <= high}
        for seq in sorted(held, reverse=back):
            self._do(held[seq], back)
        self._here = low if back else high
        return self._draft.roadmap()

    def whole_at(self, number: int) -> Roadmap:
        """`at`, for who must be sure of it; raises BrokenStore where a change on the way is damaged."""
        roadmap = self.at(number)
        if self.unreadable:
            raise BrokenStore("history_unreadable", n=self.unreadable)
        return roadmap

    def _rows(self, db: disk.Connection, low: int, high: int) -> list[tuple[int, str, str, bool]]:
        """The rows behind `low` up to `high`: number, edit, inverse, and whether their checksum is wrong."""
        checked = "upto, sum" if self._checked else "0, NULL"
        found = db.execute(
            f"SELECT seq, edit, inverse, {checked} FROM changes WHERE seq > ? AND seq <= ?",
            (low, high),
        )
        return [
            (seq, edit, inverse, held is not None and change_checksum(edit, inverse, upto) != held)
            for seq, edit, inverse, upto, held in found
        ]

    def _do(self, row: tuple[int, str, str, bool], back: bool) -> None:
        _, edit, inverse, wrong = row
        try:
            if wrong:
                raise ValueError("damaged")
            self._draft.do(load_edit(inverse if back else edit))
        except ValueError:
            self.unreadable += 1


class RoadmapAt(NamedTuple):
    """The roadmap of a moment."""

    roadmap: Roadmap
    number: int
    """The last change that is in it; 0: as it was made."""


def at(path: Path, when: datetime) -> RoadmapAt:
    """The roadmap as it was at a moment; before its first change, as it was made; raises BrokenStore."""
    past = TimeTravel(path)
    number = past.number_at(when)
    return RoadmapAt(past.whole_at(number), number)


def restoring(path: Path, number: int, roadmap: Roadmap, *, new: bool = False) -> Edit | None:
    """The edit that brings `roadmap` back to the value from before the change, or with `new` from after it.

    None where that value stands there already, or where what it belongs to is removed.
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
    """The run that brings a long text to what it was behind a change."""
    now, then = find(roadmap, field), find(TimeTravel(path).at(number), field)
    if now is None or then is None or not (isinstance(now.node, Field) and isinstance(then.node, Field)):
        return None
    run = run_between(now.node.value, then.node.value)
    return SpliceText(field, run.at, run.removed, run.inserted)
