"""The roadmap's file as a file, looked at from outside."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.store.folder.companions import ENDS, beside, is_odd, real
from lfroadmap.store.sqlite.errors import allowed


def check(path: Path) -> None:
    """Raise BrokenStore for what cannot be a roadmap's file.

    It is not opened here: closing a file that SQLite has open in this process would drop SQLite's locks.
    """
    try:
        held = path.stat()
    except FileNotFoundError:
        raise BrokenStore("store_missing", path=path) from None
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path, reason=error.strerror) from error
    if stat.S_ISDIR(held.st_mode):
        raise BrokenStore("store_folder", path=path)
    if not stat.S_ISREG(held.st_mode):
        raise BrokenStore("store_foreign", path=path)
    if not allowed(path, os.R_OK):
        raise BrokenStore("store_unreadable", path=path)
    if held.st_size == 0:
        raise BrokenStore("store_empty", path=path)
    for end in ENDS:
        if is_odd(other := beside(real(path), end)):
            raise BrokenStore("store_beside", path=path, beside=other.name)


def check_writable(path: Path) -> None:
    """Raise BrokenStore where this person may not write the file, or beside it."""
    if not (allowed(path, os.W_OK) and allowed(path.parent, os.W_OK)):
        raise BrokenStore("store_read_only", path=path)


def has_other_names(path: Path) -> bool:
    """Whether the file stands under another name as well (a hard link); raises OSError."""
    return path.stat().st_nlink > 1
