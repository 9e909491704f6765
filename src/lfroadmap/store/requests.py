"""The requests to the writer, in order.

Plain classes: dataclasses would take four milliseconds of each start.
"""

from __future__ import annotations

import queue
import threading
import time
from contextlib import suppress
from itertools import count

from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite.file_schema import MomentKind, StepKind

SAVE_DELAY = 0.012
"""Seconds from an edit to its saving: the screen draws it first, which two busy threads would delay."""

_numbers = count(1)
"""The numbers of the requests for peers."""


class ApplyEdit:
    """Apply an edit and make it durable."""

    __slots__ = ("at", "base", "edit", "number", "shown", "wall")

    def __init__(
        self, number: int, edit: Edit, base: str | None = None, shown: Roadmap | None = None
    ) -> None:
        self.number = number
        self.edit = edit
        self.base = base
        """The long text that its author saw; None where it does not matter."""
        self.shown = shown
        """The roadmap that its author was asked about; the edit is applied to no other. None: to any."""
        self.at = time.monotonic()
        self.wall = milliseconds_now()
        """Time of typing: seconds of the monotonic clock, and milliseconds since 1970."""


class UndoRedo:
    """Undo the author's last change, or redo it."""

    __slots__ = ("kind", "wall")

    def __init__(self, kind: StepKind) -> None:
        self.kind: StepKind = kind
        self.wall = milliseconds_now()


class MarkMoment:
    """Mark this moment, so that its roadmap can be found later."""

    __slots__ = ("change", "kind", "name", "wall")

    def __init__(self, kind: MomentKind, name: str, change: int | None = None) -> None:
        self.kind: MomentKind = kind
        self.name = name
        self.change = change
        """Number of the last change included; None: all of them."""
        self.wall = milliseconds_now()


class Merge:
    """Merge the update of a peer; Merged has the result."""

    __slots__ = ("lineage", "number", "update", "wall")

    def __init__(self, update: bytes, lineage: str) -> None:
        self.number = next(_numbers)
        self.update = update
        self.lineage = lineage
        """The lineage of the peer's document."""
        self.wall = milliseconds_now()


class Missing:
    """Send the update that a peer lacks which has the state vector `state`, as MissingUpdate."""

    __slots__ = ("number", "state")

    def __init__(self, state: bytes) -> None:
        self.number = next(_numbers)
        self.state = state


class State:
    """Send the state of the document, as DocumentState; from then on each new update is sent as Committed."""

    __slots__ = ("number",)

    def __init__(self) -> None:
        self.number = next(_numbers)


class RenameAuthor:
    """Have what follows stand under another name of the same person."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


class EndBurst:
    """End the burst of typing: the next edit is a change of its own."""

    __slots__ = ()


class Flush:
    """Set `done` when all earlier requests were tried; `durable` tells whether they are on the disk."""

    __slots__ = ("done", "durable")

    def __init__(self) -> None:
        self.done = threading.Event()
        self.durable: list[bool] = []


class Stop:
    """Try once more to save, then end."""

    __slots__ = ()


PeerRequest = Merge | Missing | State
"""Requests for a peer; where the disk refuses they are answered, and not tried again."""
Work = ApplyEdit | UndoRedo | MarkMoment | RenameAuthor | EndBurst | PeerRequest
Request = Work | Flush | Stop


class RequestQueue:
    """The requests of any thread, in order, for the one thread that takes them."""

    __slots__ = ("_requests",)

    def __init__(self) -> None:
        self._requests: queue.SimpleQueue[Request] = queue.SimpleQueue()

    def put(self, request: Request) -> None:
        """Queue a request."""
        self._requests.put(request)

    def take(self, timeout: float) -> list[Request]:
        """The new requests; none after `timeout` seconds without any."""
        requests: list[Request] = []
        with suppress(queue.Empty):
            requests.append(self._requests.get(timeout=timeout))
            end = time.monotonic() + SAVE_DELAY
            while True:
                left = end - time.monotonic() if isinstance(requests[-1], ApplyEdit | EndBurst) else 0.0
                requests.append(self._requests.get(timeout=max(left, 0.0)))
        return requests
