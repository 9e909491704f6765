"""Writing into a pipe or a device, where somebody else must take what is written."""

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
"""Whether to wait no longer for a reader."""
_LOOK = 0.1
"""Seconds between two looks whether there is a reader, and whether to stop."""


def never() -> bool:
    """Wait for a reader as long as it takes."""
    return False


def is_stream(path: Path) -> bool:
    """Whether a path is a pipe or a device; raises OSError."""
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def pour(data: bytes, path: Path, stop: Stop = never) -> None:
    """Write everything; raises OSError, and RoadmapError `pipe_unread` where it was stopped before.

    No call blocks, so that a program that waits for a reader can still be told to end.
    """
    with _opened(path, stop) as stream:
        left = memoryview(data)
        while left:
            try:
                left = left[os.write(stream, left) :]
            except BlockingIOError:
                _check(path, stop)
                select.select([], [stream], [], _LOOK)


@contextmanager
def _opened(path: Path, stop: Stop) -> Iterator[int]:
    stream = _open(path)
    while stream is None:
        _check(path, stop)
        time.sleep(_LOOK)
        stream = _open(path)
    try:
        yield stream
    finally:
        os.close(stream)


def _open(path: Path) -> int | None:
    """The descriptor to write to; None for a pipe that nobody reads from."""
    try:
        return os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    except OSError as error:
        if error.errno == errno.ENXIO and path.is_fifo():
            return None
        raise


def _check(path: Path, stop: Stop) -> None:
    if stop():
        raise RoadmapError("pipe_unread", path=path)
