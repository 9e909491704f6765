"""Which edits become one change of the change log, and which text they keep."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Rename, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.events import Saved
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import Listener
from plans import HOSTILE
from store_states import rows, value


def test_typing_is_one_change_and_each_key_is_durable(path: Path, store: Store, heard: Listener) -> None:
    for n, key in enumerate("שלום", 1):
        store.submit(SpliceText("f", n - 1, 0, key))
        heard.wait(Saved, lambda saved, n=n: saved.number == n)
        assert value(read(path), "f") == "שלום"[:n]
    for n in range(3):
        store.submit(SetField("g", "abc"[: n + 1]))
    for done in (True, False, True):
        store.submit(Tick("t1", done, "2026-01-01"))
    assert store.flush(10)
    logged = rows(path, "SELECT kind, node, old, new FROM changes ORDER BY seq")
    assert logged == [
        ("SpliceText", "f", '""', '"שלום"'),
        ("SetField", "g", '""', '"abc"'),
        ("Tick", "t1", "false", "true"),
        ("Tick", "t1", "true", "false"),
        ("Tick", "t1", "false", "true"),
    ]


def test_a_pause_or_a_settle_ends_the_burst(path: Path, store: Store) -> None:
    store.submit(SetField("g", "a"))
    store.submit(SetField("g", "ab"))
    store.end_burst()
    store.submit(SetField("g", "abc"))
    time.sleep(1.2)
    store.submit(SetField("g", "abcd"))
    store.submit(SpliceText("f", 0, 0, "one"))
    store.submit(SpliceText("f", 0, 0, "two "))
    store.submit(SpliceText("f", 7, 0, "!"))
    assert store.flush(10)
    assert [new for (new,) in rows(path, "SELECT new FROM changes ORDER BY seq")] == [
        '"ab"', '"abc"', '"abcd"', '"two one!"',
    ]  # fmt: skip


def test_what_is_typed_and_taken_back_at_once_is_no_step(path: Path, store: Store) -> None:
    store.submit(SpliceText("f", 0, 0, "x"))
    store.submit(SpliceText("f", 0, 1, ""))
    store.submit(SetField("g", "a"))
    store.submit(SetField("g", ""))
    assert store.flush(10)
    assert rows(path, "SELECT * FROM changes") == []
    assert rows(path, "SELECT * FROM steps") == []


def test_runs_that_do_not_touch_are_changes_of_their_own(path: Path, store: Store) -> None:
    store.submit(SpliceText("f", 0, 0, "0123456789"))
    store.end_burst()
    store.submit(SpliceText("f", 2, 1, "x"))
    store.submit(SpliceText("f", 8, 1, "y"))
    assert store.flush(10)
    assert len(rows(path, "SELECT * FROM changes")) == 3


def test_the_change_log_tells_who_what_and_when(path: Path, store: Store) -> None:
    start = time.time_ns() // 1_000_000
    store.submit(Tick("t1", True, "2026-01-01"))
    store.undo()
    assert store.flush(10)
    logged = rows(path, "SELECT author, node, attribute, undo_of FROM changes ORDER BY seq")
    assert logged == [("dana", "t1", "done", None), ("dana", "t1", "done", 1)]
    for (at,) in rows(path, "SELECT at FROM changes"):
        assert start <= int(str(at)) <= time.time_ns() // 1_000_000


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_survives(path: Path, store: Store, text: str) -> None:
    kept = text.encode("utf-8", "replace").decode() if text.isascii() else text
    kept = "".join("\ufffd" if 0xD800 <= ord(c) < 0xE000 else c for c in kept)
    for edit in (
        SetField("g", text),
        SpliceText("f", 0, 0, text),
        Rename("c", text),
        Add(Task("n", text), "d"),
    ):
        store.submit(edit)
    assert store.flush(10)
    after = store.roadmap
    store.close()
    assert read(path) == after
    assert (value(after, "g"), value(after, "f")) == (kept, kept)


def test_a_pasted_megabyte_is_saved_and_undone(path: Path, store: Store) -> None:
    paste = "שורה 12345 😀\n" * 70_000
    store.submit(SpliceText("f", 0, 0, paste))
    store.end_burst()
    store.submit(SpliceText("f", len(paste) - 5, 2, "x"))
    assert store.flush(20)
    assert value(store.roadmap, "f") == paste[:-5] + "x" + paste[-3:]
    store.undo()
    assert store.flush(20)
    assert value(store.roadmap, "f") == paste
    store.close()
    assert value(read(path), "f") == paste
