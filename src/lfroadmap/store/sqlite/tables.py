"""Checks that a file has exactly our tables: queries of forged views or triggers may never end."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.disk import Connection
from lfroadmap.store.sqlite.file_schema import FIRST_TABLES, MIGRATIONS, VERSION, checksum

NAMES = ("updates", "changes", "steps", "view", "moments", "team", "measuring")
"""Every table that is read or written."""
_ROW_OVERHEAD = 16
"""Bytes of a row besides its update."""


def has_our_tables(db: Connection, version: int) -> bool:
    """True if a file of this version has exactly our tables, beside those of SQLite itself.

    Reading other columns, indices and conditions would evaluate their expressions. Of a newer version only
    this is known: the names that are read must be tables.
    """
    rows = db.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite|_%' ESCAPE '|'"
    ).fetchall()
    if version <= VERSION:
        return {(sort, name): _normalized(sql) for sort, name, sql in rows} == _expected(version)
    tables = {name: _normalized(sql) for sort, name, sql in rows if sort == "table" and name in NAMES}
    views = {name for sort, name, _ in rows if sort == "view"}
    virtual = {name for name, sql in tables.items() if not sql.startswith("createtable")}
    computed = any(_has_computed_columns(db, name) for name in tables)
    return not (views.intersection(NAMES) or virtual or computed)


def _has_computed_columns(db: Connection, table: str) -> bool:
    """True if a table has generated columns."""
    return any(hidden for *_, hidden in db.execute(f"PRAGMA table_xinfo({table})"))


@cache
def _expected(version: int) -> dict[tuple[str, str], str]:
    """Type and name -> the statement that created the table, as SQLite stores it."""
    out: dict[str, str] = {}
    migrations = [FIRST_TABLES, *(statements for n, statements in MIGRATIONS.items() if n <= version)]
    for statement in ";".join(migrations).split(";"):
        text = " ".join(statement.split())
        if text.startswith("CREATE TABLE "):
            name, _, _ = text.removeprefix("CREATE TABLE ").partition("(")
            out[name] = _normalized(text)
        elif text:  # an added column stands before the last bracket
            name, _, column = text.removeprefix("ALTER TABLE ").partition(" ADD COLUMN ")
            out[name] = f"{out[name][:-1]},{_normalized(column)})"
    return {("table", name): statement for name, statement in out.items()}


def _normalized(sql: object) -> str:
    """A statement without insignificant characters."""
    return "".join(str(sql).replace('"', "").split()).lower()


def updates(db: Connection, path: Path, after: int = 0) -> list[tuple[int, bytes]] | None:
    """The updates after the number `after`, in order, each with its number.

    None where one is damaged, or where there are more of them than the file can have.
    """
    out: list[tuple[int, bytes]] = []
    remaining = -1
    rows = db.execute("SELECT seq, data, sum FROM updates WHERE seq > ? ORDER BY seq", (after,))
    for seq, data, expected in rows:
        if checksum(seq, data) != expected:
            return None
        if not out:
            remaining = disk.size_of(path) + disk.SPARE
        remaining -= len(data) + _ROW_OVERHEAD
        if remaining < 0:
            return None
        out.append((seq, data))
    return out
