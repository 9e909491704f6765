"""Making a document of the updates in a file, of which some may be unreadable."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.update_base import IN_WHOLE
from lfroadmap.store.document.yjs_document import SpoiledDocument

Row = tuple[int, bytes]
"""An update with its number."""


def merged(updates: Iterable[bytes]) -> tuple[Document, int]:
    """The document of these updates, and the number of those that were passed over as unreadable."""
    document, unreadable = merged_rows(enumerate(updates))
    return document, len(unreadable)


def merged_rows(rows: Iterable[Row]) -> tuple[Document, tuple[int, ...]]:
    """The document of these updates, and the numbers of those that were passed over as unreadable."""
    readable, unreadable = whole_first(list(rows)), list[int]()
    while (document := _merged(readable, unreadable)) is None:
        pass
    return document, tuple(sorted(unreadable))


def continued(rows: list[Row], roadmap: Roadmap, seq: int) -> tuple[Document, tuple[int, ...]] | None:
    """As `merged_rows`, where `roadmap` shows everything up to the number `seq`: only the rest is to be read.

    None where no update has this number, or one cannot be read.
    """
    known = [row for row in rows if row[0] <= seq]
    if not known or known[-1][0] != seq:
        return None
    document, unreadable = merged_rows(known)
    if unreadable:
        return None
    document.begin_at(roadmap, 0)
    try:
        for _, update in whole_first(rows[len(known) :]):
            document.merge(update)
    except ValueError:
        return None
    return document, ()


def whole_first(rows: list[Row]) -> list[Row]:
    """The rows with the whole document before those that it was compacted around, which build on it."""
    for at in range(1, len(rows)):
        if _is_whole(rows[at][1]):
            return [rows[at], *rows[:at], *rows[at + 1 :]]
    return rows


def kept_numbers(document: Document, rows: Iterable[Row], unreadable: tuple[int, ...]) -> tuple[int, ...]:
    """Numbers of the updates that must stay beside the whole document: it does not have all of them."""
    return tuple(number for number, update in rows if number in unreadable or not _is_in(document, update))


def _is_in(document: Document, update: bytes) -> bool:
    """True if the document has an update completely, or as much of it as an earlier whole one had."""
    try:
        return document.has(update) or _is_whole(update)
    except ValueError:
        return False


def _is_whole(update: bytes) -> bool:
    """True if an update has the whole document."""
    if IN_WHOLE not in update:
        return False
    document = Document()
    try:
        document.merge(update)
    except ValueError:
        return False
    return document.is_roadmap


def _merged(rows: list[Row], unreadable: list[int]) -> Document | None:
    """The document of the updates; None where one spoiled it. What cannot be read goes to `unreadable`."""
    document = Document()
    for row in rows.copy():
        try:
            document.merge(row[1])
        except ValueError as error:
            rows.remove(row)
            unreadable.append(row[0])
            if isinstance(error, SpoiledDocument):
                return None
    return document
