"""The tokens of rooms: who has one may read a room, or write in it. Only their hashes are kept."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.machine import milliseconds_now
from lfroadmap.store.folder.companions import nfc
from lfroadmap.store.sqlite.disk import transaction
from lfroadmap.team.server.server_files import TOKENS, open_database, raising_file_error

PREFIX = "lfr_"
"""Begins every token, so that it is known for one, and begins with no dash."""
_BYTES = 32
_LONGEST = 200
"""Bytes of the longest name."""
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
_TABLE = """
CREATE TABLE IF NOT EXISTS tokens(id INTEGER PRIMARY KEY, name TEXT NOT NULL, room TEXT NOT NULL,
  read_only INTEGER NOT NULL, hash BLOB NOT NULL UNIQUE, made INTEGER NOT NULL, revoked INTEGER)
"""
_COLUMNS = "id, name, room, read_only, made, revoked"


class Token(NamedTuple):
    """A token that was given out; the token itself is not known."""

    id: int
    name: str
    """Whose it is, for people."""
    room: str
    is_read_only: bool
    made: int
    """Milliseconds since 1970."""
    revoked: int | None
    """Milliseconds since 1970; None while it is valid."""


def valid_room(name: str) -> str:
    """The name of a room in composed form; raises RoadmapError for one that looks like another."""
    return _valid(name, "serve_room_name")


def is_valid_room(name: str) -> bool:
    """True if a room can have this name."""
    return _is_valid(nfc(name))


def _valid(name: str, key: str) -> str:
    name = nfc(name).strip()
    if not _is_valid(name):
        raise RoadmapError(key, name=name[:_LONGEST], most=_LONGEST)
    return name


def _is_valid(name: str) -> bool:
    if not 0 < len(name.encode("utf-8", "replace")) <= _LONGEST:
        return False
    return not any(unicodedata.category(char) in _INVISIBLE for char in name)


class Tokens:
    """The tokens in a server's folder; other processes may add and revoke some meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / TOKENS
        self._db = open_database(self._path, _TABLE)
        self._version = -1

    def add(self, name: str, room: str, *, read_only: bool) -> str:
        """Make a token and return it; it is kept nowhere. Raises RoadmapError where the name has one."""
        name, room = _valid(name, "serve_token_name"), valid_room(room)
        token = PREFIX + secrets.token_urlsafe(_BYTES)
        with raising_file_error(self._path), transaction(self._db):
            if self._valid_id(name) is not None:
                raise RoadmapError("serve_token_exists", name=name)
            self._db.execute(
                "INSERT INTO tokens(name, room, read_only, hash, made) VALUES(?, ?, ?, ?, ?)",
                (name, room, int(read_only), _hash(token), milliseconds_now()),
            )
        return token

    def revoke(self, name: str) -> None:
        """Make a token invalid, also for connections that are open; raises RoadmapError for none."""
        with raising_file_error(self._path), transaction(self._db):
            number = self._valid_id(nfc(name).strip())
            if number is None:
                raise RoadmapError("serve_no_token", name=name[:_LONGEST])
            self._db.execute("UPDATE tokens SET revoked = ? WHERE id = ?", (milliseconds_now(), number))

    def _valid_id(self, name: str) -> int | None:
        query = "SELECT id FROM tokens WHERE name = ? AND revoked IS NULL"
        found: tuple[int] | None = self._db.execute(query, (name,)).fetchone()
        return found[0] if found else None

    def all(self) -> tuple[Token, ...]:
        """The tokens that were given out, the oldest first; raises RoadmapError."""
        with raising_file_error(self._path):
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM tokens ORDER BY id").fetchall()
        return tuple(map(_token, rows))

    def valid(self) -> frozenset[int]:
        """The ids of the valid tokens."""
        return frozenset(token.id for token in self.all() if token.revoked is None)

    def find(self, secret: str, room: str) -> Token | None:
        """The valid token for a room; None for any other text. Raises RoadmapError."""
        query = f"SELECT {_COLUMNS} FROM tokens WHERE hash = ? AND room = ? AND revoked IS NULL"
        with raising_file_error(self._path):
            # what is looked up is a hash of 256 random bits: the time it takes says nothing of the token
            row = self._db.execute(query, (_hash(secret), nfc(room))).fetchone()
        return _token(row) if row else None

    def have_changed(self) -> bool:
        """True if another process wrote since the last call, or at the first."""
        with raising_file_error(self._path):
            version = int(self._db.execute("PRAGMA data_version").fetchone()[0])
        changed = version != self._version
        self._version = version
        return changed

    def close(self) -> None:
        """Close the file."""
        self._db.close()


def _token(row: tuple[int, str, str, int, int, int | None]) -> Token:
    number, name, room, read_only, made, revoked = row
    return Token(number, name, room, bool(read_only), made, revoked)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
