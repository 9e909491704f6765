"""The format of a roadmap's file: creating it, and reading it at opening."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from lfroadmap.errors import BrokenStore
from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.folder.notices import Notify, ignore
from lfroadmap.store.sqlite import disk, roadmap_file, team_room
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import (
    APPLICATION,
    FIRST_TABLES,
    MIGRATIONS,
    VERSION,
    FileContent,
    checksum,
    view_checksum,
)
from lfroadmap.store.sqlite.loading import roadmap_of
from lfroadmap.store.sqlite.tables import has_our_tables, updates

_MAX_CHECKED = 16_000_000
"""Bytes up to which a file is checked completely at opening, at about a millisecond per megabyte."""


def _no_rows(_: Connection) -> None:
    """Add no more rows to a new file."""


def create(
    path: Path, update: bytes, view: str, seq: int = 1, fill: Callable[[Connection], None] = _no_rows
) -> None:
    """Create a file with its first update and the rows that `fill` writes, in one transaction.

    Raises SaveFailed, or an OSError, where the disk does not take it.
    """
    with disk.raising_save_failed(path), closing(disk.connect_new(path)) as db:
        db.execute(f"PRAGMA application_id={APPLICATION}")
        with disk.transaction(db):
            run_statements(db, FIRST_TABLES)
            for migration in MIGRATIONS.values():
                run_statements(db, migration)
            db.execute(f"PRAGMA user_version={VERSION}")
            db.execute(
                "INSERT INTO updates VALUES(?, ?, '', ?, ?)",
                (seq, milliseconds_now(), update, checksum(seq, update)),
            )
            db.execute("INSERT INTO view VALUES(1, ?, ?, ?)", (seq, view, view_checksum(seq, view)))
            fill(db)


def run_statements(db: Connection, statements: str) -> None:
    """Run several statements in the open transaction; none of them contains a semicolon."""
    for statement in statements.split(";"):
        db.execute(statement)


def read(path: Path, notify: Notify = ignore) -> Roadmap:
    """The roadmap in a file that need not be writable, nor sound in its other parts; raises BrokenStore.

    `notify` receives a notice where some of the file is not shown.
    """
    roadmap_file.check(path)
    return roadmap_of(inspect(path, thorough=False), path, notify)


def read_at_rest(path: Path, notify: Notify = ignore) -> Roadmap:
    """As `read`, in half of the time, of a file without a log to which nobody is writing; raises BrokenStore.

    A connection that others may write beside creates a log and its index and removes them again.
    """
    return roadmap_of(inspect_without_log(path), path, notify)


def inspect(path: Path, *, thorough: bool, any_size: bool = False) -> FileContent:
    """The content of the file at `path`, read without writing to it; raises BrokenStore.

    With `thorough`, a file with damage anywhere is refused, not only in what is returned; a large file is
    checked only with `any_size`. A file of a newer version is read as far as possible.
    """
    try:
        with disk.reading(path) as db:
            version = version_of(db, path)
            # how long the checks of a newer version take is unknown
            if thorough and version <= VERSION and (any_size or path.stat().st_size <= _MAX_CHECKED):
                _check(db, path)
            content = _contents(db, path, version)
            if disk.has_wal(path) and not _log_belongs(path, content, db):
                raise BrokenStore("store_foreign_log", path=path)
            return content
    except BrokenStore as error:
        if error.key == "store_full" and not disk.has_wal(path):
            return inspect_without_log(path)
        if error.key in ("store_damaged", "store_foreign") and disk.has_wal(path) and _id_without_log(path):
            raise BrokenStore("store_foreign_log", path=path) from error
        if error.key == "store_damaged" and _is_newer(path):
            raise BrokenStore("store_newer", path=path) from error
        raise


def _is_newer(path: Path) -> bool:
    """True if the file cannot be read because it is of a later version."""
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


def inspect_without_log(path: Path) -> FileContent:
    """The content of the file alone, read without its companions; raises BrokenStore."""
    with disk.reading_immutable(path) as db:
        return inspect_open(db, path)


def _log_belongs(path: Path, content: FileContent, db: Connection) -> bool:
    """True if the log beside a file continues it, as only its own does.

    The log of another file, left under this name, hides the content of the file behind pages of its own.
    Where the file alone is not sound, as after a kill during a checkpoint, the log counts.
    """
    try:
        with disk.reading_immutable(path) as without_log:
            last_row = _rows(without_log, "= (SELECT max(seq) FROM updates)")
    except BrokenStore:
        return True
    last = max((seq for seq, *_ in last_row), default=0)
    if not last_row or _rows(db, f"= {last}") == last_row:
        return True
    own_id = _id_without_log(path)
    if own_id is None:
        return True
    return _was_compacted(path, db, last) and roadmap_of(content, path).id == own_id


def _was_compacted(path: Path, db: Connection, last: int) -> bool:
    """True if the whole document replaced the file's updates up to `last`, except for some that stayed."""
    kept = _rows(db, f"< {last}")
    if not kept:
        return True
    with disk.reading_immutable(path) as without_log:
        if not kept <= _rows(without_log, f"< {last}"):
            return False
    from lfroadmap.store.document.update_base import IN_WHOLE  # noqa: PLC0415 - hardly ever

    later = db.execute("SELECT data FROM updates WHERE seq >= ?", (last,))
    return any(IN_WHOLE in data for (data,) in later)


def _rows(db: Connection, numbers: str) -> set[tuple[int, int, str, int]]:
    """The updates whose number fulfils a condition, each without its data."""
    return set(db.execute(f"SELECT seq, at, session, sum FROM updates WHERE seq {numbers}"))


def _id_without_log(path: Path) -> str | None:
    """The id of the roadmap in the file alone; None where that is not sound, or is being written to."""
    before = path.stat()
    try:
        with disk.reading_immutable(path) as db:
            _check(db, path)
            roadmap_id = roadmap_of(inspect_open(db, path), path).id
    except BrokenStore:
        return None
    after = path.stat()
    return roadmap_id if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) else None


def inspect_open(db: Connection, path: Path) -> FileContent:
    """The content of a file, in the open transaction; raises BrokenStore."""
    return _contents(db, path, version_of(db, path))


def version_of(db: Connection, path: Path) -> int:
    """The version of a file that has our tables; raises BrokenStore for any other."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        raise BrokenStore("store_foreign", path=path)
    if version < 1 or not has_our_tables(db, version):
        raise BrokenStore("store_damaged", path=path)
    return int(version)


def _contents(db: Connection, path: Path, version: int) -> FileContent:
    rows = updates(db, path)
    if not rows:
        raise BrokenStore("store_damaged", path=path)
    seq = rows[-1][0]
    view = db.execute("SELECT data, sum FROM view WHERE seq = ?", (seq,)).fetchone()
    current = view is not None and view_checksum(seq, view[0], version) == view[1]
    data = tuple(data for _, data in rows)
    reads = team_room.FIRST_VERSION <= version <= VERSION and team_room.only_reads(db)
    return FileContent(seq, view[0] if current else None, data, version, reads)
