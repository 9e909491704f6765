"""Files as they are found in practice: worked at, left by a killed program, or of an earlier version."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

from pycrdt import Doc, Map

from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Field, Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.store.folder.notices import Notice
from lfroadmap.store.sqlite.file_schema import APPLICATION, FIRST_TABLES, MIGRATIONS, checksum, view_checksum
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, words
from listening import PLAN

WORK = (SetField("g", "one"), SpliceText("f", 0, 0, "long text"), Tick("t1", True, "2026-01-01"))
OTHER = Roadmap("o", "Other", "")


def worked(path: Path, *edits: Edit) -> None:
    """Do edits in a window of its own, as steps of their own, and close it."""
    store = Store(path, "dana")
    store.start(lambda event: None)
    for edit in edits or WORK:
        store.submit(edit)
        store.end_burst()
    assert store.close() == ()


def crashed(path: Path, edit: Edit = SetField("g", "in the log")) -> None:  # noqa: B008 - it is frozen
    """Do an edit that is then only in the log beside the file, as after a kill."""
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(edit)
    assert store.flush(10)
    contents = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    store.close()
    for end, data in contents.items():
        path.with_name(path.name + end).write_bytes(data)


def without_lineage(update: bytes) -> bytes:
    """An update as before version 3, when a document had no lineage."""
    doc: Doc[Any] = Doc()
    meta = doc.get("meta", type=Map)
    doc.apply_update(update)
    if "lineage" not in meta:
        return update
    del meta["lineage"]
    return doc.get_update()


def as_version(path: Path, version: int) -> None:
    """Rewrite the file as an older version of the program would have written it."""
    newer = path.with_name("newer")
    path.rename(newer)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    tables = FIRST_TABLES + "".join(MIGRATIONS[number] for number in range(2, version + 1))
    db.executescript(f"PRAGMA application_id={APPLICATION};PRAGMA user_version={version};{tables}")
    db.execute("ATTACH ? AS newer", (str(newer),))
    for table in ("changes", "steps", "view", *(("moments",) if version >= 2 else ())):
        columns = ", ".join(name for _, name, *_ in db.execute(f"PRAGMA main.table_info({table})"))
        db.execute(f"INSERT INTO {table}({columns}) SELECT {columns} FROM newer.{table}")
    for seq, at, session, data in db.execute("SELECT seq, at, session, data FROM newer.updates").fetchall():
        old = data if version >= 3 else without_lineage(data)
        db.execute("INSERT INTO updates VALUES(?, ?, ?, ?, ?)", (seq, at, session, old, checksum(seq, old)))
    for seq, data in db.execute("SELECT seq, data FROM view").fetchall():
        db.execute("UPDATE view SET sum = ?", (view_checksum(seq, data, version),))
    db.execute("DETACH newer")
    db.close()
    newer.unlink()


def names(folder: Path) -> list[str]:
    """The names of all files in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def done() -> Roadmap:
    """PLAN after WORK."""
    roadmap = PLAN
    for edit in WORK:
        roadmap = edit.on(roadmap)
    return roadmap


def keys(notices: list[Notice]) -> list[str]:
    """The keys of notices, each of which has its words in both languages."""
    for notice in notices:
        for language in LANGUAGES:
            assert words(language)(f"recovery.{notice.key}", **notice.facts)
    return [notice.key for notice in notices]


OPENER = """
import sys, sqlite3
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN"); db.execute("SELECT * FROM updates").fetchall()
print("open", flush=True)
sys.stdin.read()
"""


def opened_elsewhere(path: Path) -> subprocess.Popen[bytes]:
    """Another process that has a file open with SQLite and shows itself nowhere else."""
    process = subprocess.Popen(
        [sys.executable, "-c", OPENER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    return process


def close(process: subprocess.Popen[bytes]) -> None:
    """End a process of `opened_elsewhere`."""
    process.communicate(timeout=30)


def draft_of(path: Path, kind: str, roadmap: Roadmap = OTHER) -> Path:
    """A finished file that never got its name."""
    draft = path.with_name(f".{path.name}.0123abcd.{kind}")
    Store.create(draft, roadmap, "dana")
    return draft


def make_pipe(path: Path) -> None:
    os.mkfifo(path)


def value(roadmap: Roadmap, field: str) -> str:
    place = find(roadmap, field)
    assert place is not None
    assert isinstance(place.node, Field)
    return place.node.value


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()
