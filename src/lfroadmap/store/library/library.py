"""The folder of roadmaps: their names, their files, and the last open roadmap and tab."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.files import make_private_folder
from lfroadmap.paths import absolute, own_folder
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.state import ExportState, State
from lfroadmap.store.folder.companions import nfc, resolve_link
from lfroadmap.store.folder.leftovers import has_leftovers
from lfroadmap.store.folder.naming import (
    HOME,
    ID_START,
    SUFFIX,
    ascii_ids,
    folders_of,
    is_valid_name,
    numbered_names,
    valid_name,
)
from lfroadmap.store.folder.notices import Notify, ignore, notice
from lfroadmap.store.folder.stamps import stamp_of


def data_folder() -> Path:
    """The folder of roadmaps by default: `LFROADMAP_DATA_DIR`, or the user's; raises RoadmapError."""
    return own_folder("data", "LFROADMAP_DATA_DIR")


def make_folder(folder: Path) -> None:
    """Create a folder for roadmaps if it is missing; raises RoadmapError."""
    try:
        make_private_folder(folder)
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=folder, reason=error.strerror) from error


class Library:
    """The roadmaps under one data folder, a file each: `roadmaps/<name>.roadmap`.

    Raises RoadmapError for a folder that is relative to a deleted current folder.
    """

    def __init__(self, folder: Path, notify: Notify = ignore) -> None:
        self.folder = absolute(folder)
        self.notify = notify
        """Receives notices about files that were set aside or finished."""
        self._home = self.folder / HOME
        self.state = State(self.folder / "state.json")

    def names(self) -> tuple[str, ...]:
        """The names of the roadmaps, sorted; raises RoadmapError where they cannot be listed."""
        try:
            found_names = {nfc(entry.stem) for entry in _files(self._home) if entry.is_file()}
        except OSError as error:
            raise _unreadable(self.folder, error) from error
        return tuple(sorted(filter(is_valid_name, found_names)))

    def recover(self) -> None:
        """Finish what a killed command began, and set aside files that belong to no roadmap."""
        homes = folders_of(self._home)
        if any(has_leftovers(home) for home in homes):
            from lfroadmap.store.recovery.interrupted import recover  # noqa: PLC0415 - rarely needed

            recover(homes, self.notify)

    def path(self, name: str) -> Path:
        """The file of a roadmap, existing or not; raises RoadmapError for an invalid name.

        A file from another system may have its name in decomposed form: it is found as well.
        """
        name = valid_name(name)
        path = self._home / (name + SUFFIX)
        if name.isascii() or os.path.lexists(path):
            return path
        try:
            return next((entry for entry in _files(self._home) if nfc(entry.stem) == name), path)
        except OSError:  # a folder that may not be listed: the name alone has to do
            return path

    def exists(self, name: str) -> bool:
        """True if a file with this name exists; raises RoadmapError where that cannot be determined."""
        path = self.path(name)
        try:
            path.lstat()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise _unreadable(path, error) from error
        return True

    def changed(self, name: str) -> datetime:
        """Time of the last change of a roadmap, also one that only the log beside its file has yet; local.

        Raises BrokenStore where the file is gone.
        """
        path = resolve_link(self.path(name))
        try:
            return datetime.fromtimestamp(stamp_of(path).changed).astimezone()
        except OSError as error:
            raise BrokenStore("store_missing", path=path) from error

    def ids(self) -> dict[str, str]:
        """Name -> id of each roadmap, sorted by name; an id is ASCII, and a plain name is its own."""
        return ascii_ids(self.names())

    def find(self, text: str) -> str | None:
        """The name of the roadmap that a text names or is the id of; None for any other text."""
        ids = self.ids()
        if nfc(text) in ids or not text.startswith(ID_START):
            return nfc(text) if nfc(text) in ids else None
        return next((name for name, id_ in ids.items() if id_ == text), None)

    def named(self, text: str) -> str | None:
        """As `find`, also for a file that cannot be listed; raises RoadmapError for an invalid name."""
        return text if self.exists(text) else self.find(text)

    def create(self, name: str, roadmap: Roadmap, author: str) -> Path:
        """Add a new roadmap to the library and return its file; never touches an existing one."""
        from lfroadmap.store.lifecycle.creating import create  # noqa: PLC0415 - a look at the library makes no file

        path = self.path(valid_name(name, is_new=True))
        make_folder(self._home)
        try:
            create(path, roadmap, self.notify)
        except FileExistsError as error:
            raise RoadmapError("roadmap_exists", name=name, path=path) from error
        except OSError as error:
            raise RoadmapError("folder_unwritable", path=path.parent, reason=error.strerror) from error
        return path

    def free_name(self, base: str) -> str:
        """`base`, or it with the first free number appended."""
        return next(name for name in numbered_names(base) if not self.exists(name))

    def last(self) -> str | None:
        """The last open roadmap, or if that is unknown the last changed one; None if there are none."""
        names = self.names()
        remembered = self.state.last
        if remembered in names:
            return remembered
        return max(names, key=lambda name: self.path(name).stat().st_mtime_ns, default=None)

    def tab(self, name: str) -> str:
        """The tab that the roadmap was left on; empty where it is not known."""
        return self.state.tab(name)

    def remember(self, name: str, tab: str) -> bool:
        """Note which roadmap is open, on which tab; False where the disk did not take the note.

        A failure is no error: a roadmap in a read-only folder can still be opened.
        """
        return self.state.remember_tab(name, tab, self._report_foreign)

    def remember_export(self, export: ExportState) -> bool:
        """Note the choices of an export; as `remember`."""
        return self.state.remember_export(export, self._report_foreign)

    def dismiss(self, roadmap_id: str) -> bool:
        """Note that the first steps of a roadmap are not to be shown again; as `remember`."""
        return self.state.dismiss(roadmap_id, self._report_foreign)

    def end_tour(self) -> bool:
        """Note that the tour was taken; as `remember`."""
        return self.state.end_tour(self._report_foreign)

    def remember_columns(self, layout: str, columns: tuple[tuple[str, str], ...]) -> bool:
        """Note what the columns of a layout of tables stand for; as `remember`."""
        return self.state.remember_columns(layout, columns, self._report_foreign)

    def remember_filter(self, name: str, parts: dict[str, Any] | None) -> bool:
        """Note a filter of tasks under a name, or forget it where there are no parts; as `remember`."""
        return self.state.remember_filter(name, parts, self._report_foreign)

    def _report_foreign(self, aside: Path) -> None:
        self.notify(notice("state_aside", path=self.folder / "state.json", aside=aside))


def no_roadmap(library: Library, name: str) -> RoadmapError:
    """The error for a name that no roadmap has; a plain name comes with the command that makes one."""
    known = list(library.names())
    plain = ascii_ids([name])[name] == name
    key = "no_roadmap" if plain else "no_roadmap_so_named"
    return RoadmapError(key, name=name, path=library.folder, known=known)


def _files(home: Path) -> Iterator[Path]:
    entries = home.iterdir() if home.exists() else iter(())
    return (entry for entry in entries if entry.suffix == SUFFIX)


def _unreadable(path: Path, error: OSError) -> RoadmapError:
    return RoadmapError("folder_unreadable", path=path, reason=error.strerror)
