"""Saving and ending when a signal comes or the terminal goes away.

A thread of its own does it: the one that draws may be busy, or may wait for a disk or a terminal. It is
woken through a pipe, into which the system writes the number of each signal whatever Python is doing.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
import select
import signal
import threading
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from functools import partial
from math import inf
from types import FrameType
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from lfroadmap.files import remove_unfinished
from lfroadmap.skeleton import SKELETON

if TYPE_CHECKING:
    from rich.text import Text

    from lfroadmap.ui.terminal.driver import DialectApp

ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT) if os.name == "posix" else ()
SIGNAL_GRACE = 0.05
"""Seconds that the last keys have to arrive after a signal to end."""
SIGNAL_PATIENCE = 1.2
"""Seconds in which the keys that have arrived must have done their work."""
SAVE_PATIENCE = 5.0
"""Seconds that the disk has to take what was typed, before a copy is written elsewhere."""
LEAVE_PATIENCE = 5.0
"""Seconds that the screen has to close when everything is saved, before the program ends without it."""
_CLOSED = 0
"""Stands in the pipe for the end of the app; no signal has this number."""
_NONE = -1


class Closing(NamedTuple):
    """The steps that close the roadmap."""

    is_idle: Callable[[], bool]
    """True if all keys that arrived are processed."""
    commit_pending: Callable[[], None]
    """Submits what the fields hold; called on the thread that draws."""
    save: Callable[[float], Text | None]
    """Saves everything within so many seconds, without asking; returns what is to be said of it."""
    is_closed: Callable[[], bool]
    """True if the store is closed."""


def listen_to_signals(app: DialectApp, closing: Closing) -> None:
    """Save what was typed when the terminal goes or the machine shuts down."""
    if os.name == "posix":
        ending = Ending(app, closing)
        app.at_end.callback(ending.close)
        ending.start()


class Ending(threading.Thread):
    """Waits for a signal to end or the loss of the terminal, saves, and ends the program."""

    def __init__(self, app: DialectApp, closing: Closing) -> None:
        super().__init__(daemon=True, name="roadmap-ending")
        self._app, self._closing = app, closing
        self._loop, self._context = asyncio.get_running_loop(), contextvars.copy_context()
        self._settled = threading.Event()
        self._lock = threading.Lock()
        self._numbers, self._bell = os.pipe()
        os.set_blocking(self._bell, False)
        self._woken_before = signal.set_wakeup_fd(self._bell, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _leave_to_the_thread) for number in ENDING_SIGNALS}
        app.terminal_gone = self._hang_up  # type: ignore[method-assign]

    def _hang_up(self) -> None:
        """End as by SIGHUP, which need not come to a program that has lost its terminal."""
        self._ring(signal.SIGHUP)

    def close(self) -> None:
        """Stop waiting: the app is closed. Called on the main thread, where signals are set."""
        signal.set_wakeup_fd(self._woken_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ring(_CLOSED)

    def _ring(self, number: int) -> None:
        with self._lock:
            if self._bell >= 0:
                os.write(self._bell, bytes([number]))

    # this thread

    def run(self) -> None:
        """Wait; on a signal save and end; make sure that the program ends."""
        number = self._next((_CLOSED, *ENDING_SIGNALS))
        if number != _CLOSED:
            self._end(number)
        app = self._app
        if not app.is_headless and self._closing.is_closed():  # what is left to do is not worth waiting for
            self._next((), LEAVE_PATIENCE)
            _exit(1 if app.return_code is None else app.return_code)
        self._close_pipe()

    def _next(self, awaited: Collection[int], seconds: float = inf) -> int:
        """The next awaited number in the pipe; _NONE where none came in time."""
        end = time.monotonic() + seconds
        while True:
            left = None if seconds == inf else max(end - time.monotonic(), 0.0)
            readable, _, _ = select.select([self._numbers], [], [], left)
            if not readable:
                return _NONE
            number = os.read(self._numbers, 1)[0]
            if number in awaited:
                return number

    def _end(self, number: int) -> None:
        """Save without asking, as nobody may be there to answer; then close the screen."""
        message = None
        try:
            self._call(self._begin_to_settle)
            self._settled.wait(SIGNAL_PATIENCE)
            message = self._closing.save(SAVE_PATIENCE)
        finally:
            if number == signal.SIGHUP:  # the terminal is gone: there is nothing to restore
                _exit(128 + number)
            self._call(partial(self._app.exit, return_code=128 + number, message=message))
        if self._next((_CLOSED,), LEAVE_PATIENCE) == _NONE:
            self._leave_anyhow(128 + number)

    def _call(self, action: Callable[[], object]) -> None:
        """Have something done by the thread that draws."""
        with suppress(RuntimeError):  # its loop is closed: the app has ended by itself
            self._loop.call_soon_threadsafe(action, context=self._context)

    def _leave_anyhow(self, status: int) -> None:
        """Give the terminal back and end, although the thread that draws does not come to it."""
        try:
            if self._app._driver is not None:
                self._app._driver.stop_application_mode()
                self._app._driver.close()
        finally:
            _exit(status)

    def _close_pipe(self) -> None:
        with self._lock:
            os.close(self._numbers)
            os.close(self._bell)
            self._bell = -1

    # the thread that draws

    def _begin_to_settle(self) -> None:
        until = self._loop.time() + SIGNAL_PATIENCE
        self._loop.call_later(SIGNAL_GRACE, self._settle, until)

    def _settle(self, until: float) -> None:
        """Let the keys that have arrived do their work, then submit what the fields hold."""
        busy = self._app.message_queue_size or not self._closing.is_idle()
        if busy and self._loop.time() < until:
            self._loop.call_later(SIGNAL_GRACE, self._settle, until)
            return
        try:
            self._closing.commit_pending()
        finally:
            self._settled.set()


def _leave_to_the_thread(number: int, frame: FrameType | None) -> None:
    """Do nothing: the thread reads the number from the pipe."""


def _exit(status: int) -> NoReturn:
    """End at once, without what a thread has written of a file by now."""
    try:
        remove_unfinished()
        SKELETON.take_off()
    finally:
        os._exit(status)
