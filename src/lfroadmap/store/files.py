"""The roadmap's file as a file: made in one piece, looked at from outside, moved aside."""

from __future__ import annotations

import os
import stat
from datetime import datetime
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.store import opening
from lfroadmap.store.troubles import allowed

BESIDE = ("", "-wal", "-shm")
"""What belongs to a roadmap: its file, and what SQLite keeps beside it while it is open."""


def create(path: Path, update: bytes, view: str) -> None:
    """Make the file of a new roadmap, whole or not at all; FileExistsError where there is one.

    Raises SaveFailed, or an OSError, where the disk does not take it.
    """
    if path.exists():
        raise FileExistsError(path)
    draft = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        opening.create(draft, update, view)
        publish(draft, path)
    except SaveFailed as error:
        key = "create_full" if error.key == "save_full" else "create_failed"
        raise SaveFailed(key, path=path, reason=error.facts["reason"]) from error
    finally:
        clear(draft)


def clear(draft: Path) -> None:
    """Delete what is left of a file that was being made."""
    for end in (*BESIDE, "-journal"):
        draft.with_name(draft.name + end).unlink(missing_ok=True)


def publish(draft: Path, path: Path) -> None:
    """Give a finished file its name, unless another has it; raises OSError."""
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        if path.exists():
            raise FileExistsError(path) from None
        draft.replace(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be synced."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
    _check_beside(path)


def _check_beside(path: Path) -> None:
    """Raise BrokenStore where something stands in the place of SQLite's own files that it would wait for."""
    for end in (*BESIDE[1:], "-journal"):
        beside = path.with_name(path.name + end)
        try:
            if not stat.S_ISREG(beside.lstat().st_mode):
                raise BrokenStore("store_beside", path=path, beside=beside.name)
        except FileNotFoundError:
            continue


def check_writable(path: Path) -> None:
    """Raise BrokenStore where this person may not write the file, or beside it."""
    if not (allowed(path, os.W_OK) and allowed(path.parent, os.W_OK)):
        raise BrokenStore("store_read_only", path=path)


def set_aside(path: Path) -> Path:
    """Rename `x.roadmap` to `x.damaged-<time>.roadmap`, with what lies beside it; returns the new path.

    Raises BrokenStore where the folder does not allow it.
    """
    try:
        aside = _free_name(path)
        move(path, aside)
    except PermissionError as error:
        raise BrokenStore("store_read_only", path=path) from error
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path) from error
    return aside


def move(path: Path, to: Path) -> None:
    """Give a roadmap's file another name in the same disk, with what lies beside it; raises OSError.

    The commits beside the file belong to it: stopped at any point, they are together under one of the names.
    """
    pairs = [(path.with_name(path.name + end), to.with_name(to.name + end)) for end in BESIDE]
    there = [(old, new) for old, new in reversed(pairs) if old.exists()]
    try:
        for old, new in there:
            os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # a disk without hard links
        for old, new in there:
            old.replace(new)
        return
    _sync_folder(to.parent)
    for old, _ in there:
        old.unlink()
    _sync_folder(path.parent)


def _free_name(path: Path) -> Path:
    time = datetime.now().strftime("%Y%m%d-%H%M%S")
    aside, n = path.with_name(f"{path.stem}.damaged-{time}{path.suffix}"), 1
    while aside.exists():
        n += 1
        aside = path.with_name(f"{path.stem}.damaged-{time}-{n}{path.suffix}")
    return aside
