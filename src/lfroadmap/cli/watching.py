"""Following a roadmap's file: do something whenever it changes, until a signal ends it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from types import FrameType
from typing import TYPE_CHECKING

from lfroadmap.cli.signals import ENDING, handling
from lfroadmap.errors import BrokenStore, RoadmapError
from lfroadmap.roadmap.model import Roadmap

if TYPE_CHECKING:
    from lfroadmap.store.events import Event
    from lfroadmap.store.folder.notices import Notify

SETTLE = 0.4
"""Seconds that further changes are waited for, so that typing does not write a file a letter."""
LOOK = 1.0
"""Seconds between two looks whether the file is still there, and whether a new day has begun."""
RETRY = 5.0
"""Seconds after which a file that could not be written is tried again."""


class Bell:
    """Rings when there is something to do; rung from the store's thread and from signals.

    A signal may come while the bell is rung or waited for: a SimpleQueue bears that, an Event does not.
    """

    def __init__(self) -> None:
        self._rings: SimpleQueue[None] = SimpleQueue()
        self.changed = True  # something may have changed before the watch began
        self.ended = False
        self.broken: RoadmapError | None = None
        """Why nothing that changes will be heard of any more."""
        self.left_out = 0
        """Number of things in the file that are not shown."""

    def change(self, event: object) -> None:
        """Take an event of the store."""
        from lfroadmap.store.events import Changed, PartlyRead, WriterEnded

        if isinstance(event, Changed):
            self.changed = True
            self._rings.put(None)
        elif isinstance(event, WriterEnded):
            self.broken = event.error
            self._rings.put(None)
        elif isinstance(event, PartlyRead):
            self.left_out = event.things
            self._rings.put(None)

    def end(self, number: int, frame: FrameType | None) -> None:
        """Take a signal that ends the program."""
        self.ended = True
        self._rings.put(None)

    def is_ended(self) -> bool:
        """True if a signal has ended the program."""
        return self.ended

    def wait(self, seconds: float) -> None:
        """Wait until it rings."""
        with suppress(Empty):
            self._rings.get(timeout=seconds)

    def rest(self, seconds: float) -> None:
        """Wait, unless a signal ends the program."""
        until = time.monotonic() + seconds
        while not self.ended and (left := until - time.monotonic()) > 0:
            self.wait(left)


@contextmanager
def ending() -> Iterator[Bell]:
    """A bell that is rung by the signals that end programs, and by the loss of the terminal."""
    bell = Bell()
    with handling(bell.end, (signal.SIGINT, *ENDING)):
        yield bell


def watch(
    path: Path,
    bell: Bell,
    act: Callable[[Roadmap], None],
    beat: Callable[[], None],
    complain: Callable[[RoadmapError], None],
    *,
    notify: Notify,
) -> Roadmap:
    """Call `act` with the roadmap in the file whenever it changed, and on a new day, until a signal ends it.

    A roadmap that is in a room is kept in step with it meanwhile.
    Returns the roadmap as it was at the end. An act that fails is complained of and tried again; `beat` is
    called about once a second, `notify` with notices about the file. Raises BrokenStore where the file is
    gone, and SaveFailed where it cannot be followed any more.
    """
    from lfroadmap.store.folder.notices import left_out_notice
    from lfroadmap.usecases.opening import store_of
    from lfroadmap.usecases.room_follower import RoomFollower

    store = store_of(path)
    room = RoomFollower(store)
    for each in store.notices:
        notify(each)

    def beat_and_notify() -> None:
        beat()
        if bell.left_out:
            notify(left_out_notice(path, bell.left_out))
        if problem := room.problem():
            complain(problem)

    def hear(event: Event) -> None:
        room.deliver(event)
        bell.change(event)

    store.start(hear)
    room.start()
    try:
        _follow(path, bell, lambda: act(store.roadmap), beat_and_notify, complain)
    finally:
        room.stop()
        store.close()
    return store.roadmap


def _follow(
    path: Path,
    bell: Bell,
    act: Callable[[], None],
    beat: Callable[[], None],
    complain: Callable[[RoadmapError], None],
) -> None:
    day, file = date.today(), _identity(path)
    while not bell.ended:
        bell.wait(LOOK)
        if bell.broken:
            raise bell.broken
        beat()
        if _identity(path) != file:
            raise BrokenStore("store_missing", path=path)
        if not bell.changed and day == date.today():
            continue
        bell.rest(SETTLE)
        bell.changed = False
        day = date.today()
        try:
            act()
        except RoadmapError as error:
            bell.changed = True
            if not bell.ended:
                complain(error)
                bell.rest(RETRY)


def _identity(path: Path) -> tuple[int, int]:
    """Which file stands under the name; raises BrokenStore where none does."""
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BrokenStore("store_missing", path=path) from None
    return status.st_dev, status.st_ino
