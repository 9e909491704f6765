"""The roadmaps of a library for a screen: those that did not change since are not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.portfolio import Member, Portfolio, Unreadable, portfolio_of
from lfroadmap.store.library.library import Library
from lfroadmap.usecases.portfolio import Reading, read_row


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A roadmap of a library."""

    name: str
    id: str
    content: Member | Unreadable | None = None
    """None until it was read."""
    author: str | None = None
    """Who changed it last, empty where that is not known; None until it was looked for."""


@dataclass(slots=True)
class LibraryRows:
    """Reads the roadmaps of a library; for one thread at a time."""

    library: Library
    _known: dict[str, tuple[datetime, LibraryRow]] = field(default_factory=dict)
    """Name -> the row that was read last, and the change that it was read behind."""

    def names(self, reading: Reading) -> list[LibraryRow]:
        """The roadmaps sorted by name, as they were read last; raises RoadmapError where none can be listed.

        No file is read.
        """
        return [self._kept(name, id_, reading) for name, id_ in self.library.ids().items()]

    def _kept(self, name: str, id_: str, reading: Reading) -> LibraryRow:
        known = self._known.get(name)
        if known is None or not isinstance(known[1].content, Member) or not reading.fits(known[1].content):
            return LibraryRow(name, id_)
        return known[1]

    def read(self, reading: Reading) -> Iterator[LibraryRow]:
        """The roadmaps sorted by name as they are now, each read when it is asked for; raises RoadmapError.

        The library's `notify` receives a notice where some of a file is not shown.
        """
        for name, id_ in self.library.ids().items():
            yield self._row(name, id_, reading)

    def _row(self, name: str, id_: str, reading: Reading) -> LibraryRow:
        try:
            changed = self.library.changed(name)
        except BrokenStore as error:
            return LibraryRow(name, id_, Unreadable(name, id_, error))
        kept = self._kept(name, id_, reading)
        if kept.content is not None and self._known[name][0] == changed:
            return kept
        content = read_row(self.library, name, id_, reading)
        row = LibraryRow(name, id_, content)
        if isinstance(content, Member):
            _ = content.tally, content.health  # on this thread
            self._known[name] = changed, row
        return row

    def name_authors(self) -> list[LibraryRow]:
        """Find out who changed each roadmap last that was read; the rows that are others by that."""
        out = []
        for name, (changed, row) in list(self._known.items()):
            if row.author is None:
                out.append(replace(row, author=self._author(name)))
                self._known[name] = changed, out[-1]
        return out

    def _author(self, name: str) -> str:
        """Who made the newest change of a roadmap."""
        from lfroadmap.store.history.queries import read  # noqa: PLC0415 - loaded with the first file

        try:
            newest = read(self.library.path(name), limit=1)
        except BrokenStore:  # the roadmap could be read, its history cannot: nobody is named
            return ""
        return newest[0].author if newest else ""

    def portfolio(self, reading: Reading) -> Portfolio:
        """All roadmaps together as they are now; raises RoadmapError."""
        contents = (row.content for row in self.read(reading))
        return portfolio_of((each for each in contents if each is not None), reading.day)
