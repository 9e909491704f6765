"""What peers are sent: the state of the document, what they lack of it, and new updates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.store.events import DocumentState, MissingUpdate
from lfroadmap.store.requests import Missing, State

if TYPE_CHECKING:
    from lfroadmap.store.document.document import Document


class PeerUpdates:
    """The updates that peers have not been sent; none are kept before the state was asked for."""

    def __init__(self) -> None:
        self._updates: list[bytes] = []
        self._reported: bytes | None = None
        """State vector of the document when the updates were taken last."""

    def describe(self, document: Document, request: State) -> DocumentState:
        """The state of the document; updates are kept from here on."""
        self._reported = document.state
        return DocumentState(request.number, self._reported, document.lineage)

    def note(self, update: bytes) -> None:
        """Keep an update of this window."""
        if self._reported is not None:
            self._updates.append(update)

    def note_others(self, document: Document) -> None:
        """Keep what the document has read from other windows."""
        if self._reported is not None:
            self._updates.append(document.update_since(self._reported))

    def take(self, document: Document) -> tuple[bytes, ...]:
        """The updates since the last call, once they are durable."""
        if self._reported is not None:
            self._reported = document.state
        updates = tuple(self._updates)
        self._updates.clear()
        return updates

    def clear(self) -> None:
        """Forget the updates of a transaction that failed."""
        self._updates.clear()


def missing_update(document: Document, request: Missing) -> MissingUpdate:
    """What a peer lacks."""
    try:
        return MissingUpdate(request.number, document.update_since(request.state))
    except ValueError:
        return MissingUpdate(request.number, error=RoadmapError("merge_unreadable"))
