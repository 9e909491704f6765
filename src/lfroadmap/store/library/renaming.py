"""Renaming the file of a roadmap within the data folder."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.folder.companions import resolve_link
from lfroadmap.store.folder.locking import lock_folders
from lfroadmap.store.folder.naming import valid_name
from lfroadmap.store.library.library import Library, make_folder, no_roadmap
from lfroadmap.store.lifecycle import moving


def rename(library: Library, name: str, to: str) -> str:
    """Give a roadmap another name in the library, with its tab; returns the name as it is stored.

    Raises RoadmapError where there is none of the name, where the new one is not valid or taken, where a
    window has it open, or where the folder does not allow it.
    """
    path, to = existing(library, name), valid_name(to, is_new=True)
    there = library.path(to)
    last, tab = library.state.last, library.tab(name)
    try:
        move_file(library, path, there)
    except FileExistsError:
        raise RoadmapError("roadmap_exists", name=to, path=there) from None
    except FileNotFoundError:  # another program was quicker
        raise no_roadmap(library, name) from None
    library.remember(to, tab)
    if last not in ("", name):
        library.remember(last, library.tab(last))
    return to


def existing(library: Library, name: str) -> Path:
    """The file of a roadmap that no window has open; raises RoadmapError for any other."""
    path = library.path(name)
    if not library.exists(name):
        raise no_roadmap(library, name)
    if moving.in_use(resolve_link(path)):
        raise RoadmapError("store_in_use", path=path)
    return path


def move_file(library: Library, path: Path, to: Path) -> None:
    """Move a roadmap's file in the data folder.

    Raises FileExistsError, FileNotFoundError where the file is missing, and RoadmapError for other errors.
    """
    make_folder(to.parent)
    try:
        with lock_folders(path.parent, to.parent, exclusive=True):
            moving.move(path, to, library.notify)
    except (FileExistsError, FileNotFoundError):
        raise
    except OSError as error:
        raise RoadmapError("folder_unwritable", path=to.parent, reason=error.strerror) from error
