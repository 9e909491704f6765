"""The bin of whole roadmaps: what was thrown away stays until the bin is emptied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store import moving
from lfroadmap.store.beside import composed, real
from lfroadmap.store.locking import working
from lfroadmap.store.naming import BIN, SUFFIX, checked_name
from lfroadmap.store.shelf import Shelf, make_folder

_TIME = "%Y%m%d-%H%M%S-%f"


@dataclass(frozen=True, slots=True)
class Binned:
    """A roadmap that was thrown away."""

    name: str
    """What it was called."""
    at: datetime
    """When, in local time, aware."""
    path: Path


def throw_away(shelf: Shelf, name: str) -> Binned:
    """Move a roadmap into the bin.

    Raises RoadmapError where there is none of the name, where a window has it open, or where the folder does
    not allow it.
    """
    path = shelf.path(name)
    if not shelf.exists(name):
        raise _absent(shelf, name)
    if moving.in_use(real(path)):
        raise RoadmapError("store_in_use", path=path)
    now = datetime.now().astimezone()
    own_name = checked_name(path.stem)
    there = _home(shelf) / f"{own_name}.{now.strftime(_TIME)}{SUFFIX}"
    try:
        _move(shelf, path, there)
    except FileNotFoundError:  # another program was quicker
        raise _absent(shelf, name) from None
    return Binned(own_name, now, there)


def _absent(shelf: Shelf, name: str) -> RoadmapError:
    return RoadmapError("no_roadmap", name=name, path=shelf.folder, known=", ".join(shelf.names()) or "—")


def binned(shelf: Shelf) -> tuple[Binned, ...]:
    """What is in the bin, the latest first; raises RoadmapError where that cannot be listed."""
    try:
        return tuple(sorted(_found(_home(shelf)), key=lambda held: held.at, reverse=True))
    except OSError as error:
        raise RoadmapError("folder_unreadable", path=_home(shelf), reason=error.strerror) from error


def _found(home: Path) -> Iterator[Binned]:
    for path in home.iterdir() if home.exists() else ():
        name, _, time = path.stem.rpartition(".")
        if path.suffix == SUFFIX and name:
            try:
                yield Binned(composed(name), datetime.strptime(time, _TIME).astimezone(), path)
            except ValueError:  # not put here by us
                continue


def take_back(shelf: Shelf, held: Binned) -> str:
    """Put a roadmap back on the shelf; returns its name, with a number where another has it by now."""
    while True:
        name = shelf.free_name(held.name)
        try:
            _move(shelf, held.path, shelf.path(name))
        except FileExistsError:  # another program was quicker
            continue
        except FileNotFoundError:
            raise RoadmapError("not_in_bin", name=held.name) from None
        return name


def empty(shelf: Shelf, shown: Iterable[Binned]) -> None:
    """Delete for good what was shown of the bin, and nothing that came into it since."""
    try:
        with working(_home(shelf), exclusive=True):
            moving.delete([one.path for one in shown])
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=_home(shelf), reason=error.strerror) from error


def _home(shelf: Shelf) -> Path:
    return shelf.folder / BIN


def _move(shelf: Shelf, path: Path, to: Path) -> None:
    """Move a roadmap's file in the data folder.

    Raises FileExistsError, FileNotFoundError where it is no longer there, and RoadmapError for all else.
    """
    make_folder(to.parent)
    try:
        with working(path.parent, to.parent, exclusive=True):
            moving.move(path, to, shelf.notify)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=to.parent, reason=error.strerror) from error
