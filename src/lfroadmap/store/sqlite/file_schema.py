"""The tables of a roadmap's file and what their rows hold."""

from __future__ import annotations

import zlib
from typing import Literal, NamedTuple

APPLICATION = 0x4C46524D
"""`LFRM`: says in the file's header whose it is."""
VERSION = 2
FIRST = """
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
"""The tables of version 1."""
STEPS: dict[int, str] = {
    2: """
ALTER TABLE changes ADD COLUMN card TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN label TEXT;
ALTER TABLE changes ADD COLUMN upto INTEGER NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
CREATE TABLE moments(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, change INTEGER NOT NULL);
""",
}
"""Version -> the statements that make it out of the one before."""
StepKind = Literal["undo", "redo"]
MomentKind = Literal["named", "reset", "import", "bulk", "emptied"]
"""What a moment was marked for: by a person, or before much is changed; `emptied`: the bin was."""


class Opened(NamedTuple):
    """What a file held when it was opened."""

    seq: int
    """Number of its last update."""
    view: str | None
    """The roadmap as JSON, where the copy of it is up to date."""
    updates: tuple[bytes, ...]
    version: int = VERSION


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
    card: str = ""
    """Id of the card, or else of the stage, that the node is in or is; empty for KPI rows and the roadmap."""
    label: str | None = None
    """The node's own words when it was changed; None where they were the template's."""
    upto: int = 0
    """Number of the last update that the change made; 0 where that is not known."""


class Moment(NamedTuple):
    """A place in the change log that was marked: everything up to `change`, and nothing later."""

    id: int
    at: int
    """Milliseconds since 1970."""
    author: str
    kind: MomentKind
    name: str
    """What a person called it; empty for those that were made by themselves."""
    change: int


def checksum(seq: int, data: object) -> int:
    """A checksum over a row, so that a damaged one is told before it is decoded; -1 for no such data."""
    held = data.encode() if isinstance(data, str) else data
    return zlib.crc32(held, seq & 0xFFFFFFFF) if isinstance(held, bytes) and isinstance(seq, int) else -1


def change_checksum(edit: str, inverse: str, upto: int) -> int:
    """A checksum over what a change's row is needed for when a damaged file is put together again."""
    return checksum(upto, f"{edit}\n{inverse}")
