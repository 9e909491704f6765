"""Writing to a pipe or a device, whose reader may be slow or missing."""

from __future__ import annotations

import errno
import os
import select
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import RoadmapError

Stop = Callable[[], bool]
"""Returns True to stop waiting for a reader."""
_INTERVAL = 0.1
"""Seconds between two checks for a reader, and for `stop`."""


def never() -> bool:
    """Wait for a reader indefinitely."""
    return False


def is_stream(path: Path) -> bool:
    """True for a pipe or a device; raises OSError."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def write_stream(data: bytes, path: Path, stop: Stop = never) -> None:
    """Write all data; raises OSError, and RoadmapError `pipe_unread` where it was stopped before.

    No call blocks, so that a program that waits for a reader can still be stopped.
    """
    with _opened_stream(path, stop) as stream:
        remaining = memoryview(data)
        while remaining:
            try:
                remaining = remaining[os.write(stream, remaining) :]
            except BlockingIOError:
                _check(path, stop)
                select.select([], [stream], [], _INTERVAL)


@contextmanager
def _opened_stream(path: Path, stop: Stop) -> Iterator[int]:
    stream = _open(path)
    while stream is None:
        _check(path, stop)
        time.sleep(_INTERVAL)
        stream = _open(path)
    try:
        yield stream
    finally:
        os.close(stream)


def _open(path: Path) -> int | None:
    """The descriptor to write to; None for a pipe without a reader."""
    try:
        return os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        if error.errno == errno.ENXIO and path.is_fifo():
            return None
        raise


def _check(path: Path, stop: Stop) -> None:
    if stop():
        raise RoadmapError("pipe_unread", path=path)
