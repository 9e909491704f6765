"""The outlines of a library's roadmaps, each file read only where it changed since it was read last."""

from __future__ import annotations

from _thread import allocate_lock  # threading's lock, without loading threading for each command
from contextlib import suppress
from pathlib import Path
from time import time_ns

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.outline import named_tasks, outline_of
from lfroadmap.store.folder.notices import Notice, Notify
from lfroadmap.store.folder.stamps import Stamp, stamp_of
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.outline_cache import Outline, OutlineCache
from lfroadmap.store.sqlite import roadmap_file

MOST_NAMED = 1000
"""Tasks with an owner or a day up to which an outline is kept: more would be a large cache."""
WORTH = 5
"""Roadmaps that were read from which on the cache is written for them."""


class Outlines:
    """Reads outlines; several threads may use it, and none reads what another is reading."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._cache = OutlineCache(library.folder)
        self._known: dict[str, Outline] = {}
        self._lasting: set[str] = set()
        """Names of known outlines that the next program may use."""
        self._unsaved: set[str] = set()
        """Names of those that the cache does not have."""
        self._lock = allocate_lock()

    def read(self, name: str) -> Outline:
        """The outline of a roadmap as its file is now; raises BrokenStore.

        The library's `notify` receives a notice where some of the file is not shown.
        """
        notices: list[Notice] = []
        with self._lock:
            found = self._read(name, notices.append)
        for notice in notices:
            self.library.notify(notice)
        return found

    def known(self, name: str) -> Outline | None:
        """The outline of a roadmap if its file need not be opened; None also while a thread reads another."""
        if not self._lock.acquire(blocking=False):
            return None
        try:
            return self._find(name, self._checked(name)[1])
        except BrokenStore:  # reading it says why
            return None
        finally:
            self._lock.release()

    def _checked(self, name: str) -> tuple[Path, Stamp]:
        path = self.library.path(name)
        roadmap_file.check(path)
        return path, _stamp(path)

    def _read(self, name: str, notify: Notify) -> Outline:
        path, stamp = self._checked(name)
        return self._find(name, stamp) or self._read_file(name, path, stamp, notify)

    def _find(self, name: str, stamp: Stamp) -> Outline | None:
        """The outline that has a stamp, known or in the cache."""
        if (known := self._known.get(name)) and known.stamp == stamp:
            return known
        if (cached := self._cache.get(name)) and cached.stamp == stamp:
            self._known[name] = cached
            self._lasting.add(name)
            return cached
        return None

    def _read_file(self, name: str, path: Path, stamp: Stamp, notify: Notify) -> Outline:
        self._forget(name)
        began, notices = time_ns(), list[Notice]()
        roadmap = _read_at_rest(path, stamp, began, notices) or _read_beside_writers(path, notices)
        found = Outline(stamp, outline_of(roadmap))
        for notice in notices:
            notify(notice)
        if named_tasks(found.roadmap) <= MOST_NAMED:
            self._known[name] = found
            # what has a notice is read by every program, so that each one gives it
            if not notices and stamp.is_settled(began) and _is_now(path, stamp):
                self._lasting.add(name)
                self._unsaved.add(name)
        return found

    def _forget(self, name: str) -> None:
        self._known.pop(name, None)
        self._lasting.discard(name)
        self._unsaved.discard(name)

    def note_author(self, name: str, stamp: Stamp, author: str) -> None:
        """Add who changed a roadmap last, where its file still has the stamp with which it was read."""
        with self._lock:
            known = self._known.get(name)
            if known is None or known.stamp != stamp or not _is_now(self.library.path(name), stamp):
                return
            self._known[name] = known._replace(author=author)
            if name in self._lasting:
                self._unsaved.add(name)

    def save(self) -> None:
        """Keep the outlines for the next program, where it is worth a write.

        An outline whose roadmap is gone is removed in any case.
        """
        with self._lock, suppress(RoadmapError):  # a folder that cannot be listed any more
            names = frozenset(self.library.names())
            unsaved = self._unsaved & names
            if len(unsaved) >= WORTH or not self._cache.names <= names:
                self._cache.save({name: self._known[name] for name in unsaved}, names)
                self._unsaved.clear()


def _stamp(path: Path) -> Stamp:
    try:
        return stamp_of(path)
    except OSError as error:  # gone just now
        raise BrokenStore("store_missing", path=path) from error


def _read_at_rest(path: Path, stamp: Stamp, began: int, notices: list[Notice]) -> Roadmap | None:
    """The roadmap in a file that nobody writes to, without locks and logs; None where that is not certain.

    What was written since `began` would give the file another stamp.
    """
    from lfroadmap.store.sqlite.file_format import read_at_rest  # noqa: PLC0415 - all are known: no database

    if any(stamp.logs) or not stamp.is_settled(began):
        return None
    found: list[Notice] = []
    try:
        roadmap = read_at_rest(path, found.append)
    except BrokenStore:  # reading it beside writers says why
        return None
    if not _is_now(path, stamp):
        return None
    notices += found
    return roadmap


def _read_beside_writers(path: Path, notices: list[Notice]) -> Roadmap:
    from lfroadmap.store.sqlite.file_format import read  # noqa: PLC0415

    return read(path, notices.append)


def _is_now(path: Path, stamp: Stamp) -> bool:
    try:
        return stamp_of(path) == stamp
    except OSError:
        return False
