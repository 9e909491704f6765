"""Locks on a folder, so that work of a running program is not taken for a leftover.

They are advisory locks on the folder itself (flock): nothing is left on the disk, and the system releases
them with the program. Where a disk or a system has none, `try_lock_folders` yields None and the age of a file
has to do.
"""

from __future__ import annotations

import errno
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
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL)


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


def lacks_locks(path: Path) -> bool:
    """True if the disk of a file has no locks on ranges of bytes, which SQLite needs.

    Such a disk, as some network shares are, refuses a lock with the error of one that is held by others. The
    lock is tried on a file of its own: closing the roadmap's would drop the locks that SQLite has on it.
    """
    if sys.platform == "win32":
        return False
    trial = path.with_name(f".{path.name}.lock-trial")
    try:
        handle = os.open(trial, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
    except OSError:  # nothing can be tried here
        return False
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _NO_LOCKS
    finally:
        os.close(handle)
        trial.unlink(missing_ok=True)
    return False


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
