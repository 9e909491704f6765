"""Atomic renames that never replace another file."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

_AT_FDCWD = -100
"""Relative names start at the current folder."""
_LINUX_NOREPLACE, _MAC_EXCLUSIVE = 1, 4
_UNSUPPORTED = (errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM)
"""Errors of a system or a disk that lacks the call."""


def rename_exclusive(old: Path, new: Path) -> None:
    """Rename; raises FileExistsError where the new name is taken, OSError for other errors."""
    if os.name == "nt":
        old.rename(new)  # it never replaces a file there
    elif not _rename_by_syscall(old, new):
        _rename_by_link(old, new)


def _rename_by_syscall(old: Path, new: Path) -> bool:
    """Rename by the system's own call; False where there is none."""
    names = os.fsencode(old), os.fsencode(new)
    try:
        import ctypes  # noqa: PLC0415 - some milliseconds, and only who moves a roadmap needs it

        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = libc.renamex_np(*names, _MAC_EXCLUSIVE)
        else:
            failed = libc.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _LINUX_NOREPLACE)
    except (ImportError, AttributeError):  # a Python without ctypes, an older system
        return False
    number = ctypes.get_errno()
    if failed and number not in _UNSUPPORTED:
        raise OSError(number, os.strerror(number), str(old), None, str(new))
    return not failed


def _rename_by_link(old: Path, new: Path) -> None:
    """Rename by a second hard link; a kill in between leaves both names, which the next start finds."""
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
    """Make the names in a folder durable, where the system can sync folders."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
