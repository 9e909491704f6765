"""The shared room that a roadmap is in, as its file knows it; read and written beside its writer."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import TeamRoom

FIRST_VERSION = 3
"""The first version with the table."""
_ROOM = "lineage != ''"
"""Distinguishes the row of the room from that of its rights, which has no lineage and comes behind it."""
_RIGHTS = """
SELECT 1 FROM team AS room JOIN team AS rights USING(server, room)
WHERE room.lineage != '' AND rights.lineage = ''
"""


def read_room(path: Path) -> TeamRoom | None:
    """The room of a roadmap; None where it is in none. Raises BrokenStore."""
    with disk.reading(path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        query = f"SELECT * FROM team WHERE {_ROOM} LIMIT 1"
        rows = db.execute(query).fetchall() if version >= FIRST_VERSION else []
    for server, room, lineage, acknowledged, last_contact in rows:
        texts = all(isinstance(each, str) for each in (server, room, lineage))
        if texts and isinstance(acknowledged, bytes) and isinstance(last_contact, int):
            return TeamRoom(server, room, lineage, acknowledged, last_contact)
    return None


def only_reads(db: Connection) -> bool:
    """True if the token for the room was one that only reads, in an open file that has the table."""
    return db.execute(_RIGHTS).fetchone() is not None


def read_rights(path: Path) -> bool:
    """True if the token for the room of a roadmap was one that only reads; raises BrokenStore."""
    with disk.reading(path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        return bool(version >= FIRST_VERSION) and only_reads(db)


def write_rights(path: Path, room: TeamRoom, *, reads_only: bool) -> None:
    """Remember whether the token for the room only reads, unless the roadmap has left it; raises SaveFailed.

    It is a row and no column: the file stays one of its version.
    """
    with (
        disk.raising_save_failed(path, "save_damaged"),
        closing(disk.connect(path, "mode=rw")) as db,
        disk.transaction(db),
    ):
        db.execute("DELETE FROM team WHERE lineage = ''")
        if reads_only:
            insert_rights(db, room)


def insert_rights(db: Connection, room: TeamRoom) -> None:
    """Note in the open transaction that the token only reads, where the roadmap is in the room."""
    kept = f"SELECT server, room, '', x'', 0 FROM team WHERE server = ? AND room = ? AND {_ROOM}"
    db.execute(f"INSERT INTO team {kept}", (room.server, room.room))


def write_room(path: Path, room: TeamRoom | None) -> None:
    """Set the room of a roadmap whose file is of the current version; None: it is in none.

    Raises SaveFailed.
    """
    with disk.raising_save_failed(path, "save_damaged"), closing(disk.connect(path, "mode=rw")) as db:
        db.execute("PRAGMA synchronous=FULL")
        with disk.transaction(db):
            db.execute("DELETE FROM team")
            if room is not None:
                db.execute("INSERT INTO team VALUES(?, ?, ?, ?, ?)", room)


def update_room(path: Path, room: TeamRoom) -> None:
    """Note what the server has confirmed, unless the roadmap has left the room; raises SaveFailed."""
    with (
        disk.raising_save_failed(path, "save_damaged"),
        closing(disk.connect(path, "mode=rw")) as db,
        disk.transaction(db),
    ):
        db.execute(
            f"UPDATE team SET acknowledged = ?, last_contact = ? WHERE server = ? AND room = ? AND {_ROOM}",
            (room.acknowledged, room.last_contact, room.server, room.room),
        )
