"""The requests to the writer, in order."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite.file_schema import MomentKind, StepKind


@dataclass(frozen=True, slots=True)
class ApplyEdit:
    """Apply an edit and make it durable."""

    number: int
    edit: Edit
    base: str | None = None
    """The long text that its author saw; None where it does not matter."""
    shown: Roadmap | None = None
    """The roadmap that its author was asked about; the edit is applied to no other. None: to any."""
    at: float = field(default_factory=time.monotonic)
    wall: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    """Time of typing: seconds of the monotonic clock, and milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class UndoRedo:
    """Undo the author's last change, or redo it."""

    kind: StepKind
    wall: int = field(default_factory=lambda: time.time_ns() // 1_000_000)


@dataclass(frozen=True, slots=True)
class MarkMoment:
    """Mark this moment, so that its roadmap can be found later."""

    kind: MomentKind
    name: str
    change: int | None = None
    """Number of the last change included; None: all of them."""
    wall: int = field(default_factory=lambda: time.time_ns() // 1_000_000)


@dataclass(frozen=True, slots=True)
class EndBurst:
    """End the burst of typing: the next edit is a change of its own."""


@dataclass(frozen=True, slots=True)
class Flush:
    """Set `done` when all earlier requests were tried; `durable` tells whether they are on the disk."""

    done: threading.Event = field(default_factory=threading.Event)
    durable: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stop:
    """Try once more to save, then end."""


Work = ApplyEdit | UndoRedo | MarkMoment | EndBurst
Request = Work | Flush | Stop
