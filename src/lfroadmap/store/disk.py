"""How the files are reached: connections that leave alone what they should, and errors told as ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.paths import absolute
from lfroadmap.store.pages import PAGE
from lfroadmap.store.troubles import BROKEN, FAILED, THE_DISK, allowed

WAIT = 2.0
"""Seconds to wait for another window's transaction."""
Connection = sqlite3.Connection
Reading = AbstractContextManager[Connection]


def connect(path: Path, mode: str) -> Connection:
    """A connection in autocommit; `mode` is what an SQLite URI takes, such as `mode=rw`."""
    return sqlite3.connect(f"{absolute(path).as_uri()}?{mode}", uri=True, timeout=WAIT, isolation_level=None)


def connect_new(path: Path) -> Connection:
    """A connection to a file that is made if it is not there."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(f"PRAGMA page_size={PAGE}")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    return db


@contextmanager
def reading(path: Path) -> Iterator[Connection]:
    """A connection in one unchanging view of the file, which is not written to; raises BrokenStore."""
    with telling_reader(path), closing(connect_to_read(path)) as db:
        db.execute("BEGIN")
        yield db


@contextmanager
def reading_unchanging(path: Path) -> Iterator[Connection]:
    """As `reading`, without the small files that SQLite puts beside; nobody may be writing meanwhile."""
    with telling_reader(path), closing(connect(path, "mode=ro&immutable=1")) as db:
        db.execute("BEGIN")
        yield db


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
    Where this person may not write, one leaves nothing only if it takes the file for unchanging.
    """
    if has_log(path):
        return connect(path, "mode=ro")
    writable = allowed(path, os.W_OK) and allowed(path.parent, os.W_OK)
    return connect(path, "mode=rw" if writable else "mode=ro&immutable=1")


def has_log(path: Path) -> bool:
    """Whether commits lie beside the file that are not in it."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def name_of(error: sqlite3.Error) -> str:
    """The error's primary name: `SQLITE_IOERR` for `SQLITE_IOERR_WRITE`; empty where it has none."""
    name: str = getattr(error, "sqlite_errorname", "")
    # the index of the log could not grow: the one shortage of space that has another name
    return "SQLITE_FULL" if name == "SQLITE_IOERR_SHMSIZE" else "_".join(name.split("_")[:2])


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Tell the disk's troubles as SaveFailed; what is wrong with an edit itself passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        if name_of(error) not in THE_DISK:
            raise
        raise SaveFailed(FAILED.get(name_of(error), "save_failed"), path=path, reason=error) from error


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
