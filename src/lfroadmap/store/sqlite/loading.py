"""From an opened file to its roadmap."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_roadmap
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite.file_schema import VERSION, Opened


def viewed(opened: Opened) -> Roadmap | None:
    """The roadmap as the plain copy in the file tells it; None where there is none that can be read."""
    try:
        return None if opened.view is None else load_roadmap(opened.view)
    except ValueError:
        return None  # the updates hold all of it, and the writer makes a new copy


def roadmap_of(opened: Opened, path: Path) -> Roadmap:
    """The roadmap that a file holds; raises BrokenStore."""
    return viewed(opened) or merged(opened, path)


def merged(opened: Opened, path: Path) -> Roadmap:
    """The roadmap that the updates of a file come to; raises BrokenStore."""
    try:
        # the writer reads the document again: one must not change threads
        from lfroadmap.store.document.document import Document  # noqa: PLC0415 - 0.1 s, and rarely needed here

        document = Document()
        for update in opened.updates:
            document.merge(update)
        return document.roadmap()
    except ValueError as error:
        key = "store_newer" if opened.version > VERSION else "store_damaged"
        raise BrokenStore(key, path=path) from error
