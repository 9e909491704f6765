"""Making a document of the updates in a file, of which some may be unreadable."""

from __future__ import annotations

from collections.abc import Iterable

from lfroadmap.store.document.document import Document
from lfroadmap.store.document.yjs_document import SpoiledDocument

Row = tuple[int, bytes]
"""An update with its number."""


def merged(updates: Iterable[bytes]) -> tuple[Document, int]:
    """The document of these updates, and the number of those that were passed over as unreadable."""
    document, unreadable = merged_rows(enumerate(updates))
    return document, len(unreadable)


def merged_rows(rows: Iterable[Row]) -> tuple[Document, tuple[int, ...]]:
    """The document of these updates, and the numbers of those that were passed over as unreadable."""
    readable, unreadable = list(rows), list[int]()
    while (document := _merged(readable, unreadable)) is None:
        pass
    return document, tuple(sorted(unreadable))


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
