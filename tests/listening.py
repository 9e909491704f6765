"""A listener that tests wait on, and a small roadmap to work at."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.store.events import Event

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
