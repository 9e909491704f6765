"""Making a roadmap's file, bringing an older one up to date, and reading what is needed to open it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.sqlite import disk, roadmap_file
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import APPLICATION, FIRST, STEPS, VERSION, Opened, checksum
from lfroadmap.store.sqlite.loading import roadmap_of
from lfroadmap.store.sqlite.tables import are_ours, updates

_CHECKED = 16_000_000
"""Bytes up to which a whole file is checked when it is opened; it takes about a millisecond a megabyte."""


def _empty(_: Connection) -> None:
    """Put nothing more into a new file."""


def create(
    path: Path, update: bytes, view: str, seq: int = 1, fill: Callable[[Connection], None] = _empty
) -> None:
    """Make a file with its first update and what `fill` writes, in one transaction.

    Raises SaveFailed, or an OSError, where the disk does not take it.
    """
    with disk.telling(path), closing(disk.connect_new(path)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION}")
        with disk.transaction(db):
            run(db, FIRST)
            for step in STEPS.values():
                run(db, step)
            db.execute(f"PRAGMA user_version={VERSION}")
            db.execute(
                "INSERT INTO updates VALUES(?, ?, '', ?, ?)",
                (seq, milliseconds_now(), update, checksum(seq, update)),
            )
            db.execute("INSERT INTO view VALUES(1, ?, ?, ?)", (seq, view, checksum(seq, view)))
            fill(db)


def run(db: Connection, statements: str) -> None:
    """Run several statements in the transaction that is open; none of them holds a semicolon."""
    for statement in statements.split(";"):
        db.execute(statement)


def read(path: Path) -> Roadmap:
    """The roadmap in a file that need not be writable, nor sound in its other parts; raises BrokenStore."""
    roadmap_file.check(path)
    return roadmap_of(look(path, thoroughly=False), path)


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
            opened = _contents(db, path, version)
            if disk.has_log(path) and not _goes_on(path, opened, db):
                raise BrokenStore("store_foreign_log", path=path)
            return opened
    except BrokenStore as error:
        if error.key == "store_full" and not disk.has_log(path):
            return look_alone(path)
        if error.key in ("store_damaged", "store_foreign") and disk.has_log(path) and _sound_alone(path):
            raise BrokenStore("store_foreign_log", path=path) from error
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


def look_alone(path: Path) -> Opened:
    """What the file alone holds, read without what SQLite keeps beside it; raises BrokenStore."""
    with disk.reading_unchanging(path) as db:
        return look_in(db, path)


def _goes_on(path: Path, opened: Opened, db: Connection) -> bool:
    """Whether the log beside a file goes on where the file ends, as only its own does.

    The log of another file, which was left under this name, hides what the file holds behind pages of its
    own. Where the file alone is not sound, as after a kill while the log was worked in, the log counts.
    """
    try:
        with disk.reading_unchanging(path) as alone:
            last = _row(alone, "(SELECT max(seq) FROM updates)")
    except BrokenStore:
        return True
    if last is None or _row(db, str(last[0])) == last:
        return True
    alone_id = _sound_alone(path)
    if alone_id is None:
        return True
    (first,) = db.execute("SELECT min(seq) FROM updates").fetchone()
    return bool(first >= last[0]) and roadmap_of(opened, path).id == alone_id  # folded since


def _row(db: Connection, number: str) -> tuple[int, int, str, int] | None:
    row: tuple[int, int, str, int] | None = db.execute(
        f"SELECT seq, at, session, sum FROM updates WHERE seq = {number}"
    ).fetchone()
    return row


def _sound_alone(path: Path) -> str | None:
    """The id of the roadmap in the file alone; None where that is not sound, or is being written to."""
    before = path.stat()
    try:
        with disk.reading_unchanging(path) as db:
            _check(db, path)
            found = roadmap_of(look_in(db, path), path).id
    except BrokenStore:
        return None
    after = path.stat()
    return found if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) else None


def look_in(db: Connection, path: Path) -> Opened:
    """What a file holds, in the transaction that is open; raises BrokenStore."""
    return _contents(db, path, _version(db, path))


def _version(db: Connection, path: Path) -> int:
    """The version of a file that has our tables; raises BrokenStore for any other."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise BrokenStore("store_foreign", path=path)
    if version < 1 or not are_ours(db, version):
        raise BrokenStore("store_damaged", path=path)
    return int(version)


def _contents(db: Connection, path: Path, version: int) -> Opened:
    rows = updates(db, path)
    if not rows:
        raise BrokenStore("store_damaged", path=path)
    seq = rows[-1][0]
    view = db.execute("SELECT data, sum FROM view WHERE seq = ?", (seq,)).fetchone()
    current = view is not None and checksum(seq, view[0]) == view[1]
    data = tuple(data for _, data in rows)
    return Opened(seq, view[0] if current else None, data, version)
