"""The SQLite file of a roadmap: the updates of its document, the changes told readably, the undo steps.

`updates` holds the document as a log; a snapshot replaces all rows up to its own with one that holds
everything, so that who is behind simply reads on. `view` is a plain copy of the roadmap, for opening
quickly. WAL with synchronous=FULL: what was committed outlives a power cut.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from lfroadmap.errors import BrokenStore, SaveFailed
from lfroadmap.store.rows import APPLICATION, SCHEMA, VERSION, Change, Opened, StepKind, checksum
from lfroadmap.store.troubles import BROKEN, FAILED, THE_DISK, allowed

_WAIT = 2.0
"""Seconds to wait for another window's transaction."""
_CHECKED = 16_000_000
"""Bytes up to which a whole file is checked when it is opened; it takes about a millisecond a megabyte."""


def create(path: Path, update: bytes, view: str) -> None:
    """Make a file with its first update; SaveFailed where the disk does not take it."""
    with _telling(path), closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("BEGIN")
        for statement in SCHEMA.split(";"):
            db.execute(statement)
        seq = _append(db, update, "")
        _write_view(db, seq, view)
        db.execute("COMMIT")


def look(path: Path, *, thoroughly: bool, history: bool = False) -> Opened:
    """What the file at `path` holds, read without writing to it; raises BrokenStore.

    A thorough look refuses a file with damage anywhere, and not only in what it gives back.
    """
    try:
        with closing(_connect_to_read(path)) as db:
            if thoroughly and path.stat().st_size <= _CHECKED:
                _check(db, path)
            return _look(db, path, history)
    except sqlite3.Error as error:
        if _name(error) == "SQLITE_FULL" and not _has_log(path):
            return _look_at_full_disk(path, history)
        raise BrokenStore(BROKEN.get(_name(error), "store_damaged"), path=path) from error
    except UnicodeError as error:
        raise BrokenStore("store_damaged", path=path) from error


def _check(db: sqlite3.Connection, path: Path) -> None:
    (verdict,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise BrokenStore("store_damaged", path=path)


def _look_at_full_disk(path: Path, history: bool) -> Opened:
    """Read without the small files that SQLite puts beside; edits will wait until there is space."""
    try:
        with closing(_connect(path, "mode=ro&immutable=1")) as db:
            return _look(db, path, history)
    except sqlite3.Error as error:
        raise BrokenStore(BROKEN.get(_name(error), "store_damaged"), path=path) from error


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that leaves the file and what lies beside it as they are.

    A log that was left beside the file would be worked into it by the last writer to close: only a
    read-only connection does not. Without one, a read-only connection would leave an empty one behind.
    Where this person may not write, one leaves nothing only if it takes the file for unchanging.
    """
    if _has_log(path):
        return _connect(path, "mode=ro")
    writable = allowed(path, os.W_OK) and allowed(path.parent, os.W_OK)
    return _connect(path, "mode=rw" if writable else "mode=ro&immutable=1")


def _has_log(path: Path) -> bool:
    """Whether commits lie beside the file that are not in it."""
    try:
        return path.with_name(path.name + "-wal").stat().st_size > 0
    except FileNotFoundError:
        return False


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode}", uri=True, timeout=_WAIT, isolation_level=None
    )


def _look(db: sqlite3.Connection, path: Path, history: bool) -> Opened:
    db.execute("BEGIN")
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise BrokenStore("store_foreign", path=path)
    if version > VERSION:
        raise BrokenStore("store_newer", path=path)
    if version < 1:
        raise BrokenStore("store_damaged", path=path)
    rows = db.execute("SELECT seq, data, sum FROM updates ORDER BY seq").fetchall()
    if not rows or any(checksum(seq, data) != held for seq, data, held in rows):
        raise BrokenStore("store_damaged", path=path)
    seq = rows[-1][0]
    view = db.execute("SELECT data, sum FROM view WHERE seq = ?", (seq,)).fetchone()
    current = view is not None and checksum(seq, view[0]) == view[1]
    changes = _changes(db) if history else ()
    return Opened(seq, view[0] if current else None, tuple(data for _, data, _ in rows), changes)


class Log:
    """The open file of one writer; belongs to one thread. Every method raises SaveFailed."""

    def __init__(self, path: Path, author: str, session: str) -> None:
        self._path, self._author, self._session = path, author, session
        with _telling(path):
            self._db = _connect(path, "mode=rw")
            self._db.execute("PRAGMA synchronous=FULL")
            self._file = self._identity()

    def close(self) -> None:
        """Close the file; the last window to do so leaves nothing beside it."""
        with _telling(self._path):
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what it wrote is durable when it ends."""
        with _telling(self._path):
            self._check_place()
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    def _identity(self) -> tuple[int, int]:
        held = self._path.stat()
        return held.st_dev, held.st_ino

    def _check_place(self) -> None:
        """A file that was deleted or replaced would take every edit, and nobody would find it again."""
        try:
            here = self._identity()
        except (FileNotFoundError, NotADirectoryError):
            raise SaveFailed("save_moved", path=self._path) from None
        except OSError as error:
            raise SaveFailed("save_failed", path=self._path, reason=error.strerror) from error
        if here != self._file:
            raise SaveFailed("save_moved", path=self._path)

    def data_version(self) -> int:
        """A number that changes when another window has committed."""
        with _telling(self._path):
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def updates(self, after: int) -> list[tuple[int, bytes]]:
        """The updates behind the number `after`, in order, each with its number."""
        with _telling(self._path):
            rows = self._db.execute("SELECT seq, data, sum FROM updates WHERE seq > ? ORDER BY seq", (after,))
            out = rows.fetchall()
        if any(checksum(seq, data) != held for seq, data, held in out):
            raise self.damaged()
        return [(seq, data) for seq, data, _ in out]

    def damaged(self) -> SaveFailed:
        """What to tell where the file cannot be understood any more."""
        return SaveFailed("save_damaged", path=self._path)

    def append(self, update: bytes) -> int:
        """Write an update; returns its number."""
        return _append(self._db, update, self._session)

    def replace(self, seq: int, whole: bytes) -> None:
        """Put one update that holds everything in the place of all up to `seq`."""
        self._db.execute("DELETE FROM updates WHERE seq <= ?", (seq,))
        row = (seq, _now(), self._session, whole, checksum(seq, whole))
        self._db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)

    def write_view(self, seq: int, view: str) -> None:
        """Keep a plain copy of the roadmap as it is at the update `seq`."""
        _write_view(self._db, seq, view)

    def add_change(self, change: Change) -> int:
        """Write a row of the change log (its `seq` is not used); returns its number."""
        row = self._db.execute(
            "INSERT INTO changes"
            "(at, author, session, kind, node, attribute, old, new, edit, inverse, undo_of)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (change.at, self._author, self._session, change.kind, change.node, change.attribute, change.old,
             change.new, change.edit, change.inverse, change.undo_of),
        )  # fmt: skip
        assert row.lastrowid is not None
        return row.lastrowid

    def amend_change(self, seq: int, change: Change) -> None:
        """Let a row tell of what came to it."""
        self._db.execute(
            "UPDATE changes SET at = ?, old = ?, new = ?, edit = ?, inverse = ? WHERE seq = ?",
            (change.at, change.old, change.new, change.edit, change.inverse, seq),
        )

    def drop_change(self, seq: int) -> None:
        """Forget a change that came to nothing, and its undo step."""
        self._db.execute("DELETE FROM changes WHERE seq = ?", (seq,))
        self._db.execute("DELETE FROM steps WHERE author = ? AND change = ?", (self._author, seq))

    def change(self, seq: int) -> Change | None:
        """A row of the change log."""
        row = self._db.execute(f"{_CHANGES} WHERE seq = ?", (seq,)).fetchone()
        return Change(*row) if row else None

    def changes_of_others(self, after: int) -> list[Change]:
        """What other authors changed behind the number `after`, in order."""
        rows = self._db.execute(
            f"{_CHANGES} WHERE seq > ? AND author <> ? ORDER BY seq", (after, self._author)
        )
        return [Change(*row) for row in rows]

    def push_step(self, kind: StepKind, change: int) -> None:
        """Put a change on the author's pile of what can be undone, or redone."""
        self._db.execute(
            "INSERT INTO steps SELECT ?1, ?2, coalesce(max(place), 0) + 1, ?3 FROM steps"
            " WHERE author = ?1 AND kind = ?2",
            (self._author, kind, change),
        )

    def pop_step(self, kind: StepKind) -> int | None:
        """Take the last change off the author's pile; None where it is empty."""
        (place, change) = self._db.execute(
            "SELECT max(place), change FROM steps WHERE author = ? AND kind = ?", (self._author, kind)
        ).fetchone()
        if place is None:
            return None
        self._db.execute(
            "DELETE FROM steps WHERE author = ? AND kind = ? AND place = ?", (self._author, kind, place)
        )
        return int(change)

    def clear_steps(self, kind: StepKind) -> None:
        """Forget the author's pile."""
        self._db.execute("DELETE FROM steps WHERE author = ? AND kind = ?", (self._author, kind))


_CHANGES = (
    "SELECT seq, at, author, session, kind, node, attribute, old, new, edit, inverse, undo_of FROM changes"
)


def _changes(db: sqlite3.Connection) -> tuple[Change, ...]:
    """The whole change log, in order; of the same moment as what was read before in the transaction."""
    return tuple(Change(*row) for row in db.execute(f"{_CHANGES} ORDER BY seq"))


def _append(db: sqlite3.Connection, update: bytes, session: str) -> int:
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM updates").fetchone()
    row = (last + 1, _now(), session, update, checksum(last + 1, update))
    db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)
    return int(last) + 1


def _write_view(db: sqlite3.Connection, seq: int, view: str) -> None:
    db.execute("INSERT OR REPLACE INTO view VALUES(1, ?, ?, ?)", (seq, view, checksum(seq, view)))


def _now() -> int:
    return time.time_ns() // 1_000_000


def _name(error: sqlite3.Error) -> str:
    """The error's primary name: `SQLITE_IOERR` for `SQLITE_IOERR_WRITE`; empty where it has none."""
    name: str = getattr(error, "sqlite_errorname", "")
    # the index of the log could not grow: the one shortage of space that has another name
    return "SQLITE_FULL" if name == "SQLITE_IOERR_SHMSIZE" else "_".join(name.split("_")[:2])


@contextmanager
def _telling(path: Path) -> Iterator[None]:
    """Tell the disk's troubles as SaveFailed; what is wrong with an edit itself passes as it is."""
    try:
        yield
    except sqlite3.Error as error:
        if _name(error) not in THE_DISK:
            raise
        raise SaveFailed(FAILED.get(_name(error), "save_failed"), path=path, reason=error) from error
