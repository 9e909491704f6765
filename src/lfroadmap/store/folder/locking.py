"""Locks on a folder, so that nobody takes for a leftover what another program is at work on.

They are advisory locks on the folder itself (flock): nothing is left on the disk, and the system ends them
with the program. Where a disk or a system has none, `alone` says so and the age of a file has to do.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lfroadmap.errors import BrokenStore

if sys.platform != "win32":
    import fcntl

PATIENCE = 30.0
"""Seconds to wait for another program; a rescue of a very large file takes some."""
_PAUSE = 0.01


@contextmanager
def working(*folders: Path, exclusive: bool = False) -> Iterator[None]:
    """Make or move files in folders; `exclusive` where several names change.

    Raises BrokenStore where another program does not end its work there.
    """
    with ExitStack() as held:
        for folder in sorted(set(folders)):
            held.callback(_close, _waited(folder, exclusive))
        yield


@contextmanager
def alone(*folders: Path) -> Iterator[bool | None]:
    """Whether nobody is at work in the folders, nor begins meanwhile; None where that cannot be known."""
    with ExitStack() as held:
        known = True
        for folder in sorted(set(folders)):
            try:
                handle = _lock(folder, exclusive=True)
            except BlockingIOError:
                yield False
                return
            held.callback(_close, handle)
            known = known and handle is not None
        yield known or None


def _waited(folder: Path, exclusive: bool) -> int | None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            return _lock(folder, exclusive)
        except BlockingIOError:
            if time.monotonic() > end:
                raise BrokenStore("store_busy", path=folder) from None
            time.sleep(_PAUSE)


def _lock(folder: Path, exclusive: bool) -> int | None:
    """A handle that holds the lock; None where there is none to have. Raises BlockingIOError."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # a folder that may not be listed, or is not there: who works in it is told of that
        return None
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a disk of the network without such locks
        os.close(handle)
        return None
    return handle


def _close(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
