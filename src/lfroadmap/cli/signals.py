"""Ending in good order on a signal, or on the loss of the terminal."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

from lfroadmap.errors import Ended

Handler = Callable[[int, FrameType | None], None]
HANG_UP: Final = (signal.SIGHUP,) if os.name == "posix" else ()
"""The terminal is gone."""
ENDING: Final = (signal.SIGTERM, *HANG_UP)
"""What ends a command, beside Ctrl+C, which Python raises by itself."""


@contextmanager
def handling(handler: Handler, numbers: Iterable[signal.Signals]) -> Iterator[None]:
    """Have signals handled; not the hang-up where it is ignored, as `nohup` wants it.

    Other threads than the main one can handle none: nothing changes there.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    ignored = [number for number in HANG_UP if signal.getsignal(number) is signal.SIG_IGN]
    taken = [number for number in numbers if number not in ignored]
    before = [signal.signal(number, handler) for number in taken]
    try:
        yield
    finally:
        for number, earlier in zip(taken, before, strict=True):
            signal.signal(number, earlier)


@contextmanager
def unwinding() -> Iterator[None]:
    """Raise Ended for the signals that end a command, where something must be taken back or closed.

    Nothing may block here for long that a signal could come just before: the handler would wait for it.
    Everywhere else the signals end the program by themselves.
    """
    with handling(_unwind, ENDING):
        yield


def _unwind(number: int, frame: FrameType | None) -> NoReturn:
    """Raise Ended; a second signal of the sort ends the program at once, a second hang-up changes nothing."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for each in HANG_UP:  # the kernel and the shell send one each
        signal.signal(each, signal.SIG_IGN)
    raise Ended(number)
