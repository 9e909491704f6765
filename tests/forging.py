"""Roadmap files with values and tables that the program never writes, and with correct checksums."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pycrdt import Array, Map

from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.edits import SpliceText
from lfroadmap.roadmap.model import Task
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.limits import MAX_DEPTH
from lfroadmap.store.sqlite import tables
from lfroadmap.store.sqlite.file_schema import change_checksum, checksum
from listening import PLAN

Db = sqlite3.Connection


def sql(*statements: str) -> Callable[[Db], object]:
    return lambda db: [db.execute(statement) for statement in statements]


ENDLESS = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more)"


def endless(table: str) -> Callable[[Db], object]:
    """A view in the place of a table, of the same columns, that has no last row."""

    def forge(db: Db) -> None:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        selected = ", ".join(["n AS seq" if name in ("seq", "id") else f"'' AS {name}" for name in columns])
        db.execute(f"ALTER TABLE {table} RENAME TO kept")
        db.execute(f"CREATE VIEW {table} AS {ENDLESS} SELECT {selected} FROM more")

    return forge


def computed(table: str, *before: str) -> Callable[[Db], object]:
    """A table of which each row has a value that takes a minute to compute."""

    def forge(db: Db) -> None:
        for statement in before:
            db.execute(statement)
        db.execute(
            f"CREATE TABLE {table}(id INTEGER PRIMARY KEY, at INTEGER, author TEXT, kind TEXT,"
            " name TEXT AS ('slow'), change INTEGER)"
        )
        db.execute(f"INSERT INTO {table}(id, at, author, kind, change) VALUES(1, 0, '', 'named', 1)")
        db.execute("PRAGMA writable_schema=ON")
        slow = ("'slow'", "printf('%.*c', 2000000000, 'x')", table)
        db.execute("UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = ?", slow)

    return forge


def view(text: str) -> Callable[[Db], object]:
    """The plain copy of the roadmap, and no other is left."""

    def forge(db: Db) -> None:
        (seq,) = db.execute("SELECT seq FROM view").fetchone()
        db.execute("UPDATE view SET data = ?, sum = ?", (text, checksum(seq, text)))

    return forge


def viewed(change: Callable[[dict[str, Any]], object]) -> Callable[[Db], object]:
    """The plain copy with something in it changed."""
    plain = json.loads(dump(PLAN))
    change(plain)
    return view(json.dumps(plain))


def changes(text: str) -> Callable[[Db], object]:
    """Every change, there and back."""

    def forge(db: Db) -> None:
        db.execute(
            "UPDATE changes SET edit = ?1, inverse = ?1, sum = ?2", (text, change_checksum(text, text, 9))
        )
        db.execute("UPDATE changes SET upto = 9")

    return forge


def columns(table: str, value: object) -> Callable[[Db], object]:
    """A value in every column that takes it, one row for each."""

    def forge(db: Db) -> None:
        key, *names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        for n, name in enumerate(names):
            db.execute(f"UPDATE {table} SET {name} = ? WHERE {key} % 5 = ?", (value, n % 5))

    return forge


def document(change: Callable[[Document], object]) -> Callable[[Db], object]:
    """A document with something in it that no edit makes, and no other copy."""

    def forge(db: Db) -> None:
        forged = Document()
        forged.fill(PLAN)
        with forged._doc.transaction():
            change(forged)
        update(forged.full_update())(db)

    return forge


def update(data: bytes) -> Callable[[Db], object]:
    def forge(db: Db) -> None:
        db.execute("DELETE FROM updates")
        db.execute("DELETE FROM view")
        db.execute("INSERT INTO updates VALUES(99, 0, '', ?, ?)", (data, checksum(99, data)))

    return forge


def nested(depth: int, opening: bytes) -> bytes:
    """An update in which a list or a map holds another, so many times over."""
    document = Document()
    with document._doc.transaction():
        document._meta["title"] = "ZZZZ"
    return document.full_update().replace(b"w\x04ZZZZ", opening * depth + b"~")


def at(kind: str, node: str, name: str, value: object) -> Callable[[Document], object]:
    def change(document: Document) -> None:
        root = next(root for sort, root in document._roots.items() if sort.__name__ == kind)
        root[node][name] = value

    return change


def batches(depth: int) -> str:
    return '{"is":"Batch","edits":[' * depth + "]}" * depth


ODD = (None, 5, 2**62, 1.5, float("inf"), b"\xff", "", "[" * 100_000, "1" * 5000, '{"a":[1]}', "Batch")
FORGED: dict[str, Callable[[Db], object]] = {
    **{f"endless {name}": endless(name) for name in tables.NAMES if name != "steps"},
    "computed values": computed("moments", "DROP TABLE moments"),
    "computed values beside": computed("other"),
    "computed values in what may be newer": computed("other", "PRAGMA user_version=99"),
    "an index of its own": sql("CREATE INDEX other ON changes(length(printf('%.*c', 10, edit)))"),
    "a trigger that never ends": sql(
        f"CREATE TRIGGER more AFTER INSERT ON changes BEGIN INSERT INTO moments {ENDLESS}"
        " SELECT n, 0, '', 'named', '', 0 FROM more; END"
    ),
    "no tables": sql("DROP TABLE changes", "DROP TABLE moments"),
    "tables of other columns": sql("ALTER TABLE updates RENAME COLUMN data TO other"),
    "a deep copy": view("[" * 100_000),
    "a deep copy of maps": view('{"is":' * 100_000),
    "a copy of a long number": view('{"is":"Roadmap","id":"r","title":' + "1" * 5000 + "}"),
    "a copy of many values": view('{"is":"Roadmap","id":"r","stages":[' + "[]," * 300_000 + "[]]}"),
    "a number for a title": viewed(lambda top: top.update(title=5)),
    "a text for the stages": viewed(lambda top: top.update(stages="abc")),
    "a map for an id": viewed(lambda top: top["stages"][0].update(id={"a": 1})),
    "a KPI for a stage": viewed(lambda top: top["stages"].append({"is": "Kpi", "id": "x"})),
    "a roadmap in a roadmap": viewed(lambda top: top["stages"].append({"is": "Roadmap", "id": "x"})),
    "an unknown sort of field": viewed(
        lambda top: top["stages"][0]["cards"][0]["fields"][0].update(kind="z")
    ),
    "an id twice": viewed(lambda top: top["stages"][0]["cards"].append({"is": "Card", "id": "t1"})),
    "the roadmap's id for a stage": viewed(lambda top: top["stages"].append({"is": "Stage", "id": "r"})),
    "no id": viewed(lambda top: top["stages"].append({"is": "Stage", "id": ""})),
    "the id for last": viewed(lambda top: top["stages"].append({"is": "Stage", "id": "*"})),
    "half a pair": viewed(lambda top: top.update(title="\ud800")),
    "deep changes": changes("[" * 100_000),
    "changes in changes": changes(batches(30)),
    "changes in many changes": changes(batches(900)),
    "changes of other things": changes('{"is":"Task","id":"t1"}'),
    "changes of an unknown column": changes('{"is":"SetKpi","kpi":"k","column":"*","value":"x"}'),
    "changes that add a roadmap": changes('{"is":"Add","node":{"is":"Roadmap","id":"r"},"parent":"r"}'),
    "changes that put a stage into itself": changes('{"is":"Move","node":"s","parent":"s","after":"s"}'),
    "changes that put a card into itself": changes('{"is":"Move","node":"c","parent":"c"}'),
    "changes of wrong offsets": changes(
        '{"is":"SpliceText","field":"f","at":-5,"removed":1e9,"inserted":"x"}'
    ),
    "changes of great offsets": changes(dump(SpliceText("f", 10**30, 10**30, "x"))),
    "changes of half a pair": changes('{"is":"SetField","field":"g","value":"\\ud800"}'),
    **{f"changes of {str(odd)[:9]!r}": columns("changes", odd) for odd in ODD if odd is not None},
    **{f"moments of {str(odd)[:9]!r}": columns("moments", odd) for odd in ODD if odd is not None},
    "moments far away": sql("UPDATE moments SET change = 9223372036854775807, at = -9223372036854775807"),
    "a number for a text": document(at("Task", "t1", "text", 5.0)),
    "a list for a mark": document(at("Task", "t1", "done", Array([1]))),
    "a map for a place": document(at("Card", "c", "pos", Map({"a": 1}))),
    "a list for a parent": document(at("Card", "c", "parent", Array(["s"]))),
    "a card in itself": document(at("Card", "c", "parent", "c")),
    "cards in one another": document(
        lambda d: [at("Card", "c", "parent", "d")(d), at("Card", "d", "parent", "c")(d)]
    ),
    "a text for a node": document(lambda d: d._roots[Task].update({"t1": "text"})),
    "a node of no id": document(lambda d: d._roots[Task].update({"": Map({"parent": "c", "pos": "V"})})),
    "an unknown value": document(at("Task", "t1", "unknown", "x")),
    "a roadmap of no id": document(lambda d: d._meta.pop("id")),
    "a roadmap of a number": document(lambda d: d._meta.update({"id": 5.0})),
    "an empty document": update(Document().full_update()),
    "no document": update(b"\xff" * 100),
    "lists in lists": update(nested(100_000, b"u\x01")),
    "maps in maps": update(nested(100_000, b"v\x01\x01a")),
    "lists of two in lists": update(nested(100_000, b"u\x02~")),
    "as deep as is let through": update(nested(MAX_DEPTH, b"u\x01")),
}


def forge(path: Path, how: Callable[[Db], object]) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    how(db)
    db.close()
