"""The updates of all rooms in one file; what `append` returned from is on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.store.sqlite.disk import transaction
from lfroadmap.store.sqlite.file_schema import checksum
from lfroadmap.team.server.server_files import ROOMS, open_database, raising_file_error

_TABLE = """
CREATE TABLE IF NOT EXISTS updates(id INTEGER PRIMARY KEY, room TEXT NOT NULL, data BLOB NOT NULL,
  sum INTEGER NOT NULL)
"""
_INDEX = "CREATE INDEX IF NOT EXISTS updates_of_rooms ON updates(room, id)"


class RoomLog:
    """The log of a server; one server at a time has it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / ROOMS
        self._db = open_database(self._path, _TABLE)
        with raising_file_error(self._path):
            self._db.execute(_INDEX)

    def updates(self, room: str) -> list[bytes]:
        """The updates of a room, in order; raises RoadmapError where one of them is damaged."""
        with raising_file_error(self._path):
            rows = self._db.execute("SELECT data, sum FROM updates WHERE room = ? ORDER BY id", (room,))
            found = rows.fetchall()
        if any(checksum(0, data) != sum_ for data, sum_ in found):
            raise RoadmapError("serve_room_damaged", room=room)
        return [data for data, _ in found]

    def append(self, rows: Sequence[tuple[str, bytes]]) -> None:
        """Add updates to rooms in one durable transaction; raises RoadmapError, and adds none."""
        with raising_file_error(self._path), transaction(self._db):
            self._insert(rows)

    def fold(self, room: str, whole: bytes) -> None:
        """Put one update in the place of all those of a room; raises RoadmapError, and changes nothing."""
        with raising_file_error(self._path), transaction(self._db):
            self._db.execute("DELETE FROM updates WHERE room = ?", (room,))
            self._insert([(room, whole)])

    def _insert(self, rows: Sequence[tuple[str, bytes]]) -> None:
        self._db.executemany(
            "INSERT INTO updates(room, data, sum) VALUES(?, ?, ?)",
            [(room, data, checksum(0, data)) for room, data in rows],
        )

    def count(self) -> int:
        """Number of the rooms with something in them; raises RoadmapError."""
        with raising_file_error(self._path):
            (rooms,) = self._db.execute("SELECT count(DISTINCT room) FROM updates").fetchone()
        return int(rooms)

    def close(self) -> None:
        """Close the file."""
        self._db.close()
