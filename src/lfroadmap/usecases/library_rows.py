"""The roadmaps of a library for a screen: those that did not change since are not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from time import monotonic

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.portfolio import Member, Portfolio, Unreadable, portfolio_of
from lfroadmap.store.folder.stamps import Stamp, stamp_of
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.outline_cache import Outline
from lfroadmap.usecases.outlines import Outlines
from lfroadmap.usecases.portfolio import Reading, member_of

KEPT_TASKS = 1000
"""Tasks up to which a roadmap is kept in memory when it was read."""

PATIENCE = 0.05
"""Seconds for which a screen may look at the files, without opening one, before its first picture."""
FEW = 150
"""Roadmaps up to which the portfolio is made before its first picture."""


@dataclass(frozen=True, slots=True)
class LibraryRow:
    """A roadmap of a library."""

    name: str
    id: str
    content: Member | Unreadable | None = None
    """None until it was read."""
    author: str | None = None
    """Who changed it last, empty where that is not known; None until it was looked for."""


@dataclass(frozen=True, slots=True)
class _Known:
    """A roadmap as it was read last, behind a change."""

    stamp: Stamp
    row: LibraryRow
    whole: Member | None
    """With all that is in it; None for a large one, which would fill the memory."""


@dataclass(slots=True)
class LibraryRows:
    """Reads the roadmaps of a library; several threads may use it."""

    library: Library
    _outlines: Outlines = field(init=False)
    _known: dict[str, _Known] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Read the files through one cache."""
        self._outlines = Outlines(self.library)

    def names(self, reading: Reading) -> list[LibraryRow]:
        """The roadmaps sorted by name, as they were read last; raises RoadmapError where none can be listed.

        No file is opened.
        """
        until, rows = monotonic() + PATIENCE, list[LibraryRow]()
        for name, id_ in self.library.ids().items():
            known = self._known.get(name)
            fits = known and isinstance(known.row.content, Member) and reading.fits(known.row.content)
            if not fits and monotonic() < until:
                known = self._recall(name, id_, reading)
                fits = known is not None
            rows.append(known.row if known and fits else LibraryRow(name, id_))
        return rows

    def _recall(self, name: str, id_: str, reading: Reading) -> _Known | None:
        """A roadmap as an earlier program read it, if its file did not change since."""
        found = self._outlines.known(name)
        return self._note(found, member_of(name, id_, found, reading)) if found else None

    def read(self, reading: Reading) -> Iterator[LibraryRow]:
        """The roadmaps sorted by name as they are now, each read when it is asked for; raises RoadmapError.

        A large one is without its stages and KPIs. The library's `notify` receives a notice where some of a
        file is not shown.
        """
        for name, id_ in self.library.ids().items():
            known = self._current(name, reading)
            if known:
                yield known.row
                continue
            content = self._read(name, id_, reading)
            yield self._known[name].row if isinstance(content, Member) else LibraryRow(name, id_, content)

    def state(self) -> tuple[tuple[str, datetime | None], ...]:
        """The names and the times of the last changes: another value says that something changed.

        No file is opened. Raises RoadmapError where none can be listed.
        """
        return tuple((name, self._changed(name)) for name in self.library.names())

    def _changed(self, name: str) -> datetime | None:
        try:
            return self.library.changed(name)
        except BrokenStore:  # gone since it was listed
            return None

    def portfolio(self, reading: Reading) -> Portfolio:
        """All roadmaps together as they are now; raises RoadmapError."""
        contents = (self._whole(name, id_, reading) for name, id_ in self.library.ids().items())
        found = portfolio_of(contents, reading.day)
        self._outlines.save()
        return found

    def known_portfolio(self, reading: Reading) -> Portfolio | None:
        """All roadmaps together, if no file need be opened for it, soon; raises RoadmapError."""
        until, members, ids = monotonic() + PATIENCE, list[Member](), self.library.ids()
        if len(ids) > FEW:
            return None
        for name, id_ in ids.items():
            known = self._current(name, reading) or self._recall(name, id_, reading)
            if known is None or known.whole is None or monotonic() > until:
                return None
            members.append(known.whole)
        return portfolio_of(members, reading.day)

    def _whole(self, name: str, id_: str, reading: Reading) -> Member | Unreadable:
        known = self._current(name, reading)
        return known.whole if known and known.whole else self._read(name, id_, reading)

    def _current(self, name: str, reading: Reading) -> _Known | None:
        """A roadmap as it was read last, if its file did not change since."""
        known = self._known.get(name)
        if known is None or not isinstance(known.row.content, Member) or not reading.fits(known.row.content):
            return None
        return known if self._stamp(name) == known.stamp else None

    def _stamp(self, name: str) -> Stamp | None:
        try:
            return stamp_of(self.library.path(name))
        except OSError:  # gone since it was listed
            return None

    def _read(self, name: str, id_: str, reading: Reading) -> Member | Unreadable:
        try:
            found = self._outlines.read(name)
        except BrokenStore as error:
            return Unreadable(name, id_, error)
        member = member_of(name, id_, found, reading)
        self._note(found, member)
        return member

    def _note(self, found: Outline, member: Member) -> _Known:
        """Keep a roadmap in memory, of a large one only its standing."""
        is_small = member.tally.total <= KEPT_TASKS
        row = LibraryRow(member.name, member.id, member if is_small else member.without_parts(), found.author)
        self._known[member.name] = _Known(found.stamp, row, member if is_small else None)
        return self._known[member.name]

    # who changed them

    def name_authors(self) -> list[LibraryRow]:
        """Find out who changed each roadmap last that was read; the rows that are others by that."""
        out = []
        for name, known in list(self._known.items()):
            if known.row.author is None:
                author = self._author(name)
                self._outlines.note_author(name, known.stamp, author)
                out.append(replace(known.row, author=author))
                self._known[name] = replace(known, row=out[-1])
        self._outlines.save()
        return out

    def _author(self, name: str) -> str:
        """Who made the newest change of a roadmap."""
        from lfroadmap.store.history.queries import read  # noqa: PLC0415 - loaded with the first file

        try:
            newest = read(self.library.path(name), limit=1)
        except BrokenStore:  # the roadmap could be read, its history cannot: nobody is named
            return ""
        return newest[0].author if newest else ""
