"""How the files are reached: connections that leave alone what they should, and errors told as ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.paths import absolute
from lfroadmap.store.folder.companions import beside, real
from lfroadmap.store.sqlite.errors import BROKEN, FAILED, THE_DISK, allowed

PAGE = 4096
"""Bytes of a page; every roadmap's file has this size of page."""
PRIVATE = 0o600
"""Permissions of a new file; SQLite gives the same to what it keeps beside."""
WAIT = 2.0
"""Seconds to wait for another window's transaction."""
SPARE = 1_000_000
"""Bytes by which a value that is read may be longer than the file that it is read out of."""
_STEPS, _STEPS_A_BYTE = 20_000_000, 10
"""Steps of SQLite's machine that one look may take, and how many more for each byte of the file.

Looking through all rows several times takes a tenth of it; what a forged file begins may never end.
"""
_STRIDE = 100_000
Connection = sqlite3.Connection
Reading = AbstractContextManager[Connection]


def connect(path: Path, mode: str) -> Connection:
    """A connection in autocommit; `mode` is what an SQLite URI takes, such as `mode=rw`."""
    return sqlite3.connect(f"{absolute(path).as_uri()}?{mode}", uri=True, timeout=WAIT, isolation_level=None)


def connect_new(path: Path) -> Connection:
    """A connection to a file that is made for it, and that nobody else may read; raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA page_size={PAGE}")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection in one unchanging view of the file, which is not written to; raises BrokenStore."""
    with telling_reader(path), closing(connect_to_read(path)) as db:
        bound(db, path)
        db.execute("BEGIN")
        yield db


@contextmanager
def reading_unchanging(path: Path) -> Iterator[Connection]:
    """As `reading`, without the small files that SQLite puts beside; nobody may be writing meanwhile."""
    with telling_reader(path), closing(connect(path, "mode=ro&immutable=1")) as db:
        bound(db, path)
        db.execute("BEGIN")
        yield db


def bound(db: Connection, path: Path) -> None:
    """Let a connection read no more than there can be in the file, and break off what does not end."""
    size = size_of(path)
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, size + SPARE)
    limit_steps(db, size)
    db.execute("PRAGMA trusted_schema=OFF")


def limit_steps(db: Connection, size: int) -> None:
    """Break off what takes more steps from here on than a file of this size is worth."""
    left = (_STEPS + _STEPS_A_BYTE * size) // _STRIDE

    def spent() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    db.set_progress_handler(spent, _STRIDE)


def size_of(path: Path) -> int:
    """Bytes of the file and of the commits that lie beside it."""
    size = 0
    for part in (path, path.with_name(path.name + "-wal")):
        with suppress(FileNotFoundError):
            size += part.stat().st_size
    return size


@contextmanager
def telling_reader(path: Path) -> Iterator[None]:
    """Tell whatever goes wrong as BrokenStore."""
    try:
        yield
    except sqlite3.Error as error:
        raise BrokenStore(BROKEN.get(name_of(error), "store_damaged"), path=path) from error
    except OSError as error:  # its folder is gone, or may not be searched
        raise BrokenStore("store_unreadable", path=path) from error
    except (TypeError, UnicodeError) as error:  # a damaged row may hold anything
        raise BrokenStore("store_damaged", path=path) from error


def connect_to_read(path: Path) -> Connection:
    """A connection that leaves the file and what lies beside it as they are.

    A log that was left beside the file would be worked into it by the last writer to close: only a
    read-only connection does not. Without one, a read-only connection would leave an empty one behind.
    Where this person may not write, one leaves nothing only if it takes the file for unchanging, which it is
    not while another program has it open.
    """
    path = real(path)
    if has_log(path) or (beside(path, "-wal").exists() and beside(path, "-shm").exists()):
        return connect(path, "mode=ro")
    writable = allowed(path, os.W_OK) and allowed(path.parent, os.W_OK)
    return connect(path, "mode=rw" if writable else "mode=ro&immutable=1")


def has_log(path: Path) -> bool:
    """Whether commits lie beside the file that are not in it."""
    try:
        return beside(real(path), "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def work_in(path: Path) -> None:
    """Bring what lies beside a file into it, so that nothing is beside it unless it is open elsewhere.

    Raises BrokenStore.
    """
    with telling_reader(path), closing(connect(path, "mode=rw")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()


def name_of(error: sqlite3.Error) -> str:
    """The error's primary name: `SQLITE_IOERR` for `SQLITE_IOERR_WRITE`; empty where it has none."""
    name: str = getattr(error, "sqlite_errorname", "")
    # the index of the log could not grow: the one shortage of space that has another name
    return "SQLITE_FULL" if name == "SQLITE_IOERR_SHMSIZE" else "_".join(name.split("_")[:2])


@contextmanager
def telling(path: Path, other: str = "") -> Iterator[None]:
    """Tell the disk's troubles as SaveFailed; what is wrong with an edit itself passes as it is.

    With `other`, whatever else SQLite says is told too, under that key: where no edit is at work.
    """
    try:
        yield
    except sqlite3.Error as error:
        key = FAILED.get(name_of(error), "save_failed" if name_of(error) in THE_DISK else other)
        if not key:
            raise
        raise SaveFailed(key, path=path, reason=error) from error


@contextmanager
def transaction(db: Connection) -> Iterator[None]:
    """All or nothing; what was written is durable when it ends."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise
