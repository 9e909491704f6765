"""The SQLite file of a roadmap: the updates of its document, its change log, its undo steps.

`updates` has the document as a log; compacting replaces all rows up to a number by one with the whole
document, so that a window that is behind simply reads on. `view` is a plain copy of the roadmap, for
opening quickly. WAL with synchronous=FULL: committed work survives a power cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import SaveFailed
from lfroadmap.machine import milliseconds_now
from lfroadmap.store.identity import Author
from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.disk import Connection, raising_save_failed
from lfroadmap.store.sqlite.file_schema import Change, MomentKind, StepKind, change_checksum, checksum
from lfroadmap.store.sqlite.tables import updates

_PERSON = 8
"""Characters of a person's id that the undo steps have, 48 random bits: each edit has a step."""


class UndoSteps:
    """The undo and redo steps of one person, as two stacks of changes; used inside the log's transactions.

    Steps of files before version 3 have a name instead of an id: they become the steps of the first person of
    that name who edits or undoes, and nobody else's.
    """

    def __init__(self, db: Connection, author: Author) -> None:
        self._db, self._name = db, author.name
        self._person = author.actor[:_PERSON] or author.name
        """The beginning of the person's id."""

    def push(self, kind: StepKind, change: int) -> None:
        """Push a change on the author's stack of undo or redo steps."""
        self._db.execute(
            "INSERT INTO steps SELECT ?1, ?2, coalesce(max(place), 0) + 1, ?3 FROM steps"
            " WHERE author = ?1 AND kind = ?2",
            (self._person, kind, change),
        )

    def pop(self, kind: StepKind) -> int | None:
        """Pop the last change off the author's stack; None where it is empty."""
        self._adopt()
        (place, change) = self._db.execute(
            "SELECT max(place), change FROM steps WHERE author = ? AND kind = ?", (self._person, kind)
        ).fetchone()
        if place is None:
            return None
        self._db.execute(
            "DELETE FROM steps WHERE author = ? AND kind = ? AND place = ?", (self._person, kind, place)
        )
        return int(change)

    def clear(self, kind: StepKind) -> None:
        """Clear the author's stack."""
        self._adopt()
        self._db.execute("DELETE FROM steps WHERE author = ? AND kind = ?", (self._person, kind))

    def _adopt(self) -> None:
        """Put the steps under the author's name below those of the author."""
        if self._person == self._name:
            return
        tops = self._db.execute(
            "SELECT kind, max(place) FROM steps WHERE author = ? GROUP BY kind", (self._name,)
        ).fetchall()
        for kind, top in tops:
            self._db.execute(
                "UPDATE steps SET author = ?1, place = place - ?2 + (SELECT coalesce(min(place), 1) - 1"
                " FROM steps WHERE author = ?1 AND kind = ?3) WHERE author = ?4 AND kind = ?3",
                (self._person, top, kind, self._name),
            )

    def drop(self, change: int) -> None:
        """Delete the steps of a change that is deleted itself."""
        self._db.execute("DELETE FROM steps WHERE author = ? AND change = ?", (self._person, change))


class Log:
    """The open file of one writer; belongs to one thread. Every method raises SaveFailed."""

    def __init__(self, path: Path, author: Author, session: str) -> None:
        self._path, self._session = path, session
        self.author = author
        """The person who works in this window."""
        with raising_save_failed(path):
            self._db = disk.connect(path, "mode=rw")
            self._db.execute("PRAGMA synchronous=FULL")
        self.steps = UndoSteps(self._db, author)
        self._file = self._identity()

    def close(self) -> None:
        """Close the file; the last window to do so leaves no companions."""
        with raising_save_failed(self._path):
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction: all or nothing, and durable when it ends."""
        with raising_save_failed(self._path):
            self._check_identity()
            disk.limit_steps(self._db, disk.size_of(self._path))
            with disk.transaction(self._db):
                yield

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that leaves nothing behind where it raises."""
        self._db.execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # a full disk may have ended it
                self._db.execute("ROLLBACK TO part")
            raise
        finally:
            if self._db.in_transaction:
                self._db.execute("RELEASE part")

    def _identity(self) -> tuple[int, int]:
        try:
            status = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise SaveFailed("save_moved", path=self._path) from None
        except OSError as error:
            raise SaveFailed("save_failed", path=self._path, reason=error.strerror) from error
        return status.st_dev, status.st_ino

    def _check_identity(self) -> None:
        """Raise SaveFailed for a deleted or replaced file, which would take every edit and lose it."""
        if self._identity() != self._file:
            raise SaveFailed("save_moved", path=self._path)

    def data_version(self) -> int:
        """A number that changes when another window has committed."""
        with raising_save_failed(self._path, other="save_damaged"):
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def checkpoint(self) -> bool:
        """Checkpoint the log into the file, unless another window is writing; True if it is done.

        The file alone is complete then: a copy of it has everything, and where another is put in its place
        no commits of this one are left beside it.
        """
        with raising_save_failed(self._path, other="save_damaged"):
            self._db.execute("PRAGMA busy_timeout=0")
            try:
                (busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._db.execute(f"PRAGMA busy_timeout={int(disk.BUSY_TIMEOUT * 1000)}")
        return not busy

    def updates(self, after: int) -> list[tuple[int, bytes]]:
        """The updates after the number `after`, in order, each with its number."""
        with raising_save_failed(self._path, other="save_damaged"):
            rows = updates(self._db, self._path, after)
        if rows is None:
            raise self.damaged_error()
        return rows

    def damaged_error(self) -> SaveFailed:
        """The error for a file that can no longer be read."""
        return SaveFailed("save_damaged", path=self._path)

    def append(self, update: bytes) -> int:
        """Append an update; returns its number."""
        return append_update(self._db, update, self._session)

    def replace(self, seq: int, update: bytes) -> None:
        """Replace all updates up to `seq` by one with the whole document."""
        self._db.execute("DELETE FROM updates WHERE seq <= ?", (seq,))
        row = (seq, milliseconds_now(), self._session, update, checksum(seq, update))
        self._db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)

    def write_view(self, seq: int, view: str) -> None:
        """Write a plain copy of the roadmap as of the update `seq`."""
        write_view(self._db, seq, view)

    def add_change(self, change: Change) -> int:
        """Append a row to the change log (its `seq` is not used); returns its number."""
        row = self._db.execute(
            f"INSERT INTO changes({','.join(COLUMNS[1:])}, sum) VALUES({','.join('?' * len(COLUMNS))})",
            (*change._replace(session=self._session)[1:],
             change_checksum(change.edit, change.inverse, change.upto)),
        )  # fmt: skip
        assert row.lastrowid is not None
        return row.lastrowid

    def amend_change(self, seq: int, change: Change) -> None:
        """Update a row after the change was extended."""
        self._db.execute(
            "UPDATE changes SET at = ?, old = ?, new = ?, edit = ?, inverse = ?, label = ?, upto = ?, sum = ?"
            " WHERE seq = ?",
            (change.at, change.old, change.new, change.edit, change.inverse, change.label, change.upto,
             change_checksum(change.edit, change.inverse, change.upto), seq),
        )  # fmt: skip

    def add_moment(self, at: int, kind: MomentKind, name: str, change: int | None = None) -> None:
        """Mark the place after a change, or after the last one."""
        self._db.execute(
            "INSERT INTO moments(at, author, kind, name, change)"
            " SELECT ?, ?, ?, ?, coalesce(?, max(seq), 0) FROM changes",
            (at, self.author.name, kind, name, change),
        )

    def drop_change(self, seq: int) -> None:
        """Delete a change that was reverted while typing, and its undo step."""
        self._db.execute("DELETE FROM changes WHERE seq = ?", (seq,))
        self.steps.drop(seq)

    def change(self, seq: int) -> Change | None:
        """A row of the change log."""
        row = self._db.execute(f"{_CHANGES} WHERE seq = ?", (seq,)).fetchone()
        return Change(*row) if row else None

    def changes_of_others(self, after: int) -> list[Change]:
        """The changes after the number `after` by other persons, or not made in this file, in order.

        A peer can write any name and device into what it sends.
        """
        name, actor, _ = self.author
        rows = self._db.execute(
            f"{_CHANGES} WHERE seq > ? AND NOT (origin = ''"
            " AND CASE WHEN '' IN (actor, ?) THEN author = ? ELSE actor = ? END) ORDER BY seq",
            (after, actor, name, actor),
        )
        return [Change(*row) for row in rows]


COLUMNS = Change._fields
_CHANGES = f"SELECT {', '.join(COLUMNS)} FROM changes"


def append_update(db: Connection, update: bytes, session: str) -> int:
    """Append an update in the open transaction; returns its number."""
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM updates").fetchone()
    row = (last + 1, milliseconds_now(), session, update, checksum(last + 1, update))
    db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)
    return int(last) + 1


def write_view(db: Connection, seq: int, view: str) -> None:
    """Write a plain copy of the roadmap as of the update `seq`, in the open transaction."""
    db.execute("INSERT OR REPLACE INTO view VALUES(1, ?, ?, ?)", (seq, view, checksum(seq, view)))
