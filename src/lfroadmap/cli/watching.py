"""Following a roadmap's file: do something whenever it changes, until the program is told to end."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import FrameType

from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.machine import author
from lfroadmap.roadmap.model import Roadmap

SETTLE = 0.4
"""Seconds that further changes are waited for, so that typing does not write a file a letter."""
LOOK = 1.0
"""Seconds between two looks whether the file is still there, and whether a new day has begun."""
RETRY = 5.0
"""Seconds after which a file that could not be written is tried again."""


class _Bell:
    """Rings when there is something to do; rung from the store's thread and from signals."""

    def __init__(self) -> None:
        self.rung = threading.Event()
        self.changed = threading.Event()
        self.ended = threading.Event()
        self.rung.set()
        self.changed.set()  # something may have changed before the watch began

    def change(self, event: object) -> None:
        from lfroadmap.store.events import Changed

        if isinstance(event, Changed):
            self.changed.set()
            self.rung.set()

    def end(self, number: int, frame: FrameType | None) -> None:
        self.ended.set()
        self.rung.set()


def watch(path: Path, act: Callable[[Roadmap], None], complain: Callable[[RoadmapError], None]) -> Roadmap:
    """Call `act` with the roadmap in the file whenever it changed, and on a new day; until SIGINT or SIGTERM.

    Returns the roadmap as it was at the end. An act that fails is complained of and tried again. Raises
    BrokenStore where the file is gone.
    """
    from lfroadmap.store.store import Store

    bell = _Bell()
    store = Store(path, author())
    with _ending(bell):
        store.start(bell.change)
        try:
            _follow(path, bell, lambda: act(store.roadmap), complain)
        finally:
            store.close()
    return store.roadmap


@contextmanager
def _ending(bell: _Bell) -> Iterator[None]:
    """Let the signals that end programs end the watch in good order."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, bell.end) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _follow(
    path: Path, bell: _Bell, act: Callable[[], None], complain: Callable[[RoadmapError], None]
) -> None:
    day, file = date.today(), _identity(path)
    while not bell.ended.is_set():
        bell.rung.wait(LOOK)
        bell.rung.clear()
        if _identity(path) != file:
            raise BrokenStore("store_missing", path=path)
        if not bell.changed.is_set() and day == date.today():
            continue
        bell.ended.wait(SETTLE)
        bell.changed.clear()
        day = date.today()
        try:
            act()
        except RoadmapError as error:
            complain(error)
            bell.changed.set()
            bell.ended.wait(RETRY)


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands under the name; raises BrokenStore where none does."""
    try:
        held = path.stat()
    except FileNotFoundError:
        raise BrokenStore("store_missing", path=path) from None
    return held.st_dev, held.st_ino
