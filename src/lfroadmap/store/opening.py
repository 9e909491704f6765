"""Making a roadmap's file, bringing an older one up to date, and reading what is needed to open it."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.store import disk
from lfroadmap.store.disk import Connection
from lfroadmap.store.rows import APPLICATION, FIRST, STEPS, VERSION, Opened, checksum
from lfroadmap.store.tables import are_ours, updates

_CHECKED = 16_000_000
"""Bytes up to which a whole file is checked when it is opened; it takes about a millisecond a megabyte."""


def create(path: Path, update: bytes, view: str, seq: int = 1) -> None:
    """Make a file with its first update; SaveFailed where the disk does not take it."""
    with disk.telling(path), closing(disk.connect_new(path)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION}")
        with disk.transaction(db):
            run(db, FIRST)
            for step in STEPS.values():
                run(db, step)
            db.execute(f"PRAGMA user_version={VERSION}")
            db.execute(
                "INSERT INTO updates VALUES(?, ?, '', ?, ?)", (seq, _now(), update, checksum(seq, update))
            )
            db.execute("INSERT INTO view VALUES(1, ?, ?, ?)", (seq, view, checksum(seq, view)))


def run(db: Connection, statements: str) -> None:
    """Run several statements in the transaction that is open; none of them holds a semicolon."""
    for statement in statements.split(";"):
        db.execute(statement)


def look(path: Path, *, thoroughly: bool, whatever_its_size: bool = False) -> Opened:
    """What the file at `path` holds, read without writing to it; raises BrokenStore.

    A thorough look refuses a file with damage anywhere, and not only in what it gives back; a large file is
    looked through only if told so. A file of a
    newer version is read as far as it is understood.
    """
    try:
        with disk.reading(path) as db:
            version = _version(db, path)
            # of what a newer version has put into it nobody knows how long it takes
            if thoroughly and version <= VERSION and (whatever_its_size or path.stat().st_size <= _CHECKED):
                _check(db, path)
            return _held(db, path, version)
    except BrokenStore as error:
        if error.key == "store_full" and not disk.has_log(path):
            return _look_at_full_disk(path)
        if error.key == "store_damaged" and _is_newer(path):
            raise BrokenStore("store_newer", path=path) from error
        raise


def _is_newer(path: Path) -> bool:
    """Whether what cannot be understood is so because it is of a later version."""
    try:
        with disk.reading(path) as db:
            (version,) = db.execute("PRAGMA user_version").fetchone()
            (application,) = db.execute("PRAGMA application_id").fetchone()
    except BrokenStore:
        return False
    return int(version) > VERSION and application == APPLICATION


def _check(db: Connection, path: Path) -> None:
    (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise BrokenStore("store_damaged", path=path)


def _look_at_full_disk(path: Path) -> Opened:
    """Read without the small files that SQLite puts beside; edits will wait until there is space."""
    with disk.reading_unchanging(path) as db:
        return look_in(db, path)


def look_in(db: Connection, path: Path) -> Opened:
    """What a file holds, in the transaction that is open; raises BrokenStore."""
    return _held(db, path, _version(db, path))


def _version(db: Connection, path: Path) -> int:
    """The version of a file that has our tables; raises BrokenStore for any other."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise BrokenStore("store_foreign", path=path)
    if version < 1 or not are_ours(db, version):
        raise BrokenStore("store_damaged", path=path)
    return int(version)


def _held(db: Connection, path: Path, version: int) -> Opened:
    rows = updates(db, path)
    if not rows:
        raise BrokenStore("store_damaged", path=path)
    seq = rows[-1][0]
    view = db.execute("SELECT data, sum FROM view WHERE seq = ?", (seq,)).fetchone()
    current = view is not None and checksum(seq, view[0]) == view[1]
    all_of_it = tuple(data for _, data in rows)
    return Opened(seq, view[0] if current else None, all_of_it, version)


def _now() -> int:
    return time.time_ns() // 1_000_000
