"""What an assistant works with: the library, the person for whom it works, and what it may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lfroadmap.assistant.marking import unhidden
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.machine import now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.settings import Settings
from lfroadmap.store.folder.notices import Notice, Notify
from lfroadmap.store.library.library import Library, no_roadmap
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases.changing import Workplace
from lfroadmap.usecases.points_in_time import PointInTime, PointsInTime
from lfroadmap.words import Words

_LONGEST_NAME = 40
"""Characters of an assistant's name that stand in the history."""


@dataclass(slots=True)
class Desk:
    """One session of an assistant."""

    library: Library
    words: Words
    settings: Settings
    person: str
    """The name of the person for whom it works."""
    notify: Notify
    complain: Callable[[RoadmapError], None]
    only: str | None = None
    """The one roadmap that it sees; None: all of the library."""
    may_write: bool = False
    folders: tuple[Path, ...] = ()
    """The folders into which it may export."""
    assistant: str = ""
    """Its name, as its program says it; empty: not said."""
    marked: set[str] = field(default_factory=set)
    """The roadmaps that have a snapshot of before its first change."""
    remarks: list[str] = field(default_factory=list)
    """What is to be known of a file beside the result of the present call."""

    def __post_init__(self) -> None:
        self.library.notify = self._note

    def _note(self, notice: Notice) -> None:
        self.remark(self.words(f"recovery.{notice.key}", **notice.facts))
        self.notify(notice)

    def report(self, error: RoadmapError) -> None:
        """Report an error that stops nothing."""
        self.remark(self.message(error))
        self.complain(error)

    def message(self, error: RoadmapError) -> str:
        """The message of an error; one that would name a command which is no tool has a text of its own."""
        key = f"assistant.error_{error.key}"
        return self.words(key, **error.facts) if key in self.words else self.words.error(error)

    def remark(self, text: str) -> None:
        """Say something beside the result of the present call, once."""
        if (shown := unhidden(text)) not in self.remarks:
            self.remarks.append(shown)

    @property
    def author(self) -> str:
        """The name under which its changes stand in the history."""
        return unhidden(self.words("assistant.author", assistant=self.assistant_name, person=self.person))

    @property
    def assistant_name(self) -> str:
        """Its name, or the word for one."""
        name = " ".join(unhidden(self.assistant).split())[:_LONGEST_NAME].strip()
        return name or self.words("assistant.somebody")

    @property
    def today(self) -> date:
        """The day as of which things are late."""
        return now().date()

    @property
    def workplace(self) -> Workplace:
        """The library, with who changes it."""
        return Workplace(self.library, self.words, self.author, self._note, self.report)

    def names(self) -> dict[str, str]:
        """Name -> id of the roadmaps that it sees."""
        return {name: id_ for name, id_ in self.library.ids().items() if self.only in (None, name)}

    def chosen(self, named: str | None, *, to_write: bool = False) -> str:
        """The roadmap that a text names, or the one that is meant where none does.

        To read, that is the one that was open last; to write, there may be but one. Raises RoadmapError.
        """
        names = self.names()
        if named is None and (to_write or self.only):
            if len(names) != 1:
                raise UsageError("assistant_which", known=list(names))
            return next(iter(names))
        name = named if named is not None else self.library.last()
        if name is None:
            raise RoadmapError("no_roadmaps", path=self.library.folder)
        found = self.library.find(name)
        if found is None or found not in names:
            if self.only:
                raise UsageError("assistant_only", name=self.only)
            raise no_roadmap(self.library, name)
        return found

    def stored(self, name: str) -> Roadmap:
        """The roadmap as it stands in its file; raises BrokenStore."""
        return read(self.library.path(name), self._note)

    def points(self, name: str) -> PointsInTime:
        """The points in time of a roadmap."""
        current = self.stored
        return PointsInTime(
            self.library, lambda: name, lambda: current(name), self.words, self.today, notify=self._note
        )

    def point(self, name: str, at: str | None) -> PointInTime:
        """The roadmap as it was at a moment, or as it is now; raises UsageError."""
        points = self.points(name)
        return points.find_past(at) if at else points.now()
