"""The trash of whole roadmaps: removed ones stay until the trash is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.folder.locking import lock_folders
from lfroadmap.store.folder.naming import SUFFIX, TRASH, valid_name
from lfroadmap.store.library.library import Library, no_roadmap
from lfroadmap.store.library.outline_cache import OutlineCache
from lfroadmap.store.library.renaming import existing, move_file
from lfroadmap.store.lifecycle import moving

_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A roadmap in the trash."""

    name: str
    """Its name when it was removed."""
    at: datetime
    """Time of the removal, local and aware."""
    path: Path


def move_to_trash(library: Library, name: str) -> TrashEntry:
    """Move a roadmap to the trash.

    Raises RoadmapError where there is none of the name, where a window has it open, or where the folder does
    not allow it.
    """
    path = existing(library, name)
    now = datetime.now().astimezone()
    own_name = valid_name(path.stem)
    there = _home(library) / f"{own_name}.{now.strftime(_TIME)}{SUFFIX}"
    try:
        move_file(library, path, there)
    except FileNotFoundError:  # another program was quicker
        raise no_roadmap(library, name) from None
    OutlineCache(library.folder).forget(own_name)
    return TrashEntry(own_name, now, there)


def entries(library: Library) -> tuple[TrashEntry, ...]:
    """The roadmaps in the trash, the latest first; raises RoadmapError where they cannot be listed."""
    try:
        return tuple(sorted(_entries(_home(library)), key=lambda entry: entry.at, reverse=True))
    except OSError as error:
        raise RoadmapError("folder_unreadable", path=_home(library), reason=error.strerror) from error


def _entries(home: Path) -> Iterator[TrashEntry]:
    for path in home.iterdir() if home.exists() else ():
        name, _, time = path.stem.rpartition(".")
        if path.suffix == SUFFIX and name:
            try:
                yield TrashEntry(nfc(name), datetime.strptime(time, _TIME).astimezone(), path)
            except ValueError:  # not one of ours
                continue


def restore(library: Library, entry: TrashEntry) -> str:
    """Move a roadmap back to the library; returns its name, with a number where the name is taken."""
    while True:
        name = library.free_name(entry.name)
        try:
            move_file(library, entry.path, library.path(name))
        except FileExistsError:  # another program was quicker
            continue
        except FileNotFoundError:
            raise RoadmapError("not_in_bin", name=entry.name) from None
        return name


def empty_trash(library: Library, shown: Iterable[TrashEntry]) -> None:
    """Delete the shown entries for good, and no later ones."""
    try:
        with lock_folders(_home(library), exclusive=True):
            moving.delete([entry.path for entry in shown])
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=_home(library), reason=error.strerror) from error


def _home(library: Library) -> Path:
    return library.folder / TRASH
