"""The shared room that a roadmap is in, as its file knows it; read and written beside its writer."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.file_schema import TeamRoom

_FIRST_VERSION = 3
"""The first version with the table."""


def read_room(path: Path) -> TeamRoom | None:
    """The room of a roadmap; None where it is in none. Raises BrokenStore."""
    with disk.reading(path) as db:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        rows = db.execute("SELECT * FROM team LIMIT 1").fetchall() if version >= _FIRST_VERSION else []
    for server, room, lineage, acknowledged, last_contact in rows:
        texts = all(isinstance(each, str) for each in (server, room, lineage))
        if texts and isinstance(acknowledged, bytes) and isinstance(last_contact, int):
            return TeamRoom(server, room, lineage, acknowledged, last_contact)
    return None


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
            "UPDATE team SET acknowledged = ?, last_contact = ? WHERE server = ? AND room = ?",
            (room.acknowledged, room.last_contact, room.server, room.room),
        )
