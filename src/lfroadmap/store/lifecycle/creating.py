"""Making a roadmap's file, in one piece or not at all, and giving it an inode of its own."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.store.folder import companions
from lfroadmap.store.folder.locking import working
from lfroadmap.store.folder.notices import Notify, ignore, notice
from lfroadmap.store.folder.renaming import sync_folder
from lfroadmap.store.lifecycle import moving
from lfroadmap.store.sqlite import disk, file_format

if sys.platform != "win32":
    import fcntl

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_SHARED_LOCK = (510, 0x40000002)
"""Length and start of the bytes that SQLite locks in a file while it has it open."""


def create(path: Path, roadmap: Roadmap, notify: Notify = ignore) -> None:
    """Make the file of a new roadmap, whole or not at all; FileExistsError where there is one.

    Raises SaveFailed, BrokenStore or an OSError, where the disk does not take it.
    """
    if os.path.lexists(path):
        raise FileExistsError(path)
    with working(path.parent), making(path, companions.NEW) as draft:
        file_format.create(draft, *_first(roadmap))
        moving.publish(draft, path, notify)


def create_instead(path: Path, roadmap: Roadmap, say: moving.Say) -> None:
    """Make a new roadmap in the place of a damaged file, which is put aside; `say` is told where that is."""
    path = companions.real(path)
    with working(path.parent, exclusive=True), making(path, companions.NEW) as draft:
        file_format.create(draft, *_first(roadmap))
        moving.put_aside(path, draft, say)


def _first(roadmap: Roadmap) -> tuple[bytes, str]:
    """What the file of a new roadmap begins with: an update that holds everything, and the plain copy."""
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - only the first time

    roadmap = storable(roadmap)
    document = Document()
    document.fill(roadmap)
    return document.whole(), dump(roadmap)


@contextmanager
def making(path: Path, kind: str) -> Iterator[Path]:
    """A draft beside a file; what is left of it is cleared. Tells the disk's troubles as SaveFailed."""
    draft = companions.draft(path, kind)
    try:
        yield draft
    except SaveFailed as error:
        key = "create_full" if error.key == "save_full" else "create_failed"
        raise SaveFailed(key, path=path, reason=error.facts["reason"]) from error
    except FileExistsError:
        raise
    except OSError as error:
        key = "create_full" if error.errno in _NO_SPACE else "create_failed"
        raise SaveFailed(key, path=path, reason=error.strerror) from error
    finally:
        moving.clear(draft)


def make_own(path: Path, notify: Notify) -> None:
    """Give a file that has other names (hard links) an inode of its own, before it is written to.

    Under each name SQLite would keep a log of its own, and one would undo what the other wrote. Raises
    BrokenStore where it is open under another name, or the disk does not take the copy.
    """
    try:
        with working(path.parent), making(path, companions.COPY) as draft, path.open("r+b") as source:
            _lock(source.fileno(), path)
            notify(notice("own_file", path=path))
            copy(source.fileno(), draft)
            draft.replace(path)
            sync_folder(path.parent)
    except SaveFailed as error:
        key = "store_full" if error.key == "create_full" else "store_unreadable"
        raise BrokenStore(key, path=path) from error


def _lock(handle: int, path: Path) -> None:
    """Hold off all others that have the file open with SQLite, until it is closed."""
    if sys.platform == "win32":
        return
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SHARED_LOCK)
    except OSError as error:
        raise BrokenStore("store_in_use", path=path) from error


def copy(source: int, draft: Path) -> None:
    """Copy an open file byte by byte, with its permissions and times; durable when this returns."""
    held = os.fstat(source)
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, disk.PRIVATE), "wb") as file:
        with os.fdopen(source, "rb", closefd=False) as bytes_of:
            shutil.copyfileobj(bytes_of, file)
        file.flush()
        os.fsync(file.fileno())
    keep_access(draft, held)
    os.utime(draft, ns=(held.st_atime_ns, held.st_mtime_ns))


def keep_access(draft: Path, held: os.stat_result) -> None:
    """Let those read and write the new file who could read and write the one before, and nobody else."""
    if sys.platform != "win32" and (held.st_uid, held.st_gid) != (draft.stat().st_uid, draft.stat().st_gid):
        with suppress(PermissionError):  # only root may give a file away; it stays this person's own
            os.chown(draft, held.st_uid, held.st_gid)
    draft.chmod(stat.S_IMODE(held.st_mode))
