"""Several renames that belong together: noted in the folder first, so that the next start can finish them."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from lfroadmap.store.folder import companions
from lfroadmap.store.folder.renaming import rename_to_free, sync_folder

_LARGEST = 10_000_000
"""Bytes of a note; a bin of many thousands fits."""


class NotedRename(NamedTuple):
    """A file that gets another name, or is deleted."""

    old: Path
    new: Path | None
    """None: the file is deleted."""
    inode: int
    """By which the file is known, so that another one under its old name is left alone."""


def step(old: Path, new: Path | None) -> NotedRename:
    """The step for a file that is there; raises OSError."""
    return NotedRename(old, new, old.lstat().st_ino)


def _nothing() -> None:
    """Say nothing."""


def carry_out(path: Path, steps: Sequence[NotedRename], say: Callable[[], None] = _nothing) -> None:
    """Do the steps, all of them or none; raises OSError. Deletions stand last.

    `path` is the file that they are about: the note lies beside it. `say` is called when all is done, and
    before the note goes, so that after a kill the next start says it.
    """
    if len(steps) < 2 and say is _nothing:
        for one in steps:
            _do(one)
        _sync(steps)
        return
    note = companions.draft(path, companions.STEPS)
    try:
        _write(note, steps)
    except OSError:
        note.unlink(missing_ok=True)
        raise
    _all_or_none(note, steps)
    _sync(steps)
    say()
    note.unlink()


def finish(note: Path, folders: Sequence[Path], say: Callable[[Sequence[NotedRename]], None]) -> None:
    """Do what is left of noted steps; raises OSError. Only files in `folders` are touched.

    `say` is called before the note goes, with those that were done now or before.

    A note that was not written to its end was never begun on, and only goes away.
    """
    steps = _read(note, folders)
    for one in steps:
        if _is_there(one):
            _do(one)
    _sync(steps)
    done = [one for one in steps if os.path.lexists(one.new or one.old) == bool(one.new)]
    if done:
        say(done)
    note.unlink()


def _is_there(one: NotedRename) -> bool:
    try:
        return one.old.lstat().st_ino == one.inode
    except FileNotFoundError:
        return False


def _do(one: NotedRename) -> None:
    if one.new is None:
        one.old.unlink()
    else:
        rename_to_free(one.old, one.new)


def _all_or_none(note: Path, steps: Sequence[NotedRename]) -> None:
    done: list[NotedRename] = []
    try:
        for one in steps:
            _do(one)
            done.append(one)
    except OSError:
        for one in reversed(done):
            if one.new is not None:
                rename_to_free(one.new, one.old)
        note.unlink()
        raise


def _sync(steps: Sequence[NotedRename]) -> None:
    for folder in sorted({path.parent for one in steps for path in (one.old, one.new) if path is not None}):
        sync_folder(folder)


def _write(note: Path, steps: Sequence[NotedRename]) -> None:
    rows = [
        (os.path.relpath(one.old, note.parent), one.new and os.path.relpath(one.new, note.parent), one.inode)
        for one in steps
    ]
    with os.fdopen(os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(json.dumps(rows).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(note.parent)


def _read(note: Path, folders: Sequence[Path]) -> list[NotedRename]:
    """The steps of a note; none of one that is not whole. Raises OSError where it names what is elsewhere."""
    if note.stat().st_size > _LARGEST:
        return []
    try:
        rows = json.loads(note.read_bytes())
        steps = [
            NotedRename(_path(old, note), new and _path(new, note), int(inode)) for old, new, inode in rows
        ]
    except (ValueError, TypeError, OverflowError, RecursionError):  # cut off, or none of ours
        return []
    paths = [path for one in steps for path in (one.old, one.new) if path is not None]
    if not all(path.parent in folders for path in paths):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(note))
    return steps


def _path(name: str, note: Path) -> Path:
    return Path(os.path.normpath(note.parent / name))
