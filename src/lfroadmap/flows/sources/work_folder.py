"""The temporary folder of a run, and the folders of runs that were killed."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

_PREFIX = "lfroadmap-measure-"
_NAME = re.compile(rf"{_PREFIX}(\d{{1,9}})-\w+")


@contextmanager
def work_folder() -> Iterator[Path]:
    """A folder that is removed however the work ends; after a kill, by the next run."""
    if sys.platform != "win32":  # which removes no open file, and whose `os.kill` ends a process
        _remove_abandoned(Path(gettempdir()))
    with TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        handle = _locked(Path(folder))
        try:
            yield Path(folder)
        finally:
            if handle is not None:
                os.close(handle)


def _remove_abandoned(parent: Path) -> None:
    """Remove the folders of processes that are gone, as far as the system lets this user."""
    for folder in parent.glob(f"{_PREFIX}*"):
        named = _NAME.fullmatch(folder.name)
        if named is None or folder.is_symlink() or _is_alive(int(named[1])):
            continue
        handle = _locked(folder)
        if handle is not None:  # a process that another container runs has its folder locked
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it is another user's
        return True
    return True


def _locked(folder: Path) -> int | None:
    """A handle that locks the folder until it is closed; None where another process has it, or none may."""
    if sys.platform == "win32":
        return None
    import fcntl  # noqa: PLC0415 - not on Windows

    try:
        handle = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        return None
    return handle
