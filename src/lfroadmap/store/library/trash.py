"""The bin of whole roadmaps: what was thrown away stays until the bin is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.companions import composed, real
from lfroadmap.store.folder.locking import working
from lfroadmap.store.folder.naming import BIN, SUFFIX, checked_name
from lfroadmap.store.library.library import Library, make_folder
from lfroadmap.store.lifecycle import moving

_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class TrashEntry:
    """A roadmap that was thrown away."""

    name: str
    """What it was called."""
    at: datetime
    """When, in local time, aware."""
    path: Path


def move_to_trash(library: Library, name: str) -> TrashEntry:
    """Move a roadmap into the bin.

    Raises RoadmapError where there is none of the name, where a window has it open, or where the folder does
    not allow it.
    """
    path = library.path(name)
    if not library.exists(name):
        raise _absent(library, name)
    if moving.in_use(real(path)):
        raise RoadmapError("store_in_use", path=path)
    now = datetime.now().astimezone()
    own_name = checked_name(path.stem)
    there = _home(library) / f"{own_name}.{now.strftime(_TIME)}{SUFFIX}"
    try:
        _move(library, path, there)
    except FileNotFoundError:  # another program was quicker
        raise _absent(library, name) from None
    return TrashEntry(own_name, now, there)


def _absent(library: Library, name: str) -> RoadmapError:
    return RoadmapError("no_roadmap", name=name, path=library.folder, known=", ".join(library.names()) or "—")


def entries(library: Library) -> tuple[TrashEntry, ...]:
    """What is in the bin, the latest first; raises RoadmapError where that cannot be listed."""
    try:
        return tuple(sorted(_found(_home(library)), key=lambda held: held.at, reverse=True))
    except OSError as error:
        raise RoadmapError("folder_unreadable", path=_home(library), reason=error.strerror) from error


def _found(home: Path) -> Iterator[TrashEntry]:
    for path in home.iterdir() if home.exists() else ():
        name, _, time = path.stem.rpartition(".")
        if path.suffix == SUFFIX and name:
            try:
                yield TrashEntry(composed(name), datetime.strptime(time, _TIME).astimezone(), path)
            except ValueError:  # not put here by us
                continue


def restore(library: Library, held: TrashEntry) -> str:
    """Put a roadmap back on the library; returns its name, with a number where another has it by now."""
    while True:
        name = library.free_name(held.name)
        try:
            _move(library, held.path, library.path(name))
        except FileExistsError:  # another program was quicker
            continue
        except FileNotFoundError:
            raise RoadmapError("not_in_bin", name=held.name) from None
        return name


def empty_trash(library: Library, shown: Iterable[TrashEntry]) -> None:
    """Delete for good what was shown of the bin, and nothing that came into it since."""
    try:
        with working(_home(library), exclusive=True):
            moving.delete([one.path for one in shown])
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=_home(library), reason=error.strerror) from error


def _home(library: Library) -> Path:
    return library.folder / BIN


def _move(library: Library, path: Path, to: Path) -> None:
    """Move a roadmap's file in the data folder.

    Raises FileExistsError, FileNotFoundError where it is no longer there, and RoadmapError for all else.
    """
    make_folder(to.parent)
    try:
        with working(path.parent, to.parent, exclusive=True):
            moving.move(path, to, library.notify)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=to.parent, reason=error.strerror) from error
