"""Reading the roadmap from the content of its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.codec import dump, load_roadmap
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.notices import Notify, ignore, left_out_notice
from lfroadmap.store.sqlite.file_schema import VERSION, FileContent

_MAX_DIGITS = 9


class Loaded(NamedTuple):
    """A roadmap as it was read from its file."""

    roadmap: Roadmap
    left_out: int | None
    """Number of things in the file that are not shown; None where the plain copy does not have it."""

    def report(self, path: Path, notify: Notify) -> None:
        """Send a notice where something is not shown."""
        if self.left_out:
            notify(left_out_notice(path, self.left_out))


def dump_view(roadmap: Roadmap, left_out: int) -> str:
    """The plain copy of a roadmap: a line of JSON, and the number of things in the document beside it.

    The figures of measurements, long texts that are JSON themselves, are lines of their own behind these: as
    texts in JSON they would take most of the time of opening.
    """
    figures = [each.figures for each in roadmap.measurements]
    if not figures or any("\n" in text for text in figures):
        return f"{dump(roadmap)}\n{left_out}"
    bare = tuple(replace(each, figures="") for each in roadmap.measurements)
    return "\n".join((dump(replace(roadmap, measurements=bare)), str(left_out), *figures))


def load_view(text: str) -> Loaded:
    """The roadmap of a plain copy; those of earlier versions have no number. Raises ValueError."""
    plain, *numbers = text.split("\n")
    roadmap = load_roadmap(plain)
    if not numbers or numbers == [""]:
        return Loaded(roadmap, None)
    number, *figures = numbers
    if not (number.isascii() and number.isdecimal() and len(number) <= _MAX_DIGITS):
        raise ValueError("not a number")
    return Loaded(_with_figures(roadmap, figures) if figures else roadmap, int(number))


def _with_figures(roadmap: Roadmap, figures: list[str]) -> Roadmap:
    if len(figures) != len(roadmap.measurements):
        raise ValueError("not a number of figures as of measurements")
    both = zip(roadmap.measurements, figures, strict=True)
    return replace(roadmap, measurements=tuple(replace(each, figures=text) for each, text in both))


def from_view(content: FileContent) -> Loaded | None:
    """The roadmap from the plain copy in the file; None where there is none that can be read."""
    try:
        return None if content.view is None else load_view(content.view)
    except ValueError:
        return None  # the updates have all of it, and the writer makes a new copy


def load(content: FileContent, path: Path) -> Loaded:
    """The roadmap in a file; raises BrokenStore."""
    return from_view(content) or from_updates(content, path)


def roadmap_of(content: FileContent, path: Path, notify: Notify = ignore) -> Roadmap:
    """The roadmap in a file, with a notice where some of it is not shown; raises BrokenStore."""
    loaded = load(content, path)
    loaded.report(path, notify)
    return loaded.roadmap


def from_updates(content: FileContent, path: Path) -> Loaded:
    """The roadmap from the updates in a file; raises BrokenStore."""
    # the writer reads the document again, as one must not change threads
    from lfroadmap.store.document.merging import merged  # noqa: PLC0415 - 0.1 s, and rarely needed here

    document, unreadable = merged(content.updates)
    if document.is_empty or (unreadable and not document.is_roadmap):
        raise BrokenStore("store_newer" if content.version > VERSION else "store_damaged", path=path)
    return Loaded(document.roadmap(), document.left_out + unreadable)
