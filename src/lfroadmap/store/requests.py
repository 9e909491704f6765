"""What is asked of the writer, in the order in which it was asked."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite.file_schema import MomentKind, StepKind


@dataclass(frozen=True, slots=True)
class ApplyEdit:
    """Do an edit and make it durable."""

    number: int
    edit: Edit
    base: str | None = None
    """The long text that its author saw; None where it does not matter."""
    shown: Roadmap | None = None
    """The roadmap that its author was asked about; on any other it is not done. None: it is done on any."""
    at: float = field(default_factory=time.monotonic)
    wall: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    """When it was typed: seconds of the monotonic clock, and milliseconds since 1970."""


@dataclass(frozen=True, slots=True)
class UndoRedo:
    """Take the author's last change back, or do it again."""

    kind: StepKind
    wall: int = field(default_factory=lambda: time.time_ns() // 1_000_000)


@dataclass(frozen=True, slots=True)
class MarkMoment:
    """Mark this moment, so that the roadmap of now is found again."""

    kind: MomentKind
    name: str
    change: int | None = None
    """Number of the last change that is in it; None: all of them."""
    wall: int = field(default_factory=lambda: time.time_ns() // 1_000_000)


@dataclass(frozen=True, slots=True)
class EndBurst:
    """What is typed from here on is a change of its own."""


@dataclass(frozen=True, slots=True)
class Flush:
    """Say when everything before this was tried; `durable` tells whether it worked."""

    done: threading.Event = field(default_factory=threading.Event)
    durable: list[bool] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stop:
    """Try once more to save, then end."""


Work = ApplyEdit | UndoRedo | MarkMoment | EndBurst
Request = Work | Flush | Stop
