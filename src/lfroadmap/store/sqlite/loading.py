"""Reading the roadmap from the content of its file."""

from __future__ import annotations

from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import load_roadmap
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.notices import Notify, ignore, notice
from lfroadmap.store.sqlite.file_schema import VERSION, FileContent


def from_view(content: FileContent) -> Roadmap | None:
    """The roadmap from the plain copy in the file; None where there is none that can be read."""
    try:
        return None if content.view is None else load_roadmap(content.view)
    except ValueError:
        return None  # the updates have all of it, and the writer makes a new copy


def roadmap_of(content: FileContent, path: Path) -> Roadmap:
    """The roadmap in a file; raises BrokenStore."""
    return from_view(content) or from_updates(content, path)


def from_updates(content: FileContent, path: Path, notify: Notify = ignore) -> Roadmap:
    """The roadmap from the updates in a file, with a notice where some of it is not shown.

    Raises BrokenStore.
    """
    # the writer reads the document again, as one must not change threads
    from lfroadmap.store.document.merging import merged  # noqa: PLC0415 - 0.1 s, and rarely needed here

    document, unreadable = merged(content.updates)
    if document.is_empty or (unreadable and not document.is_roadmap):
        raise BrokenStore("store_newer" if content.version > VERSION else "store_damaged", path=path)
    roadmap = document.roadmap()
    if left_out := document.left_out + unreadable:
        notify(notice("left_out", path=path, n=left_out))
    return roadmap
