"""The SQLite file of a roadmap: the updates of its document, the changes told readably, the undo steps.

`updates` holds the document as a log; a snapshot replaces all rows up to its own with one that holds
everything, so that who is behind simply reads on. `view` is a plain copy of the roadmap, for opening
quickly. WAL with synchronous=FULL: what was committed outlives a power cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import SaveFailed
from lfroadmap.machine import milliseconds_now
from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.disk import Connection, telling
from lfroadmap.store.sqlite.file_schema import Change, MomentKind, StepKind, change_checksum, checksum
from lfroadmap.store.sqlite.tables import updates


class Log:
    """The open file of one writer; belongs to one thread. Every method raises SaveFailed."""

    def __init__(self, path: Path, author: str, session: str) -> None:
        self._path, self._author, self._session = path, author, session
        with telling(path):
            self._db = disk.connect(path, "mode=rw")
            self._db.execute("PRAGMA synchronous=FULL")
        self._file = self._identity()

    def close(self) -> None:
        """Close the file; the last window to do so leaves nothing beside it."""
        with telling(self._path):
            self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; what it wrote is durable when it ends."""
        with telling(self._path):
            self._check_place()
            disk.limit_steps(self._db, disk.size_of(self._path))
            with disk.transaction(self._db):
                yield

    def _identity(self) -> tuple[int, int]:
        try:
            held = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            raise SaveFailed("save_moved", path=self._path) from None
        except OSError as error:
            raise SaveFailed("save_failed", path=self._path, reason=error.strerror) from error
        return held.st_dev, held.st_ino

    def _check_place(self) -> None:
        """A file that was deleted or replaced would take every edit, and nobody would find it again."""
        if self._identity() != self._file:
            raise SaveFailed("save_moved", path=self._path)

    def data_version(self) -> int:
        """A number that changes when another window has committed."""
        with telling(self._path, other="save_damaged"):
            (version,) = self._db.execute("PRAGMA data_version").fetchone()
        return int(version)

    def work_in(self) -> bool:
        """Bring what lies beside the file into it, unless another window is at it; True if it is done.

        The file alone is whole then: whoever copies it has everything, and where another is put in its place
        no commits of this one lie beside that.
        """
        with telling(self._path, other="save_damaged"):
            self._db.execute("PRAGMA busy_timeout=0")
            try:
                (busy, *_) = self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._db.execute(f"PRAGMA busy_timeout={int(disk.WAIT * 1000)}")
        return not busy

    def updates(self, after: int) -> list[tuple[int, bytes]]:
        """The updates behind the number `after`, in order, each with its number."""
        with telling(self._path, other="save_damaged"):
            rows = updates(self._db, self._path, after)
        if rows is None:
            raise self.damaged()
        return rows

    def damaged(self) -> SaveFailed:
        """What to tell where the file cannot be understood any more."""
        return SaveFailed("save_damaged", path=self._path)

    def append(self, update: bytes) -> int:
        """Write an update; returns its number."""
        return _append(self._db, update, self._session)

    def replace(self, seq: int, whole: bytes) -> None:
        """Put one update that holds everything in the place of all up to `seq`."""
        self._db.execute("DELETE FROM updates WHERE seq <= ?", (seq,))
        row = (seq, milliseconds_now(), self._session, whole, checksum(seq, whole))
        self._db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)

    def write_view(self, seq: int, view: str) -> None:
        """Keep a plain copy of the roadmap as it is at the update `seq`."""
        _write_view(self._db, seq, view)

    def add_change(self, change: Change) -> int:
        """Write a row of the change log (its `seq` is not used); returns its number."""
        row = self._db.execute(
            f"INSERT INTO changes({','.join(COLUMNS[1:])}, sum) VALUES({','.join('?' * len(COLUMNS))})",
            (change.at, self._author, self._session, change.kind, change.node, change.attribute, change.old,
             change.new, change.edit, change.inverse, change.undo_of, change.card, change.label, change.upto,
             change_checksum(change.edit, change.inverse, change.upto)),
        )  # fmt: skip
        assert row.lastrowid is not None
        return row.lastrowid

    def amend_change(self, seq: int, change: Change) -> None:
        """Let a row tell of what came to it."""
        self._db.execute(
            "UPDATE changes SET at = ?, old = ?, new = ?, edit = ?, inverse = ?, label = ?, upto = ?, sum = ?"
            " WHERE seq = ?",
            (change.at, change.old, change.new, change.edit, change.inverse, change.label, change.upto,
             change_checksum(change.edit, change.inverse, change.upto), seq),
        )  # fmt: skip

    def add_moment(self, at: int, kind: MomentKind, name: str, change: int | None = None) -> None:
        """Mark the place behind a change, or behind the last one."""
        self._db.execute(
            "INSERT INTO moments(at, author, kind, name, change)"
            " SELECT ?, ?, ?, ?, coalesce(?, max(seq), 0) FROM changes",
            (at, self._author, kind, name, change),
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


COLUMNS = Change._fields
_CHANGES = f"SELECT {', '.join(COLUMNS)} FROM changes"


def _append(db: Connection, update: bytes, session: str) -> int:
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM updates").fetchone()
    row = (last + 1, milliseconds_now(), session, update, checksum(last + 1, update))
    db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)
    return int(last) + 1


def _write_view(db: Connection, seq: int, view: str) -> None:
    db.execute("INSERT OR REPLACE INTO view VALUES(1, ?, ?, ?)", (seq, view, checksum(seq, view)))
