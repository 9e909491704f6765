"""Whether the tables of a file are those that we make: anything else under their names may never end."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import FIRST, STEPS, VERSION, checksum

NAMES = ("updates", "changes", "steps", "view", "moments")
"""Every table that is read or written."""
_LEAST = 16
"""Bytes that a row takes beside its update."""


def are_ours(db: Connection, version: int) -> bool:
    """Whether a file of this version has exactly our tables, beside those that SQLite makes for itself.

    Who reads and checks them would also work out what others compute: columns, indices, conditions. Of a
    newer version only this is known: what is read must be a table.
    """
    rows = db.execute("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite|_%' ESCAPE '|'")
    found = rows.fetchall()
    if version <= VERSION:
        return {(sort, name): _plain(sql) for sort, name, sql in found} == _made(version)
    there = {name: _plain(sql) for sort, name, sql in found if sort == "table" and name in NAMES}
    views = {name for sort, name, _ in found if sort == "view"}
    virtual = {name for name, sql in there.items() if not sql.startswith("createtable")}
    return not views.intersection(NAMES) and not virtual and not any(_computes(db, name) for name in there)


def _computes(db: Connection, table: str) -> bool:
    """Whether a table has columns whose values are not stored but computed."""
    return any(hidden for *_, hidden in db.execute(f"PRAGMA table_xinfo({table})"))


@cache
def _made(version: int) -> dict[tuple[str, str], str]:
    """Sort and name -> the statement that made the table, as SQLite keeps it."""
    out: dict[str, str] = {}
    steps = [FIRST, *(statements for n, statements in STEPS.items() if n <= version)]
    for statement in ";".join(steps).split(";"):
        text = " ".join(statement.split())
        if text.startswith("CREATE TABLE "):
            name, _, _ = text.removeprefix("CREATE TABLE ").partition("(")
            out[name] = _plain(text)
        elif text:  # a column that is added stands before the last bracket
            name, _, column = text.removeprefix("ALTER TABLE ").partition(" ADD COLUMN ")
            out[name] = f"{out[name][:-1]},{_plain(column)})"
    return {("table", name): statement for name, statement in out.items()}


def _plain(sql: object) -> str:
    """A statement without what makes no difference."""
    return "".join(str(sql).replace('"', "").split()).lower()


def updates(db: Connection, path: Path, after: int = 0) -> list[tuple[int, bytes]] | None:
    """The updates behind the number `after`, in order, each with its number.

    None where one is damaged, or where there are more of them than the file can hold.
    """
    out, left = [], disk.size_of(path) + disk.SPARE
    rows = db.execute("SELECT seq, data, sum FROM updates WHERE seq > ? ORDER BY seq", (after,))
    for seq, data, held in rows:
        if checksum(seq, data) != held:
            return None
        left -= len(data) + _LEAST
        if left < 0:
            return None
        out.append((seq, data))
    return out
