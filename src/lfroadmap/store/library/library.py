"""The folder of roadmaps: their names, their files, and the last open roadmap and tab."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lfroadmap.errors import RoadmapError
from lfroadmap.files import make_private_folder, replace_file
from lfroadmap.paths import absolute, is_endless, own_folder
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.folder.leftovers import has_leftovers
from lfroadmap.store.folder.naming import HOME, SUFFIX, folders_of, is_valid_name, numbered_names, valid_name
from lfroadmap.store.folder.notices import Notify, ignore


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
        self._state = self.folder / "state.json"

    def names(self) -> tuple[str, ...]:
        """The names of the roadmaps, sorted; raises RoadmapError where they cannot be listed."""
        try:
            found_names = {nfc(entry.stem) for entry in self._files() if entry.is_file()}
        except OSError as error:
            raise _unreadable(self.folder, error) from error
        return tuple(sorted(filter(is_valid_name, found_names)))

    def _files(self) -> Iterator[Path]:
        entries = self._home.iterdir() if self._home.exists() else iter(())
        return (entry for entry in entries if entry.suffix == SUFFIX)

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
            return next((entry for entry in self._files() if nfc(entry.stem) == name), path)
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

    def create(self, name: str, roadmap: Roadmap, author: str) -> Path:
        """Add a new roadmap to the library and return its file; never touches an existing one."""
        from lfroadmap.store.lifecycle.creating import create  # noqa: PLC0415 - a look at the library makes no file

        path = self.path(name)
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
        remembered = self._read_state().get("last")
        if remembered in names:
            return str(remembered)
        return max(names, key=lambda name: self.path(name).stat().st_mtime_ns, default=None)

    def tab(self, name: str) -> str:
        """The tab on which the roadmap was left; empty where it is not known."""
        tabs = self._read_state().get("tabs")
        tab = tabs.get(name) if isinstance(tabs, dict) else None
        return tab if isinstance(tab, str) else ""

    def remember(self, name: str, tab: str) -> bool:
        """Save which roadmap is open, on which tab; False where the disk does not take it.

        It is a convenience: opening a roadmap in a read-only folder goes on without it.
        """
        old_state = self._read_state()
        tabs = old_state.get("tabs")
        state = old_state | {"last": name, "tabs": (tabs if isinstance(tabs, dict) else {}) | {name: tab}}
        if state == old_state:
            return True
        try:
            replace_file(self._state, json.dumps(state, ensure_ascii=False, indent=1) + "\n")
        except OSError:
            return False
        return True

    def _read_state(self) -> dict[str, Any]:
        """The saved state; empty where the file is missing or broken."""
        if is_endless(self._state):
            return {}
        try:
            state = json.loads(self._state.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return state if isinstance(state, dict) else {}


def _unreadable(path: Path, error: OSError) -> RoadmapError:
    return RoadmapError("folder_unreadable", path=path, reason=error.strerror)
