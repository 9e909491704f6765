"""Requests to the writer, done in the order in which they are made.

Plain classes: dataclasses would take four milliseconds of each start.
"""

from __future__ import annotations

import threading
import time

from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite.file_schema import MomentKind, StepKind


class ApplyEdit:
    """Do an edit and make it durable."""

    __slots__ = ("at", "base", "edit", "number", "shown", "wall")

    def __init__(
        self, number: int, edit: Edit, base: str | None = None, shown: Roadmap | None = None
    ) -> None:
        self.number = number
        self.edit = edit
        self.base = base
        """The long text that its author saw; None where it does not matter."""
        self.shown = shown
        """The roadmap that its author was asked about; on any other it is not done. None: on any."""
        self.at = time.monotonic()
        self.wall = milliseconds_now()
        """When it was typed: seconds of the monotonic clock, and milliseconds since 1970."""


class UndoRedo:
    """Take the author's last change back, or do it again."""

    __slots__ = ("kind", "wall")

    def __init__(self, kind: StepKind) -> None:
        self.kind = kind
        self.wall = milliseconds_now()


class MarkMoment:
    """Mark this moment, so that the roadmap of now is found again."""

    __slots__ = ("change", "kind", "name", "wall")

    def __init__(self, kind: MomentKind, name: str, change: int | None = None) -> None:
        self.kind: MomentKind = kind
        self.name = name
        self.change = change
        """Number of the last change that is in it; None: all of them."""
        self.wall = milliseconds_now()


class EndBurst:
    """What is typed from here on is a change of its own."""

    __slots__ = ()


class Flush:
    """Say when everything before this was tried; `durable` tells whether it worked."""

    __slots__ = ("done", "durable")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.durable: list[bool] = []


class Stop:
    """Try once more to save, then end."""

    __slots__ = ()


Work = ApplyEdit | UndoRedo | MarkMoment | EndBurst
Request = Work | Flush | Stop
