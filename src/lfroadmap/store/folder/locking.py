"""Locks on a folder, so that work of a running program is not taken for a leftover.

They are advisory locks on the folder itself (flock): nothing is left on the disk, and the system releases
them with the program. Where a disk or a system has none, `try_lock_folders` yields None and the age of a file
has to do.
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

LOCK_TIMEOUT = 30.0
"""Seconds to wait for another program; a rescue of a very large file takes some."""
_PAUSE = 0.01


@contextmanager
def lock_folders(*folders: Path, exclusive: bool = False) -> Iterator[None]:
    """Lock folders to make or move files in them; `exclusive` where several names change.

    Raises BrokenStore where another program does not release them in time.
    """
    with ExitStack() as stack:
        for folder in sorted(set(folders)):
            stack.callback(_close, _wait_for_lock(folder, exclusive))
        yield


@contextmanager
def try_lock_folders(*folders: Path) -> Iterator[bool | None]:
    """Yield True with exclusive locks, False where another program has one, None if there are none."""
    with ExitStack() as stack:
        is_certain = True
        for folder in sorted(set(folders)):
            try:
                handle = _lock(folder, exclusive=True)
            except BlockingIOError:
                yield False
                return
            stack.callback(_close, handle)
            is_certain = is_certain and handle is not None
        yield is_certain or None


def _wait_for_lock(folder: Path, exclusive: bool) -> int | None:
    end = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            return _lock(folder, exclusive)
        except BlockingIOError:
            if time.monotonic() > end:
                raise BrokenStore("store_busy", path=folder) from None
            time.sleep(_PAUSE)


def _lock(folder: Path, exclusive: bool) -> int | None:
    """A handle with the lock; None where locking is not possible. Raises BlockingIOError."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:  # a folder that may not be listed, or is missing: its actual use reports that
        return None
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise
    except OSError:  # a network disk without such locks
        os.close(handle)
        return None
    return handle


def _close(handle: int | None) -> None:
    if handle is not None:
        os.close(handle)
