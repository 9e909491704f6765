"""Files that somebody made by hand, checksums and all: every command ends, and with words."""

from __future__ import annotations

import json
import signal
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from pycrdt import Array, Map

from commanding import Capture, at_home, run
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import dump
from lfroadmap.roadmap.edits import SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.limits import MAX_DEPTH
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite import tables
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.sqlite.file_schema import MIGRATIONS, VERSION, change_checksum, checksum
from lfroadmap.store.store import Store
from listening import PLAN

NAME = "plan"
END = 120
"""Seconds after which a command counts as one that does not end."""
Db = sqlite3.Connection
COMMANDS = (
    ("list",),
    ("show", NAME),
    ("show", NAME, "--at", "2020-01-01"),
    ("show", NAME, "--at", "board"),
    ("history", NAME),
    ("history", NAME, "--json", "--text", "task"),
    ("snapshot", NAME),
    ("bin", NAME),
    ("export", "json", NAME, "-o", "-", "--history"),
    ("diff", "-7", "--of", NAME),
)
"""Every command that reads a roadmap's file."""


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A roadmap that was worked at, of a person who speaks English."""
    at_home(tmp_path, monkeypatch)
    path = Library(tmp_path / "data").create(NAME, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for n in range(4):
        store.submit(Add(Task(f"n{n}", f"task {n}"), "c"))
        store.submit(SpliceText("f", 0, 0, "some words "))
        store.submit(Tick(f"n{n}", True, "2026-01-01"))
        store.end_burst()
    store.mark("board")
    store.submit(Batch((Remove("n1"), Tick("t1", True))))
    store.submit(SetKpi("k", "owner", "Noa"))
    assert store.close() == ()
    return path


@pytest.fixture(autouse=True)
def ends() -> Iterator[None]:
    """Break off what does not end."""

    def late(number: int, frame: FrameType | None) -> None:
        raise AssertionError("it does not end")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(END)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


# forging


def sql(*statements: str) -> Callable[[Db], object]:
    return lambda db: [db.execute(statement) for statement in statements]


ENDLESS = "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more)"


def endless(table: str) -> Callable[[Db], object]:
    """A view in the place of a table, of the same columns, that has no last row."""

    def forge(db: Db) -> None:
        columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
        told = ", ".join(["n AS seq" if name in ("seq", "id") else f"'' AS {name}" for name in columns])
        db.execute(f"ALTER TABLE {table} RENAME TO kept")
        db.execute(f"CREATE VIEW {table} AS {ENDLESS} SELECT {told} FROM more")

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
    held = Document()
    with held._doc.transaction():
        held._meta["title"] = "ZZZZ"
    return held.full_update().replace(b"w\x04ZZZZ", opening * depth + b"~")


def at(kind: str, node: str, name: str, value: object) -> Callable[[Document], object]:
    def change(held: Document) -> None:
        root = next(root for sort, root in held._roots.items() if sort.__name__ == kind)
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


def test_a_file_of_ours_has_our_tables(path: Path, tmp_path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    assert tables.has_our_tables(db, VERSION)
    db.execute("ALTER TABLE view RENAME TO other")
    assert not tables.has_our_tables(db, VERSION)
    db.execute("ALTER TABLE other RENAME TO view")  # SQLite writes the name in quotes now
    assert tables.has_our_tables(db, VERSION)
    db.close()


def test_the_tables_of_every_version_are_known(tmp_path: Path) -> None:
    from lfroadmap.store.sqlite.file_format import run_statements
    from lfroadmap.store.sqlite.file_schema import FIRST_TABLES

    db = sqlite3.connect(tmp_path / "x", isolation_level=None)
    run_statements(db, FIRST_TABLES)
    for version in range(1, VERSION + 1):
        if version > 1:
            run_statements(db, MIGRATIONS[version])
        assert tables.has_our_tables(db, version)
        assert not tables.has_our_tables(db, VERSION + 1 - version)
    assert tables.has_our_tables(db, VERSION + 1)  # as far as that can be told
    db.close()


@pytest.mark.parametrize("how", FORGED)
def test_every_command_ends_with_words_and_leaves_the_file_as_it_is(
    capsys: Capture, path: Path, how: str
) -> None:
    forge(path, FORGED[how])
    before = path.read_bytes()
    for command in COMMANDS:
        ran = run(capsys, *command)
        assert ran.status in (0, 1, 2), command
        assert bool(ran.err) is (ran.status != 0), command
        assert "Traceback" not in ran.err, command
    assert path.read_bytes() == before
    try:
        store = Store(path, "dana")
    except BrokenStore as error:
        assert str(path) in str(error)
    else:
        store.start(lambda event: None)
        store.submit(SetField("g", "typed"))
        store.undo()
        store.close()


@pytest.mark.parametrize("how", FORGED)
def test_doctor_saves_what_can_be_saved_or_says_that_nothing_can(
    capsys: Capture, path: Path, how: str
) -> None:
    forge(path, FORGED[how])
    checked = run(capsys, "doctor", str(path), "--check")
    mended = run(capsys, "doctor", str(path))
    assert checked.status in (0, 1)
    if mended.status:
        assert str(path) in mended.err
        return
    assert isinstance(read(path), Roadmap)
    again = run(capsys, "doctor", str(path), "--check")
    assert (again.status, again.err) == (0, "")
    assert run(capsys, "history", NAME).status == 0
