"""Copying and renaming the roadmaps of a library."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.machine import new_id
from lfroadmap.roadmap.edits import Rename
from lfroadmap.settings import config_folder
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.folder.naming import valid_name
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.renaming import rename
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.usecases.author import author
from lfroadmap.usecases.hooks_folder import has_hooks
from lfroadmap.usecases.opening import store_of
from lfroadmap.words import Words

Report = Callable[[RoadmapError], None]


def check_free(library: Library, name: str) -> None:
    """Raise RoadmapError where a new roadmap cannot have a name."""
    name = valid_name(name, is_new=True)
    if library.exists(name):
        raise RoadmapError("roadmap_exists", name=name, path=library.path(name))


def copy_roadmap(library: Library, name: str, to: str) -> Path:
    """Make a new roadmap of what stands in another, without its history; its title is its name.

    Raises RoadmapError, as `Library.create` does, and BrokenStore where the other cannot be read.
    """
    roadmap = read(library.path(name), library.notify)
    return library.create(to, replace(roadmap, id=new_id(), title=nfc(to)), author())


def rename_roadmap(library: Library, name: str, to: str, words: Words, report: Report) -> str:
    """Give a roadmap another name, and the same title where its title was its name; returns the name.

    Raises RoadmapError as `rename` does. A title that cannot be changed stays; what goes wrong in a hook is
    reported.
    """
    new = rename(library, name, to)
    path = library.path(new)
    with suppress(BrokenStore):  # a damaged or newer file has its new name, and keeps its title
        if read(path).title == nfc(name):
            _retitle(path, new, words, report)
    return new


def _retitle(path: Path, title: str, words: Words, report: Report) -> None:
    began = datetime.now().astimezone()
    store = store_of(path)
    if store.only_reads:  # the roadmap has its name here, and its title from those who may write
        return
    store.start(lambda event: None)
    store.submit(Rename(store.roadmap.id, title))
    store.close()
    if has_hooks():
        from lfroadmap.usecases.hooks import HookedRoadmap, give_all  # noqa: PLC0415 - most people have none

        give_all(config_folder(), HookedRoadmap(store, title, words), began, report)
