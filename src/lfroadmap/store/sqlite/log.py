"""The SQLite file of a roadmap: the updates of its document, its change log, its undo steps.

`updates` has the document as a log; compacting replaces all rows up to a number by one with the whole
document, so that a window that is behind simply reads on. `view` is a plain copy of the roadmap, for
opening quickly. WAL with synchronous=FULL: committed work survives a power cut.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lfroadmap.errors import SaveFailed
from lfroadmap.machine import milliseconds_now
from lfroadmap.store.identity import Author
from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.change_rows import ChangeRows, UndoSteps
from lfroadmap.store.sqlite.disk import Connection, raising_save_failed
from lfroadmap.store.sqlite.file_schema import checksum, view_checksum
from lfroadmap.store.sqlite.tables import updates


class Log(ChangeRows):
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

    def rename_author(self, name: str) -> None:
        """Have what follows stand under another name; the person is the same."""
        self.author = self.author._replace(name=name)
        self.steps = UndoSteps(self._db, self.author)

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

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Raise every error of SQLite as SaveFailed: no edit is involved."""
        with raising_save_failed(self._path, other="save_damaged"):
            yield

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

    def replace(self, seq: int, update: bytes, kept: Sequence[int] = ()) -> None:
        """Replace all updates up to `seq`, but those that are `kept`, by one with the whole document."""
        numbers = ",".join(map(str, kept))
        self._db.execute(f"DELETE FROM updates WHERE seq <= ? AND seq NOT IN ({numbers})", (seq,))
        while seq in kept:  # a window that has read up to here has the document, too
            seq -= 1
        row = (seq, milliseconds_now(), self._session, update, checksum(seq, update))
        self._db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)

    def write_view(self, seq: int, view: str) -> None:
        """Write a plain copy of the roadmap as of the update `seq`."""
        write_view(self._db, seq, view)


def append_update(db: Connection, update: bytes, session: str) -> int:
    """Append an update in the open transaction; returns its number."""
    (last,) = db.execute("SELECT coalesce(max(seq), 0) FROM updates").fetchone()
    row = (last + 1, milliseconds_now(), session, update, checksum(last + 1, update))
    db.execute("INSERT INTO updates(seq, at, session, data, sum) VALUES(?, ?, ?, ?, ?)", row)
    return int(last) + 1


def write_view(db: Connection, seq: int, view: str) -> None:
    """Write a plain copy of the roadmap as of the update `seq`, in the open transaction."""
    db.execute("INSERT OR REPLACE INTO view VALUES(1, ?, ?, ?)", (seq, view, view_checksum(seq, view)))
