"""What the store tells of: each is sent on the writer's thread."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, NamedTuple

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.model import Roadmap


class Saved(NamedTuple):
    """Everything submitted up to `number` is on the disk."""

    number: int
    at: datetime


class SaveFailing(NamedTuple):
    """The disk does not take the edits; `waiting` of them are in memory and are tried again."""

    error: SaveFailed
    waiting: int


class Changed(NamedTuple):
    """Another window's edits, or an undo or redo, are in; `number` is the last own edit included."""

    roadmap: Roadmap
    number: int
    touched: tuple[str, ...]
    """Ids of the nodes that are not what they were, the removed ones included."""


class Undone(NamedTuple):
    """How an undo or redo ended; a `conflict` overwrote nothing. Sent after its Changed."""

    kind: Literal["undo", "redo"]
    outcome: Literal["done", "nothing", "conflict"]
    node: str
    """Id of the node that the step touches, or empty."""


Event = Saved | SaveFailing | Changed | Undone
