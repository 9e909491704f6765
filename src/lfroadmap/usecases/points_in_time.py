"""Points in time as people write them: a snapshot, a day, `now`, a file, another roadmap."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.paths import is_file, typed_path
from lfroadmap.roadmap.dates import NotADay, read_moment
from lfroadmap.store.folder.notices import Notify, ignore
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.store.library.library import Library
    from lfroadmap.words import Words

NOW = ("now", "עכשיו")
SNAPSHOT_FILES = (".json", ".html", ".htm", ".mhtml", ".mht", ".webarchive")
"""Endings of the names of snapshots' files."""


@dataclass(frozen=True, slots=True)
class PointInTime:
    """A roadmap as it was at one moment."""

    roadmap: Roadmap
    day: date
    """The day that it is reported as of; never in the future."""
    label: str
    """The point as it is called in a comparison."""
    change: int | None = None
    """Number of the last change that is in it; None: all of them."""


def when(text: str, today: date, *, start: bool = False) -> datetime:
    """The moment that an option names, as `read_moment`; raises UsageError."""
    try:
        return read_moment(text, today, start=start)
    except NotADay as error:
        raise UsageError("no_moment", text=text) from error


def read_snapshot(path: Path) -> Roadmap:
    """The roadmap in a snapshot's file; raises BrokenSnapshot."""
    from lfroadmap.imports.snapshot import read  # noqa: PLC0415 - most points are no files

    return read(path)


@dataclass(frozen=True, slots=True)
class PointsInTime:
    """Finds points in time of one roadmap of a library, and those that it can be compared with."""

    library: Library
    name: Callable[[], str]
    """Returns the roadmap's name; raises RoadmapError where there is none. Not called for files."""
    current: Callable[[], Roadmap]
    """Returns the roadmap as it is now."""
    words: Words
    today: date
    read_file: Callable[[Path], Roadmap] = read_snapshot
    notify: Notify = ignore
    """Receives a notice where some of the roadmap's file is not shown; a window has given it already."""

    def now(self) -> PointInTime:
        """The roadmap as it is now."""
        label = self.words("compared.today", day=self.words.day(self.today))
        return PointInTime(self.current(), self.today, label)

    def find(self, text: str, *, start: bool = False, path: Path | None = None) -> PointInTime:
        """The point that is meant: a file, `now`, a snapshot's name or number, a moment, another roadmap.

        A day alone means its end, with `start` its beginning. `path` is the text as a path where it is not
        one as it is. Raises RoadmapError, with the key `no_point` where nothing of this kind is meant.
        """
        file = typed_path(text) if path is None else path
        if is_file(file):
            return self._in_file(file)
        if (point := self._own(text, start=start)) is not None:
            return point
        if (other := self.library.find(text.strip())) is not None:
            return self._other(other)
        if _is_snapshot_name(file):
            return self._in_file(file)  # says why it cannot be read
        raise RoadmapError("no_point", given=one_line(text))

    def find_own(self, text: str) -> PointInTime:
        """A point of this roadmap alone: `now`, a snapshot's name or number, a moment; raises UsageError."""
        if (point := self._own(text, start=False)) is not None:
            return point
        if is_file(typed_path(text)) or _is_snapshot_name(typed_path(text)):
            raise UsageError("at_file", given=one_line(text))
        if self.library.find(text.strip()) is not None:
            raise UsageError("at_roadmap", given=one_line(text.strip()))
        raise UsageError("no_moment", text=text)

    def find_past(self, text: str, *, start: bool = False) -> PointInTime:
        """As `find_own`, for one who is to learn nothing of files and other roadmaps; raises UsageError."""
        if (point := self._own(text, start=start)) is not None:
            return point
        raise UsageError("no_moment", text=text)

    def _own(self, text: str, *, start: bool) -> PointInTime | None:
        """A point of this roadmap; None where the text names none."""
        if not text.strip():
            return None
        if text.strip().lower() in NOW:
            return self.now()
        if (point := self._marked(text)) is not None:
            return point
        try:
            return self._at(read_moment(text, self.today, start=start))
        except NotADay:
            return None

    def _marked(self, text: str) -> PointInTime | None:
        """The roadmap of a snapshot, by its name or number."""
        from lfroadmap.store.history.queries import marked  # noqa: PLC0415 - `now` needs no history
        from lfroadmap.store.history.time_travel import TimeTravel  # noqa: PLC0415

        path = self.library.path(self.name())
        mark = marked(path, text) or marked(path, text.strip())
        if mark is None:
            return None
        day = mark.at.date()
        label = one_line(mark.name) or self.words.day(day)
        roadmap = TimeTravel(path, self.notify).whole_at(mark.change)
        return PointInTime(roadmap, min(day, self.today), label, mark.change)

    def _at(self, moment: datetime) -> PointInTime:
        from lfroadmap.store.history.time_travel import at  # noqa: PLC0415

        roadmap, number = at(self.library.path(self.name()), moment, self.notify)
        label = self.words.day(moment.date())
        if not number:
            label = self.words("compared.before", day=label)
        return PointInTime(roadmap, min(moment.date(), self.today), label, number)

    def _other(self, name: str) -> PointInTime:
        from lfroadmap.store.sqlite.file_format import read  # noqa: PLC0415

        return PointInTime(read(self.library.path(name), self.library.notify), self.today, name)

    def _in_file(self, path: Path) -> PointInTime:
        return PointInTime(self.read_file(path), self.today, one_line(path.name))


def _is_snapshot_name(path: Path) -> bool:
    return path.suffix.lower() in SNAPSHOT_FILES
