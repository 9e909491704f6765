"""Several renames that belong together, noted in the folder first, so that the next start can finish them."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from lfroadmap.store.folder import companions
from lfroadmap.store.folder.renaming import rename_exclusive, sync_folder

_MAX_BYTES = 10_000_000
"""Maximal number of bytes of a note; enough for a trash of many thousands."""


class NotedRename(NamedTuple):
    """A rename or a deletion of a file."""

    old: Path
    new: Path | None
    """None: the file is deleted."""
    inode: int
    """Identifies the file, so that another one under its old name is left alone."""


def noted_rename(old: Path, new: Path | None) -> NotedRename:
    """The rename of an existing file; raises OSError."""
    return NotedRename(old, new, old.lstat().st_ino)


def _ignore() -> None:
    """Do nothing."""


def carry_out(path: Path, renames: Sequence[NotedRename], on_done: Callable[[], None] = _ignore) -> None:
    """Do the renames, all or none; raises OSError. Deletions come last.

    `path` is the file in question: the note lies beside it. `on_done` is called when all is done, and
    before the note is deleted, so that after a kill the next start calls it.
    """
    if len(renames) < 2 and on_done is _ignore:
        for rename in renames:
            _rename(rename)
        _sync(renames)
        return
    note = companions.temp_path(path, companions.RENAMES)
    try:
        _write(note, renames)
    except OSError:
        note.unlink(missing_ok=True)
        raise
    _all_or_none(note, renames)
    _sync(renames)
    on_done()
    note.unlink()


def finish(note: Path, folders: Sequence[Path], on_done: Callable[[Sequence[NotedRename]], None]) -> None:
    """Finish noted renames; raises OSError. Only files in `folders` are touched.

    `on_done` is called before the note is deleted, with all renames that are done now.

    A note that was not written completely was never started, and is only deleted.
    """
    renames = _read(note, folders)
    for rename in renames:
        if _is_there(rename):
            _rename(rename)
    _sync(renames)
    finished = [rename for rename in renames if os.path.lexists(rename.new or rename.old) == bool(rename.new)]
    if finished:
        on_done(finished)
    note.unlink()


def _is_there(rename: NotedRename) -> bool:
    try:
        return rename.old.lstat().st_ino == rename.inode
    except FileNotFoundError:
        return False


def _rename(rename: NotedRename) -> None:
    if rename.new is None:
        rename.old.unlink()
    else:
        rename_exclusive(rename.old, rename.new)


def _all_or_none(note: Path, renames: Sequence[NotedRename]) -> None:
    finished: list[NotedRename] = []
    try:
        for rename in renames:
            _rename(rename)
            finished.append(rename)
    except OSError:
        for rename in reversed(finished):
            if rename.new is not None:
                rename_exclusive(rename.new, rename.old)
        note.unlink()
        raise


def _sync(renames: Sequence[NotedRename]) -> None:
    for folder in sorted(
        {path.parent for rename in renames for path in (rename.old, rename.new) if path is not None}
    ):
        sync_folder(folder)


def _write(note: Path, renames: Sequence[NotedRename]) -> None:
    rows = [
        (
            os.path.relpath(rename.old, note.parent),
            rename.new and os.path.relpath(rename.new, note.parent),
            rename.inode,
        )
        for rename in renames
    ]
    with os.fdopen(os.open(note, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(json.dumps(rows).encode("ascii"))
        file.flush()
        os.fsync(file.fileno())
    sync_folder(note.parent)


def _read(note: Path, folders: Sequence[Path]) -> list[NotedRename]:
    """The renames of a note; none of an incomplete one. Raises OSError where it names files elsewhere."""
    if note.stat().st_size > _MAX_BYTES:
        return []
    try:
        rows = json.loads(note.read_bytes())
        renames = [
            NotedRename(_path(old, note), new and _path(new, note), int(inode)) for old, new, inode in rows
        ]
    except (ValueError, TypeError, OverflowError, RecursionError):  # truncated, or not ours
        return []
    paths = [path for rename in renames for path in (rename.old, rename.new) if path is not None]
    if not all(path.parent in folders for path in paths):
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM), str(note))
    return renames


def _path(name: str, note: Path) -> Path:
    return Path(os.path.normpath(note.parent / name))
