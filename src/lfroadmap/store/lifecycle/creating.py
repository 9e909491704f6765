"""Creating a roadmap's file, atomically, and giving it an inode of its own."""

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
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.store.folder import companions
from lfroadmap.store.folder.locking import lock_folders
from lfroadmap.store.folder.notices import Notify, ignore, notice
from lfroadmap.store.folder.renaming import sync_folder
from lfroadmap.store.lifecycle import moving
from lfroadmap.store.sqlite import disk, file_format
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import TeamRoom
from lfroadmap.store.sqlite.loading import dump_view
from lfroadmap.store.sqlite.team_room import insert_rights

if sys.platform != "win32":
    import fcntl

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_SHARED_LOCK = (510, 0x40000002)
"""Length and start of the bytes that SQLite locks in an open file."""


def create(path: Path, roadmap: Roadmap, notify: Notify = ignore) -> None:
    """Create the file of a new roadmap, completely or not at all; FileExistsError where there is one.

    Raises SaveFailed, BrokenStore or an OSError, where the disk does not take it.
    """
    if os.path.lexists(path):
        raise FileExistsError(path)
    with lock_folders(path.parent), temporary_file(path, companions.NEW) as temp:
        file_format.create(temp, *_initial_content(roadmap))
        moving.publish(temp, path, notify)


def create_of_room(
    path: Path, update: bytes, room: TeamRoom, notify: Notify = ignore, *, only_reads: bool = False
) -> None:
    """Create the file of a roadmap of the whole document in a shared room, which it is in from then on.

    `only_reads`: so does the token for the room, and nothing may be changed here.

    Raises as `create`, and ValueError where the update is no roadmap.
    """
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - only the first time

    if os.path.lexists(path):
        raise FileExistsError(path)
    document = Document()
    document.merge(update)
    if not document.is_roadmap or document.lineage != room.lineage:
        raise ValueError("no roadmap, or another one")
    view = dump_view(document.roadmap(), document.left_out)

    def fill(db: Connection) -> None:
        db.execute("INSERT INTO team VALUES(?, ?, ?, ?, ?)", room)
        if only_reads:
            insert_rights(db, room)

    with lock_folders(path.parent), temporary_file(path, companions.NEW) as temp:
        file_format.create(temp, document.full_update(), view, fill=fill)
        moving.publish(temp, path, notify)


def replace_damaged(path: Path, roadmap: Roadmap, report: moving.ReportPath) -> None:
    """Create a new roadmap in the place of a damaged file, which is set aside; `report` gets its new path."""
    path = companions.resolve_link(path)
    with lock_folders(path.parent, exclusive=True), temporary_file(path, companions.NEW) as temp:
        file_format.create(temp, *_initial_content(roadmap))
        moving.set_aside_locked(path, temp, report)


def _initial_content(roadmap: Roadmap) -> tuple[bytes, str]:
    """The first update of a new roadmap's file, with the whole document, and the plain copy."""
    from lfroadmap.store.document.document import Document  # noqa: PLC0415 - only the first time

    roadmap = storable(roadmap)
    document = Document()
    document.fill(roadmap)
    return document.full_update(), dump_view(roadmap, 0)


@contextmanager
def temporary_file(path: Path, kind: str) -> Iterator[Path]:
    """A temporary file beside a file, deleted at the end; disk errors are raised as SaveFailed."""
    temp = companions.temp_path(path, kind)
    try:
        yield temp
    except SaveFailed as error:
        key = "create_full" if error.key == "save_full" else "create_failed"
        raise SaveFailed(key, path=path, reason=error.facts["reason"]) from error
    except FileExistsError:
        raise
    except OSError as error:
        key = "create_full" if error.errno in _NO_SPACE else "create_failed"
        raise SaveFailed(key, path=path, reason=error.strerror) from error
    finally:
        moving.delete_temporary(temp)


def give_own_inode(path: Path, notify: Notify) -> None:
    """Give a file with other names (hard links) an inode of its own, before it is written to.

    Under each name SQLite would keep a separate log, and they would overwrite each other. Raises
    BrokenStore where it is open under another name, or the disk does not take the copy.
    """
    try:
        with (
            lock_folders(path.parent),
            temporary_file(path, companions.COPY) as temp,
            path.open("r+b") as source,
        ):
            _lock_exclusively(source.fileno(), path)
            notify(notice("own_file", path=path))
            copy(source.fileno(), temp)
            temp.replace(path)
            sync_folder(path.parent)
    except SaveFailed as error:
        key = "store_full" if error.key == "create_full" else "store_unreadable"
        raise BrokenStore(key, path=path) from error


def _lock_exclusively(handle: int, path: Path) -> None:
    """Lock out every other process that has the file open with SQLite, until it is closed."""
    if sys.platform == "win32":
        return
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, *_SHARED_LOCK)
    except OSError as error:
        raise BrokenStore("store_in_use", path=path) from error


def copy(source: int, temp: Path) -> None:
    """Copy an open file byte by byte, with its permissions and times; durable when this returns."""
    access = os.fstat(source)
    with os.fdopen(os.open(temp, os.O_CREAT | os.O_EXCL | os.O_WRONLY, disk.PRIVATE), "wb") as file:
        with os.fdopen(source, "rb", closefd=False) as bytes_of:
            shutil.copyfileobj(bytes_of, file)
        file.flush()
        os.fsync(file.fileno())
    copy_access(temp, access)
    os.utime(temp, ns=(access.st_atime_ns, access.st_mtime_ns))


def copy_access(temp: Path, access: os.stat_result) -> None:
    """Give the new file the owner and permissions of the old one."""
    if sys.platform != "win32" and (access.st_uid, access.st_gid) != (temp.stat().st_uid, temp.stat().st_gid):
        with suppress(PermissionError):  # only root may change the owner; the file stays this person's own
            os.chown(temp, access.st_uid, access.st_gid)
    temp.chmod(stat.S_IMODE(access.st_mode))
