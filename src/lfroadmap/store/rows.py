"""The tables of a roadmap's file and what their rows hold."""

from __future__ import annotations

import zlib
from typing import Literal, NamedTuple

APPLICATION = 0x4C46524D
"""`LFRM`: says in the file's header whose it is."""
VERSION = 1
SCHEMA = f"""
PRAGMA application_id={APPLICATION};
PRAGMA user_version={VERSION};
CREATE TABLE updates(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, session TEXT NOT NULL,
  data BLOB NOT NULL, sum INTEGER NOT NULL);
CREATE TABLE changes(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL,
  session TEXT NOT NULL, kind TEXT NOT NULL, node TEXT NOT NULL, attribute TEXT NOT NULL, old TEXT, new TEXT,
  edit TEXT NOT NULL, inverse TEXT NOT NULL, undo_of INTEGER);
CREATE TABLE steps(author TEXT NOT NULL, kind TEXT NOT NULL, place INTEGER NOT NULL, change INTEGER NOT NULL,
  PRIMARY KEY(author, kind, place)) WITHOUT ROWID;
CREATE TABLE view(id INTEGER PRIMARY KEY CHECK(id = 1), seq INTEGER NOT NULL, data TEXT NOT NULL,
  sum INTEGER NOT NULL);
"""
StepKind = Literal["undo", "redo"]


class Opened(NamedTuple):
    """What a file held when it was opened."""

    seq: int
    """Number of its last update."""
    view: str | None
    """The roadmap as JSON, where the copy of it is up to date."""
    updates: tuple[bytes, ...]
    changes: tuple[Change, ...] = ()
    """The change log, where it was asked for."""


class Change(NamedTuple):
    """A row of the change log; `edit` and `inverse` are JSON, `at` milliseconds since 1970."""

    seq: int
    at: int
    author: str
    session: str
    kind: str
    node: str
    attribute: str
    old: str | None
    new: str | None
    edit: str
    inverse: str
    undo_of: int | None = None


def checksum(seq: int, data: object) -> int:
    """A checksum over a row, so that a damaged one is told before it is decoded; -1 for no such data."""
    held = data.encode() if isinstance(data, str) else data
    return zlib.crc32(held, seq & 0xFFFFFFFF) if isinstance(held, bytes) and isinstance(seq, int) else -1
