"""Opening a roadmap's file for editing, and what can be done where it is damaged."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.settings import config_folder
from lfroadmap.store.identity import Identity, new_identity, read_identity
from lfroadmap.store.store import Store
from lfroadmap.usecases.author import author
from lfroadmap.usecases.creating import new_roadmap

if TYPE_CHECKING:
    from lfroadmap.store.recovery.rescue import Findings

_REPLACEABLE = ("store_damaged", "store_foreign", "store_foreign_log", "store_empty")
"""Errors of a file that no other program, version or permission will open either."""


class OpeningPrompt(Protocol):
    """The person who opens a roadmap: what is reported to them, and what they are asked.

    Every method may be called on a worker thread, and may wait for the person there.
    """

    def reading(self) -> AbstractContextManager[None]:
        """Entered while the file is read, which may take long."""
        ...

    def report_damage(self, error: BrokenStore) -> None:
        """Report that the file cannot be opened; a question follows."""
        ...

    def may_rescue(self, found: Findings) -> bool:
        """Ask whether to save what was found in the damaged file, and to open that."""
        ...

    def report_rescue(self, done: Findings) -> None:
        """Report what was saved, and where the damaged file is now."""
        ...

    def may_start_over(self) -> bool:
        """Ask whether to set the file aside, in which nothing was found, and to begin with a new roadmap."""
        ...

    def report_set_aside(self, path: Path) -> None:
        """Report where the damaged file is now."""
        ...


def open_store(path: Path, prompt: OpeningPrompt) -> Store | None:
    """Open a roadmap's file; where it is damaged, the person chooses what becomes of it.

    A file that cannot be written is opened for reading. None where the damaged file shall stay where it is.
    Raises BrokenStore for a file that can be opened later or by another version, and where the damaged one
    changed while the person was asked.
    """
    try:
        with prompt.reading():
            return store_of(path, to_read=True)
    except BrokenStore as error:
        if error.key not in _REPLACEABLE:
            raise
        prompt.report_damage(error)
        if not _mend(path, prompt):
            return None
    return store_of(path)


def store_of(path: Path, *, to_read: bool = False, named: str = "") -> Store:
    """The store of a roadmap's file for this person on this device; raises BrokenStore, as Store does.

    `named` is the author that stands in the history; empty: the person.
    """
    return Store(path, named or author(), own_identity(), to_read=to_read)


def own_identity() -> Identity:
    """The ids of this person and this device; those of this run where no folder is known to keep them."""
    try:
        folder = config_folder()
    except RoadmapError:
        return new_identity()
    return read_identity(folder)


def _mend(path: Path, prompt: OpeningPrompt) -> bool:
    """Rescue or replace a damaged file as the person says; False for neither."""
    from lfroadmap.store.recovery.rescue import examine, rescue  # noqa: PLC0415 - for damaged files only

    shown = _identity(path)
    try:
        found = examine(path)
    except BrokenStore:  # nothing to save
        agreed = prompt.may_start_over()
        if agreed:
            _check_unchanged(path, shown)
            from lfroadmap.store.lifecycle.creating import replace_damaged  # noqa: PLC0415 - hardly ever

            replace_damaged(path, new_roadmap(path.stem), prompt.report_set_aside)
        return agreed
    agreed = prompt.may_rescue(found)
    if agreed:
        _check_unchanged(path, shown)
        rescue(path, prompt.report_rescue)
    return agreed


def _check_unchanged(path: Path, shown: tuple[int, ...]) -> None:
    """Raise BrokenStore where the file is not the one that the person was asked about."""
    if _identity(path) != shown:
        raise BrokenStore("store_changed", path=path)


def _identity(path: Path) -> tuple[int, ...]:
    """Device, inode, size and time of a file: differs for another file, and after a write."""
    try:
        stat = path.stat()
    except OSError:
        return ()
    return stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns
