"""Giving a file another name in one step of the system, and never the name of another file."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_HERE = -100
"""The system's AT_FDCWD: names count from the current folder."""
_LINUX_NOREPLACE, _MAC_EXCLUSIVE = 1, 4
_UNKNOWN = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM)
"""What a system or a disk answers that does not know the one call."""


def rename_to_free(old: Path, new: Path) -> None:
    """Rename; FileExistsError where the new name is taken, OSError for all else."""
    if os.name == "nt":
        old.rename(new)  # it never replaces a file there
    elif not _renamed(old, new):
        _linked(old, new)


def _renamed(old: Path, new: Path) -> bool:
    """Rename by the system's own call; False where it has none."""
    names = os.fsencode(old), os.fsencode(new)
    try:
        import ctypes  # noqa: PLC0415 - some milliseconds, and only who moves a roadmap needs it

        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = libc.renamex_np(*names, _MAC_EXCLUSIVE)
        else:
            failed = libc.renameat2(_HERE, names[0], _HERE, names[1], _LINUX_NOREPLACE)
    except (ImportError, AttributeError):  # a Python without ctypes, an older system
        return False
    number = ctypes.get_errno()
    if failed and number not in _UNKNOWN:
        raise OSError(number, os.strerror(number), str(old), None, str(new))
    return not failed


def _linked(old: Path, new: Path) -> None:
    """Rename by a second name; a kill in between leaves both, which the next start finds."""
    try:
        os.link(old, new, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if os.path.lexists(new):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(new)) from None
        old.rename(new)
    else:
        old.unlink()


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where folders can be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
