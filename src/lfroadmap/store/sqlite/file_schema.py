"""The tables of a roadmap's file and the types of their rows."""

from __future__ import annotations

import zlib
from typing import Literal, NamedTuple

APPLICATION = 0x4C46524D
"""`LFRM`, the application id in the header of the file."""
VERSION = 7
FIRST_MEASURING = 6
"""The first version with a table of what measuring needs."""
FIRST_SEALED = 4
"""The first version whose document may have more than an older program shows: notes, then calculators (5),
measurements (6), relations and repeating tasks (7)."""
FIRST_TABLES = """
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
MIGRATIONS: dict[int, str] = {
    2: """
ALTER TABLE changes ADD COLUMN card TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN label TEXT;
ALTER TABLE changes ADD COLUMN upto INTEGER NOT NULL DEFAULT 0;
ALTER TABLE changes ADD COLUMN sum INTEGER NOT NULL DEFAULT 0;
CREATE TABLE moments(id INTEGER PRIMARY KEY, at INTEGER NOT NULL, author TEXT NOT NULL,
  kind TEXT NOT NULL, name TEXT NOT NULL, change INTEGER NOT NULL);
""",
    3: """
ALTER TABLE changes ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE changes ADD COLUMN made INTEGER;
ALTER TABLE changes ADD COLUMN actor TEXT NOT NULL DEFAULT '';
CREATE TABLE team(server TEXT NOT NULL, room TEXT NOT NULL, lineage TEXT NOT NULL,
  acknowledged BLOB NOT NULL, last_contact INTEGER NOT NULL);
""",
    4: "",
    5: "",
    6: """
CREATE TABLE measuring(key TEXT PRIMARY KEY, value TEXT NOT NULL, at INTEGER NOT NULL, sum INTEGER NOT NULL);
""",
    7: "",
}
"""Version -> the statements that migrate from the version before."""
MEASURING_KEYS = ("setup", "customers")
"""What is kept for measuring: how it was measured last, and the ids of the customers that it listed."""
StepKind = Literal["undo", "redo"]
MomentKind = Literal["named", "reset", "import", "bulk", "emptied"]
"""Reason for a marked moment: named by a person, or before a large change; `emptied`: of the trash."""


class FileContent(NamedTuple):
    """The content of a file when it was opened."""

    seq: int
    """Number of its last update."""
    view: str | None
    """The roadmap as JSON, where the plain copy is up to date."""
    updates: tuple[bytes, ...]
    version: int = VERSION
    only_reads: bool = False
    """True if it is in a shared room, and the token for that was one that only reads."""


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
    """The node's own text at the time; None where it was the template's."""
    upto: int = 0
    """Number of the last update of the change; 0 where it is unknown."""
    origin: str = ""
    """Id of the device that it was merged from; empty: made in this file."""
    made: int | None = None
    """When its author made it, in milliseconds since 1970; None: at the same time as `at`, its arrival."""
    actor: str = ""
    """Id of the person who made it, beside the display name `author`; empty where it is unknown."""


class TeamRoom(NamedTuple):
    """A row of the shared room that a roadmap is in; the table is empty while there is none."""

    server: str
    room: str
    lineage: str
    """The lineage of the document in the room."""
    acknowledged: bytes
    """State vector of what the server has confirmed; empty where that is unknown."""
    last_contact: int
    """Milliseconds since 1970."""


class MeasuringRow(NamedTuple):
    """A row of what measuring needs on this machine, which is no part of the document."""

    key: str
    value: str
    at: int
    """Milliseconds since 1970."""
    sum: int

    @property
    def is_sound(self) -> bool:
        """True if its value is as it was written."""
        return self.key in MEASURING_KEYS and self.sum == measuring_checksum(self.key, self.value, self.at)


class Moment(NamedTuple):
    """A marked place in the change log: everything up to `change`, and nothing later."""

    id: int
    at: int
    """Milliseconds since 1970."""
    author: str
    kind: MomentKind
    name: str
    """The name given by a person; empty for automatic ones."""
    change: int


def checksum(seq: int, data: object) -> int:
    """A checksum of a row, to detect damage before decoding; -1 for data of another type."""
    raw = data.encode() if isinstance(data, str) else data
    return zlib.crc32(raw, seq & 0xFFFFFFFF) if isinstance(raw, bytes) and isinstance(seq, int) else -1


def view_checksum(seq: int, data: object, version: int = VERSION) -> int:
    """A checksum of the plain copy in a file of a version.

    Since version 4 each version has another one: a program of an older version that still has the file open
    writes copies that lack what it does not know, and none of them is taken for a copy.
    """
    if version < FIRST_SEALED or not isinstance(data, str) or not isinstance(seq, int):
        return checksum(seq, data)
    return checksum(seq, f"{version}\n{data}")


def measuring_checksum(key: str, value: str, at: int) -> int:
    """A checksum of a row of what measuring needs."""
    return checksum(at, f"{key}\n{value}")


def change_checksum(edit: str, inverse: str, upto: int) -> int:
    """A checksum of the parts of a change that a rescue needs."""
    return checksum(upto, f"{edit}\n{inverse}")
