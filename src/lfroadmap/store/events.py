"""What the store tells of: each is sent on the writer's thread."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.store.presence import Peer


class Saved(NamedTuple):
    """Everything submitted up to `number` is on the disk."""

    number: int
    at: datetime


class SaveFailing(NamedTuple):
    """The disk does not take the edits; `waiting` of them are in memory and are tried again."""

    error: SaveFailed
    waiting: int


class WriterEnded(NamedTuple):
    """The writer came to an unforeseen end: from here on nothing is saved, and nothing else is sent.

    The edits are among the store's unsaved ones.
    """

    error: SaveFailed


class Outdated(NamedTuple):
    """An edit was not done: the roadmap was no longer as its author had seen it, but as it is here."""

    number: int
    roadmap: Roadmap


class Changed(NamedTuple):
    """Another window's edits, or an undo or redo, are in; `number` is the last own edit included."""

    roadmap: Roadmap
    number: int
    touched: tuple[str, ...]
    """Ids of the nodes that are not what they were, the removed ones included."""
    undone: tuple[str, ...] = ()
    """Those among them that an undo or redo of this window changed."""


class Undone(NamedTuple):
    """How an undo or redo ended; nothing was changed unless it is `done`. Sent after its Changed."""

    kind: Literal["undo", "redo"]
    outcome: Literal["done", "nothing", "conflict", "failed"]
    node: str
    """Id of the node that the step touches, or empty."""
    newer: ChangeEntry | None = None
    """With a conflict: what somebody else did there last, where that is what stands in the way."""


class Marked(NamedTuple):
    """A moment was marked, durably."""

    name: str


class PeersChanged(NamedTuple):
    """Which other windows have the roadmap open; sent when that changes."""

    windows: tuple[Peer, ...]


Event = Saved | SaveFailing | WriterEnded | Outdated | Changed | Undone | Marked | PeersChanged
Outcome = Outdated | Undone | Marked
"""How something that was asked for came out, where that is told."""
