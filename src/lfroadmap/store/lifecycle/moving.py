"""Moving roadmaps' files: a kill at any point leaves one name, or renames that the next start finishes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.store.folder import companions, noted_renames
from lfroadmap.store.folder.locking import lock_folders
from lfroadmap.store.folder.notices import Notify, ignore, notice
from lfroadmap.store.folder.renaming import rename_exclusive, sync_folder
from lfroadmap.store.presence import peers
from lfroadmap.store.sqlite import disk, file_format

if sys.platform != "win32":
    import fcntl

ReportPath = Callable[[Path], None]
_INDEX_LOCK = (1, 128)
"""The byte that SQLite locks in the index of the log while it has the file open."""


def _ignore(_: Path) -> None:
    """Do nothing."""


def delete_temporary(temp: Path) -> None:
    """Delete a temporary file with its companions, itself last."""
    for end in (*companions.ENDS, ""):
        companions.companion(temp, end).unlink(missing_ok=True)


def publish(temp: Path, path: Path, notify: Notify = ignore) -> None:
    """Give a finished file its name; FileExistsError where it is taken, raises OSError.

    A stray log under that name would be taken for the new file's: it is set aside.
    """
    if os.path.lexists(path):
        raise FileExistsError(path)
    set_stray_logs_aside(path, notify)
    rename_exclusive(temp, path)
    sync_folder(path.parent)


def set_stray_logs_aside(path: Path, notify: Notify) -> None:
    """Set companions of a missing file aside; raises BrokenStore where a window has it open."""
    if not any(os.path.lexists(companions.companion(path, end)) for end in companions.ENDS):
        return
    if in_use(path):
        raise BrokenStore("store_in_use", path=path)
    for end in companions.ENDS:
        set_log_aside(path, end, notify)


def set_log_aside(path: Path, end: str, notify: Notify) -> Path | None:
    """Rename a companion, so that it is not taken for the file's own; an empty log or an index is deleted."""
    log = companions.companion(path, end)
    try:
        status = log.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISREG(status.st_mode) and (end == "-shm" or status.st_size == 0):
        log.unlink()
        return None
    aside = companions.companion(companions.damaged_path(path), end)
    notify(notice("log_aside", path=path, aside=aside))
    rename_exclusive(log, aside)
    sync_folder(path.parent)
    return aside


def in_use(path: Path) -> bool:
    """True if a program has the file open: a visible window, or SQLite in any other process."""
    return bool(peers(path)) or _is_open_in_sqlite(path)


def _is_open_in_sqlite(path: Path) -> bool:
    """True if another process uses the index of the log, which SQLite then keeps locked."""
    if sys.platform == "win32" or companions.is_irregular(companions.companion(path, "-shm")):
        return False
    try:
        handle = os.open(companions.companion(path, "-shm"), os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:  # cannot be opened: it may be in use
        return True
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, *_INDEX_LOCK)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def set_aside(path: Path) -> Path:
    """Rename `x.roadmap` to `x.damaged-<time>.roadmap`, with its companions; returns the new path.

    Raises BrokenStore where the folder does not allow it.
    """
    path = companions.resolve_link(path)
    with lock_folders(path.parent, exclusive=True):
        return set_aside_locked(path)


def set_aside_locked(path: Path, replacement: Path | None = None, report: ReportPath = _ignore) -> Path:
    """As `set_aside`, with a finished file put in its place; `report` is called with the old file's new path.

    The caller has locked the folder. `report` must not raise OSError.
    """
    aside = companions.damaged_path(path)
    with _raising_broken_store(path):
        renames = _renames_with_logs(path, aside)
        if replacement:
            renames.insert(len(companions.logs(path)) + 1, noted_renames.noted_rename(replacement, path))
        noted_renames.carry_out(path, renames, lambda: report(aside))
    return aside


def set_foreign_log_aside(path: Path, report: ReportPath) -> None:
    """Set the log beside a file aside; `report` gets its new path. The caller has locked the folder."""
    log, aside = (
        companions.companion(path, "-wal"),
        companions.companion(companions.damaged_path(path), "-wal"),
    )
    with _raising_broken_store(path):
        set_log_aside(path, "-shm", ignore)
        noted_renames.carry_out(path, [noted_renames.noted_rename(log, aside)], lambda: report(aside))


@contextmanager
def _raising_broken_store(path: Path) -> Iterator[None]:
    """Raise what the folder does not allow as BrokenStore."""
    try:
        yield
    except PermissionError as error:
        raise BrokenStore("store_read_only", path=path) from error
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path, reason=error.strerror) from error


def _renames_with_logs(path: Path, to: Path) -> list[noted_renames.NotedRename]:
    """The renames of a file and its logs; the index of the log is deleted."""
    logs = [
        noted_renames.noted_rename(companions.companion(path, end), companions.companion(to, end))
        for end in companions.logs(path)
    ]
    index = companions.companion(path, "-shm")
    deletions = [noted_renames.noted_rename(index, None)] if os.path.lexists(index) else []
    return [*logs, noted_renames.noted_rename(path, to), *deletions]


def move(path: Path, to: Path, notify: Notify = ignore) -> None:
    """Rename a roadmap's file on the same disk; FileExistsError where the name is taken.

    The log of a sound file is checkpointed first, so that one rename is enough; a damaged file is moved with
    its companions, in noted renames. Raises BrokenStore where it is open, OSError. The caller has locked
    the folders.
    """
    if os.path.lexists(to):
        raise FileExistsError(to)
    if path.is_symlink():
        _make_link_absolute(path)
    else:
        _checkpoint(path)
    set_stray_logs_aside(to, notify)
    noted_renames.carry_out(
        path, [noted_renames.noted_rename(path, to)] if path.is_symlink() else _renames_with_logs(path, to)
    )


def delete(paths: Sequence[Path]) -> None:
    """Delete files with their companions, all or none; raises OSError. The caller has locked the folder."""
    files = [companions.companion(path, end) for path in paths for end in ("", *companions.ENDS)]
    if files:
        noted_renames.carry_out(
            paths[0], [noted_renames.noted_rename(file, None) for file in files if os.path.lexists(file)]
        )


def _make_link_absolute(link: Path) -> None:
    """Make a symbolic link absolute, so that it still leads to its file from another folder."""
    target = link.readlink()
    if not target.is_absolute():
        temp = companions.temp_path(link, companions.COPY)
        temp.symlink_to(os.path.normpath(link.parent / target))
        temp.replace(link)


def _checkpoint(path: Path) -> None:
    """Checkpoint the log of a sound file into it; a damaged one is left as it is."""
    if not any(os.path.lexists(companions.companion(path, end)) for end in companions.ENDS):
        return
    if in_use(path):
        raise BrokenStore("store_in_use", path=path)
    try:
        file_format.inspect(path, thorough=True)
        disk.checkpoint(path)
    except BrokenStore:  # damaged, or the disk is full: it is moved with its log, and nothing is lost
        return
    if companions.logs(path):
        raise BrokenStore("store_in_use", path=path)
