"""Checks of a roadmap's file from outside, without opening it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.store.folder.companions import ENDS, companion, is_irregular, resolve_link
from lfroadmap.store.sqlite.errors import has_access


def check(path: Path) -> None:
    """Raise BrokenStore for what cannot be a roadmap's file.

    It is not opened here: closing a file that SQLite has open in this process would drop SQLite's locks.
    """
    try:
        status = path.stat()
    except FileNotFoundError:
        raise BrokenStore("store_missing", path=path) from None
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path, reason=error.strerror) from error
    if stat.S_ISDIR(status.st_mode):
        raise BrokenStore("store_folder", path=path)
    if not stat.S_ISREG(status.st_mode):
        raise BrokenStore("store_foreign", path=path)
    if not has_access(path, os.R_OK):
        raise BrokenStore("store_unreadable", path=path)
    if status.st_size == 0:
        raise BrokenStore("store_empty", path=path)
    for end in ENDS:
        if is_irregular(other := companion(resolve_link(path), end)):
            raise BrokenStore("store_beside", path=path, beside=other.name)


def is_writable(path: Path) -> bool:
    """True if this user may write the file, and in its folder."""
    return has_access(path, os.W_OK) and has_access(path.parent, os.W_OK)


def check_writable(path: Path) -> None:
    """Raise BrokenStore where this user may not write the file, or in its folder."""
    if not is_writable(path):
        raise BrokenStore("store_read_only", path=path)


def has_hard_links(path: Path) -> bool:
    """True if the file has other names (hard links); raises OSError."""
    return path.stat().st_nlink > 1
