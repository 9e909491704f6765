"""Moving roadmaps' files: a kill at any point leaves one name, or steps that the next start finishes."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.store.folder import companions, noted_renames
from lfroadmap.store.folder.locking import working
from lfroadmap.store.folder.notices import Notify, ignore, notice
from lfroadmap.store.folder.renaming import rename_to_free, sync_folder
from lfroadmap.store.presence import peers
from lfroadmap.store.sqlite import disk, file_format

if sys.platform != "win32":
    import fcntl

Say = Callable[[Path], None]
_INDEX_LOCK = (1, 128)
"""The byte that SQLite locks in the index of the log while it has the file open."""


def _nobody(_: Path) -> None:
    """Say nothing."""


def clear(draft: Path) -> None:
    """Delete what is left of a file that was being made, and the file itself last."""
    for end in (*companions.ENDS, ""):
        companions.beside(draft, end).unlink(missing_ok=True)


def publish(draft: Path, path: Path, notify: Notify = ignore) -> None:
    """Give a finished file its name; FileExistsError where another has it, raises OSError.

    A log that lies there without a file would be taken for the new one's: it is put aside.
    """
    if os.path.lexists(path):
        raise FileExistsError(path)
    clear_way(path, notify)
    rename_to_free(draft, path)
    sync_folder(path.parent)


def clear_way(path: Path, notify: Notify) -> None:
    """Put aside what lies beside a name that no file has; raises BrokenStore where a window has it open."""
    if not any(os.path.lexists(companions.beside(path, end)) for end in companions.ENDS):
        return
    if in_use(path):
        raise BrokenStore("store_in_use", path=path)
    for end in companions.ENDS:
        put_log_aside(path, end, notify)


def put_log_aside(path: Path, end: str, notify: Notify) -> Path | None:
    """Rename what lies beside a file, so that it is not taken for its own; an empty log or an index goes."""
    log = companions.beside(path, end)
    try:
        held = log.lstat()
    except FileNotFoundError:
        return None
    if stat.S_ISREG(held.st_mode) and (end == "-shm" or held.st_size == 0):
        log.unlink()
        return None
    aside = companions.beside(companions.free_aside(path), end)
    notify(notice("log_aside", path=path, aside=aside))
    rename_to_free(log, aside)
    sync_folder(path.parent)
    return aside


def in_use(path: Path) -> bool:
    """Whether a program has the file open: a window that shows itself, or SQLite in any other process."""
    return bool(peers(path)) or _is_mapped(path)


def _is_mapped(path: Path) -> bool:
    """Whether another process uses the index of the log, which SQLite then holds locked."""
    if sys.platform == "win32" or companions.is_odd(companions.beside(path, "-shm")):
        return False
    try:
        handle = os.open(companions.beside(path, "-shm"), os.O_RDWR | os.O_NONBLOCK | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    except OSError:  # what cannot be looked at may be in use
        return True
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, *_INDEX_LOCK)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False


def set_aside(path: Path) -> Path:
    """Rename `x.roadmap` to `x.damaged-<time>.roadmap`, with what lies beside it; returns the new path.

    Raises BrokenStore where the folder does not allow it.
    """
    path = companions.real(path)
    with working(path.parent, exclusive=True):
        return put_aside(path)


def put_aside(path: Path, instead: Path | None = None, say: Say = _nobody) -> Path:
    """As `set_aside`, with a finished file put in its place; `say` is called with where the old one is.

    The caller holds the folder. What goes wrong in `say` must not come out of it as an OSError.
    """
    aside = companions.free_aside(path)
    with _telling(path):
        todo = _with_logs(path, aside)
        if instead:
            todo.insert(len(companions.logs(path)) + 1, noted_renames.step(instead, path))
        noted_renames.carry_out(path, todo, lambda: say(aside))
    return aside


def put_foreign_log_aside(path: Path, say: Say) -> None:
    """Put the log that lies beside a file aside; `say` is called with its new path. The caller as above."""
    log, aside = companions.beside(path, "-wal"), companions.beside(companions.free_aside(path), "-wal")
    with _telling(path):
        put_log_aside(path, "-shm", ignore)
        noted_renames.carry_out(path, [noted_renames.step(log, aside)], lambda: say(aside))


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell what the folder does not allow as BrokenStore."""
    try:
        yield
    except PermissionError as error:
        raise BrokenStore("store_read_only", path=path) from error
    except OSError as error:
        raise BrokenStore("store_unreadable", path=path, reason=error.strerror) from error


def _with_logs(path: Path, to: Path) -> list[noted_renames.NotedRename]:
    """The steps that give a file and the logs beside it another name; the index of the log goes."""
    moved = [
        noted_renames.step(companions.beside(path, end), companions.beside(to, end))
        for end in companions.logs(path)
    ]
    index = companions.beside(path, "-shm")
    gone = [noted_renames.step(index, None)] if os.path.lexists(index) else []
    return [*moved, noted_renames.step(path, to), *gone]


def move(path: Path, to: Path, notify: Notify = ignore) -> None:
    """Give a roadmap's file another name in the same disk; FileExistsError where that is taken.

    What lies beside a sound file is brought into it first, so that one rename is all; a damaged one is moved
    with what lies beside it, in noted steps. Raises BrokenStore where it is open, OSError. The caller holds
    the folders.
    """
    if os.path.lexists(to):
        raise FileExistsError(to)
    if path.is_symlink():
        _point_from_everywhere(path)
    else:
        _bring_in(path)
    clear_way(to, notify)
    noted_renames.carry_out(
        path, [noted_renames.step(path, to)] if path.is_symlink() else _with_logs(path, to)
    )


def delete(paths: Sequence[Path]) -> None:
    """Delete files with what lies beside them, all or none; raises OSError. The caller holds the folder."""
    every = [companions.beside(path, end) for path in paths for end in ("", *companions.ENDS)]
    if every:
        noted_renames.carry_out(
            paths[0], [noted_renames.step(one, None) for one in every if os.path.lexists(one)]
        )


def _point_from_everywhere(link: Path) -> None:
    """Let a symbolic link name its file in full, so that it still leads there from another folder."""
    target = link.readlink()
    if not target.is_absolute():
        fresh = companions.draft(link, companions.COPY)
        fresh.symlink_to(os.path.normpath(link.parent / target))
        fresh.replace(link)


def _bring_in(path: Path) -> None:
    """Work what lies beside a sound file into it; a damaged one is left as it is."""
    if not any(os.path.lexists(companions.beside(path, end)) for end in companions.ENDS):
        return
    if in_use(path):
        raise BrokenStore("store_in_use", path=path)
    try:
        file_format.look(path, thoroughly=True)
        disk.work_in(path)
    except BrokenStore:  # damaged, or the disk is full: it is moved as it is, and nothing is lost
        return
    if companions.logs(path):
        raise BrokenStore("store_in_use", path=path)
