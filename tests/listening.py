"""A listener that tests wait on, and a small roadmap to work at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.tree import find
from lfroadmap.store.events import Event, Undone
from lfroadmap.store.identity import UNKNOWN, Identity
from lfroadmap.store.store import Store

E = TypeVar("E")

PLAN = Roadmap(
    "r",
    "Plan",
    "",
    (
        Stage(
            "s",
            None,
            (
                Card("c", "One", (Field("f", "long"), Field("g")), (Task("t1"), Task("t2"))),
                Card("d", "Two"),
            ),
        ),
    ),
    (Kpi("k"),),
)


class Listener:
    """Keeps the events of a store."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._came = threading.Condition()

    def __call__(self, event: Event) -> None:
        with self._came:
            self.events.append(event)
            self._came.notify_all()

    def of(self, kind: type[E]) -> list[E]:
        with self._came:
            return [event for event in self.events if isinstance(event, kind)]

    def wait(self, kind: type[E], fits: Callable[[E], bool] = lambda _: True, timeout: float = 30) -> E:
        """The first event that fits, come or still to come."""
        end = time.monotonic() + timeout
        with self._came:
            while True:
                for event in self.events:
                    if isinstance(event, kind) and fits(event):
                        return event
                assert self._came.wait(end - time.monotonic()), f"no such {kind.__name__} in {self.events}"

    def clear(self) -> None:
        with self._came:
            self.events.clear()


class Person:
    """One author at one window, who waits for each edit."""

    def __init__(self, path: Path, author: str, identity: Identity = UNKNOWN) -> None:
        self.heard = Listener()
        self.store = Store(path, author, identity)
        self.store.start(self.heard)

    def does(self, *edits: Edit) -> None:
        for edit in edits:
            self.store.end_burst()
            self.store.submit(edit)
        assert self.store.flush(20)

    def _step(self, kind: str) -> tuple[str, str]:
        before = len(self.heard.of(Undone))
        getattr(self.store, kind)()
        assert self.store.flush(20)
        (undone,) = self.heard.of(Undone)[before:]
        assert undone.kind == kind
        return undone.outcome, undone.node

    def undoes(self) -> tuple[str, str]:
        return self._step("undo")

    def redoes(self) -> tuple[str, str]:
        return self._step("redo")

    def text(self, field: str = "f") -> str:
        place = find(self.store.roadmap, field)
        assert place is not None
        assert isinstance(place.node, Field)
        return place.node.value

    def leaves(self) -> None:
        assert self.store.close() == ()
