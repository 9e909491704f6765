"""Connections to roadmap files, with limits for forged ones and SQLite's errors raised as ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.paths import absolute
from lfroadmap.store.folder.companions import companion, resolve_link
from lfroadmap.store.folder.locking import lacks_locks
from lfroadmap.store.sqlite.errors import DISK_ERRORS, NO_LOCKS, READ_ERRORS, WRITE_ERRORS, has_access

PAGE = 4096
"""Bytes of a page; every roadmap's file has this page size."""
PRIVATE = 0o600
"""Permissions of a new file; SQLite gives its companions the same."""
BUSY_TIMEOUT = 2.0
"""Seconds to wait for another window's transaction."""
SPARE = 1_000_000
"""Bytes by which a value may be longer than the file that it is read from."""
_STEPS_PER_FILE, _STEPS_PER_BYTE = 20_000_000, 10
"""Steps of SQLite's virtual machine that one access may take, and how many more for each byte of the file.

Reading all rows several times takes a tenth of it; a query in a forged file may never end.
"""
_STRIDE = 100_000
Connection = sqlite3.Connection
Reading = AbstractContextManager[Connection]


def connect(path: Path, mode: str) -> Connection:
    """A connection in autocommit; `mode` is a part of an SQLite URI, such as `mode=rw`."""
    return sqlite3.connect(
        f"{absolute(path).as_uri()}?{mode}", uri=True, timeout=BUSY_TIMEOUT, isolation_level=None
    )


def connect_new(path: Path) -> Connection:
    """A connection to a new file that only this user may read; raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA page_size={PAGE}")
    (mode,) = db.execute("PRAGMA journal_mode=WAL").fetchone()
    if mode != "wal":
        db.close()
        raise SaveFailed("save_no_locks", path=path)
    db.execute("PRAGMA synchronous=FULL")
    return db


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection with one consistent view of the file, for reading only; raises BrokenStore."""
    with raising_broken_store(path), closing(connect_to_read(path)) as db:
        limit_reading(db, path)
        db.execute("BEGIN")
        yield db


@contextmanager
def reading_immutable(path: Path) -> Iterator[Connection]:
    """As `reading`, without creating companions; no other process may be writing."""
    with raising_broken_store(path), closing(connect(path, "mode=ro&immutable=1")) as db:
        limit_reading(db, path)
        db.execute("BEGIN")
        yield db


def limit_reading(db: Connection, path: Path) -> None:
    """Limit the size of values to that of the file, and break off endless queries."""
    size = size_of(path)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, size + SPARE)
    limit_steps(db, size)
    db.execute("PRAGMA trusted_schema=OFF")


def limit_steps(db: Connection, size: int) -> None:
    """Break off after more steps than a file of this size needs."""
    left = (_STEPS_PER_FILE + _STEPS_PER_BYTE * size) // _STRIDE

    def is_exhausted() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    db.set_progress_handler(is_exhausted, _STRIDE)


def size_of(path: Path) -> int:
    """Bytes of the file and of its write-ahead log."""
    size = 0
    for part in (str(path), f"{path}-wal"):
        with suppress(FileNotFoundError):
            size += os.stat(part).st_size  # noqa: PTH116 - at each edit, and a path takes longer to make
    return size


@contextmanager
def raising_broken_store(path: Path) -> Iterator[None]:
    """Raise every error of reading as BrokenStore."""
    try:
        yield
    except sqlite3.Error as error:
        raise BrokenStore(READ_ERRORS.get(error_name(error, path), "store_damaged"), path=path) from error
    except OSError as error:  # its folder is gone, or may not be searched
        raise BrokenStore("store_unreadable", path=path) from error
    except (TypeError, UnicodeError) as error:  # a damaged row can have any value
        raise BrokenStore("store_damaged", path=path) from error


def connect_to_read(path: Path) -> Connection:
    """A connection that leaves the file and its companions as they are.

    An existing log would be checkpointed into the file by the last writer to close: only a read-only
    connection does not. Without a log, a read-only connection would leave an empty one behind. Where this
    user may not write, only an immutable connection leaves nothing, and it is wrong while another program
    has the file open.
    """
    path = resolve_link(path)
    if has_wal(path) or (companion(path, "-wal").exists() and companion(path, "-shm").exists()):
        return connect(path, "mode=ro")
    writable = has_access(path, os.W_OK) and has_access(path.parent, os.W_OK)
    return connect(path, "mode=rw" if writable else "mode=ro&immutable=1")


def has_wal(path: Path) -> bool:
    """True if the write-ahead log has commits that the file itself does not have."""
    try:
        return companion(resolve_link(path), "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def checkpoint(path: Path) -> None:
    """Checkpoint the log into the file, so that it has no companions unless it is open elsewhere.

    Raises BrokenStore.
    """
    with raising_broken_store(path), closing(connect(path, "mode=rw")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def error_name(error: sqlite3.Error, path: Path) -> str:
    """The error's primary name: `SQLITE_IOERR` for `SQLITE_IOERR_WRITE`; empty where it has none.

    `SQLITE_NOLOCKS`, which is no name of SQLite's, stands for a disk without locks or shared memory.
    """
    name: str = getattr(error, "sqlite_errorname", "")
    if name in NO_LOCKS or (name.startswith(("SQLITE_BUSY", "SQLITE_CANTOPEN")) and lacks_locks(path)):
        return "SQLITE_NOLOCKS"
    # the index of the log could not grow: the one shortage of space with another name
    return "SQLITE_FULL" if name == "SQLITE_IOERR_SHMSIZE" else "_".join(name.split("_")[:2])


@contextmanager
def raising_save_failed(path: Path, other: str = "") -> Iterator[None]:
    """Raise disk errors as SaveFailed; errors of an edit itself pass unchanged.

    With `other`, all other errors of SQLite are raised as SaveFailed with that key: if no edit is involved.
    """
    try:
        yield
    except sqlite3.Error as error:
        name = error_name(error, path)
        key = WRITE_ERRORS.get(name, "save_failed" if name in DISK_ERRORS else other)
        if not key:
            raise
        raise SaveFailed(key, path=path, reason=error) from error


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """A transaction: all or nothing, and durable when it ends."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
