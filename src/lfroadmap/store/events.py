"""The events of a store, sent on the writer's thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Literal, NamedTuple

from lfroadmap.errors import RoadmapError, SaveFailed
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.store.presence import Peer

if TYPE_CHECKING:
    from lfroadmap.store.document.hidden_edits import HiddenEdit


class Saved(NamedTuple):
    """Everything submitted up to `number` is on the disk."""

    number: int
    at: datetime


class SaveFailing(NamedTuple):
    """The disk does not take the edits; `waiting` of them are in memory and will be retried."""

    error: SaveFailed
    waiting: int


class WriterEnded(NamedTuple):
    """The writer failed unexpectedly: from here on nothing is saved and no event is sent.

    The edits are among the store's unsaved ones.
    """

    error: SaveFailed


class Outdated(NamedTuple):
    """An edit was not applied: the roadmap had changed since its author saw it, to the one given here."""

    number: int
    roadmap: Roadmap


class ChangeSource(NamedTuple):
    """A person who changed something elsewhere, as seen from this window."""

    author: str
    """Display name; empty where it is unknown."""
    is_own: bool
    """True for the person of this window."""
    is_remote: bool
    """True for changes from another device, False for those of another window of the file."""
    changes: int
    """Number of the changes."""
    large: ChangeEntry | None = None
    """The newest of them that is an undo, a redo, an import, a reset or many edits at once."""


class Changed(NamedTuple):
    """Edits of others, or an undo or redo, were applied; `number` is the last own edit included."""

    roadmap: Roadmap
    number: int
    touched: tuple[str, ...]
    """Ids of the changed nodes, including removed ones."""
    undone: tuple[str, ...] = ()
    """The changed ids that are due to an undo or redo of this window, or came back with what it restored."""
    merged: tuple[str, ...] = ()
    """The changed ids that are due to peers on other devices; the rest are another window's."""
    sources: tuple[ChangeSource, ...] = ()
    """Who made what was not done in this window, those with the newest changes first."""


class Undone(NamedTuple):
    """The result of an undo or redo; nothing was changed unless it is `done`. Sent after its Changed."""

    kind: Literal["undo", "redo"]
    outcome: Literal["done", "nothing", "conflict", "failed"]
    node: str
    """Id of the node of the undone change, or empty."""
    newer: ChangeEntry | None = None
    """With a conflict: the latest change of another author there, where that is the cause."""
    change: ChangeEntry | None = None
    """With `done`: the change that the step made, as the history has it."""


class Marked(NamedTuple):
    """A moment was marked durably."""

    name: str


class Merged(NamedTuple):
    """The result of merging a peer's update; sent when it is durable, after its Changed.

    `waiting`: it builds on updates that are not here; a peer's answer to the state has these. `dropped`: it
    was neither merged nor kept; a peer's answer to the state has it. `failed`: the disk did not take it.
    """

    number: int
    """Number of the request."""
    outcome: Literal["merged", "unchanged", "waiting", "dropped", "refused", "failed"]
    error: RoadmapError | None = None
    waiting: int = 0
    """Updates that wait for others, this one or earlier ones; in memory alone."""
    dropped: int = 0
    """Updates that are no longer kept, this one or earlier ones: peers are to be sent the state again."""
    hidden: tuple[HiddenEdit, ...] = ()
    """What peers did in nodes that are removed here, in the updates merged with this one."""


class DocumentState(NamedTuple):
    """The state of the document, for a peer; `error` where it could not be read."""

    number: int
    state: bytes = b""
    """State vector."""
    lineage: str = ""
    error: RoadmapError | None = None


class MissingUpdate(NamedTuple):
    """What a peer lacks, as one update; `error` where it could not be made."""

    number: int
    update: bytes = b""
    error: RoadmapError | None = None


class Committed(NamedTuple):
    """Updates that are durable now and may be sent to peers: of this window, or read from another one's.

    Sent once the state was asked for. What was merged here is not in it.
    """

    updates: tuple[bytes, ...]


class PartlyRead(NamedTuple):
    """Some things in the file cannot be read and are not shown; they stay in the file."""

    things: int


class PeersChanged(NamedTuple):
    """The other windows that have the roadmap open; sent when they change."""

    windows: tuple[Peer, ...]


Outcome = Outdated | Undone | Marked | Merged | DocumentState | MissingUpdate
"""The result of a request, where it has one."""
Event = Saved | SaveFailing | WriterEnded | Changed | PartlyRead | PeersChanged | Committed | Outcome


class EventSender:
    """Sends events to the listener, on the thread that calls it."""

    def __init__(self) -> None:
        self.listener: Callable[[Event], None] = lambda event: None
        self._failure: tuple[str, int] | None = None
        """Key of the error that was sent last, and how many edits were waiting."""

    def send(self, event: Event) -> None:
        """Call the listener; an error in it is shown, and must not cost any edits."""
        try:
            self.listener(event)
        except Exception:
            threading.excepthook(threading.ExceptHookArgs((*sys.exc_info(), threading.current_thread())))

    def send_saved(self, number: int) -> None:
        """Send that everything up to an edit is saved."""
        self._failure = None
        self.send(Saved(number, datetime.now().astimezone()))

    def send_failing(self, error: SaveFailed, waiting: int) -> None:
        """Send an error that keeps edits from being saved; again only when it has changed."""
        if self._failure != (error.key, waiting):
            self._failure = error.key, waiting
            self.send(SaveFailing(error, waiting))
