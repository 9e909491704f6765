"""Faults of a file that a window has open: each is reported, nothing typed is lost, and saving goes on."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import Marked, Outdated, Saved, SaveFailing, WriterEnded
from lfroadmap.store.history import queries
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, words
from listening import PLAN, Listener

ENDLESS = (
    "WITH RECURSIVE more(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM more)"
    " SELECT seq, 0 AS at, '' AS session, x'00' AS data, 0 AS sum FROM more"
)
"""A view that looks like the table of updates, and has no last row."""


@pytest.fixture
def store(path: Path, heard: Listener) -> Iterator[Store]:
    store = Store(path, "dana")
    store.start(heard)
    store.submit(SetField("g", "before"))
    heard.wait(Saved)
    yield store
    store.close()


def typed(roadmap: Roadmap) -> str:
    """What stands in the field of one line."""
    return roadmap.stages[0].cards[0].fields[1].value


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("moved"))


def replace(path: Path) -> None:
    other = path.with_name("other")
    Store.create(other, PLAN, "noa")
    other.replace(path)


def take_the_folder(path: Path) -> None:
    path.parent.rename(path.parent.with_name("gone"))


def wait_until_quiet(path: Path) -> None:
    """Wait until nothing lies beside the file any more."""
    beside, end = path.with_name(path.name + "-wal"), time.monotonic() + 10
    while beside.stat().st_size and time.monotonic() < end:
        time.sleep(0.05)
    assert beside.stat().st_size == 0


def test_in_a_quiet_moment_the_file_alone_is_whole(path: Path, store: Store, tmp_path: Path) -> None:
    wait_until_quiet(path)
    copy = tmp_path / "copy.roadmap"
    copy.write_bytes(path.read_bytes())
    assert read(copy) == SetField("g", "before").on(PLAN)


@pytest.mark.parametrize("fault", [delete, move, replace, take_the_folder])
def test_a_file_that_is_no_longer_there_takes_no_edit_silently(
    path: Path, store: Store, heard: Listener, fault: Callable[[Path], None]
) -> None:
    wait_until_quiet(path)
    fault(path)
    edits = tuple(SetField("g", f"after {n}") for n in range(5))
    for edit in edits:
        store.submit(edit)
    assert heard.wait(SaveFailing, lambda event: event.waiting == 5).error.key == "save_moved"
    assert store.unsaved == edits
    assert not store.flush(2)
    assert store.close() == edits
    if fault is replace:
        assert read(path) == PLAN  # another roadmap is not mixed with this one


def test_a_file_that_is_put_back_gets_what_waited(path: Path, store: Store, heard: Listener) -> None:
    move(path)
    store.submit(SetField("g", "waited"))
    heard.wait(SaveFailing)
    path.with_name("moved").rename(path)
    heard.wait(Saved, lambda saved: saved.number == 2)
    assert store.close() == ()
    assert read(path) == SetField("g", "waited").on(PLAN)


def test_a_locked_file_is_waited_for_and_told(path: Path, store: Store, heard: Listener) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store.submit(SetField("g", "waited"))
    assert heard.wait(SaveFailing).error.key == "save_locked"
    other.execute("ROLLBACK")
    other.close()
    heard.wait(Saved, lambda saved: saved.number == 2)


def test_a_file_that_becomes_read_only_is_told(
    path: Path, store: Store, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    # permissions do not hold root back: the connection itself is set to take nothing
    log, _ = store._writer._open()
    refusing = f"{path.as_uri()}?mode=ro"
    read_only = sqlite3.connect(refusing, uri=True, isolation_level=None, check_same_thread=False)
    monkeypatch.setattr(log, "_db", read_only)
    store.submit(SetField("g", "waited"))
    assert heard.wait(SaveFailing).error.key == "save_read_only"
    assert store.unsaved == (SetField("g", "waited"),)
    monkeypatch.undo()
    heard.wait(Saved, lambda saved: saved.number == 2)
    read_only.close()


def test_a_clock_that_goes_back_stops_nothing(
    path: Path, store: Store, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = time.time_ns
    store.end_burst()
    monkeypatch.setattr(time, "time_ns", lambda: real() - 10**9 * 86400 * 3650)
    store.submit(SetField("g", "ten years ago"))
    assert store.flush(10)
    monkeypatch.undo()
    store.end_burst()
    store.submit(SetField("g", "now"))
    store.undo()
    assert store.close() == ()
    entries = queries.read(path)
    assert [entry.new for entry in entries] == ["ten years ago", "now", "ten years ago", "before"]
    assert entries[2].at < entries[3].at
    assert read(path) == SetField("g", "ten years ago").on(PLAN)


def test_trouble_is_raised_as_ours_for_people(path: Path, store: Store, heard: Listener) -> None:
    delete(path)
    store.submit(SetField("g", "x"))
    error = heard.wait(SaveFailing).error
    assert isinstance(error, SaveFailed)
    assert error.facts == {"path": path}
    assert os.fspath(path) in str(error)


class Unforeseen(BaseException):
    """What nobody reckons with."""


def break_the_writer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the writer meet what nobody foresaw, at its next turn."""

    def look() -> None:
        raise Unforeseen("a cosmic ray")

    monkeypatch.setattr(store._presence, "refresh", look)


def test_a_writer_that_comes_to_an_unforeseen_end_tells_and_keeps_the_edits(
    path: Path, store: Store, heard: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_the_writer(store, monkeypatch)
    ended = heard.wait(WriterEnded)
    assert ended.error.key == "save_ended"
    for language in LANGUAGES:
        assert "a cosmic ray" in words(language).error(ended.error)
    store.submit(edit := SetField("g", "typed later"))
    assert not store.flush(30)
    assert store.close() == store.unsaved == (edit,)
    assert not store.is_durable
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]  # nothing is left open
    assert typed(read(path)) == "before"


def test_a_table_that_goes_while_the_file_is_open_is_damage_and_saving_is_tried_on(
    path: Path, store: Store, heard: Listener
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("ALTER TABLE updates RENAME TO elsewhere")
    assert heard.wait(SaveFailing).error.key == "save_damaged"
    store.submit(SetField("g", "waited"))
    other.execute("ALTER TABLE elsewhere RENAME TO updates")
    other.close()
    heard.wait(Saved, lambda saved: saved.number == 2)
    assert heard.of(WriterEnded) == []


@pytest.mark.proof
def test_what_never_ends_in_a_file_that_is_open_is_broken_off_and_told(
    path: Path, store: Store, heard: Listener
) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("ALTER TABLE updates RENAME TO elsewhere")
    other.execute(f"CREATE VIEW updates AS {ENDLESS}")
    other.close()
    assert heard.wait(SaveFailing, timeout=60).error.key == "save_damaged"
    store.submit(edit := SetField("g", "waited"))
    heard.wait(SaveFailing, lambda event: event.waiting == 1, timeout=60)
    assert store.close() == (edit,)


def test_an_edit_is_done_on_the_roadmap_that_was_shown_or_not_at_all(
    path: Path, store: Store, heard: Listener
) -> None:
    shown = store.roadmap
    other = Store(path, "noa")
    other.start(lambda event: None)
    other.submit(SetField("g", "noa's"))
    assert other.close() == ()
    number = store.submit(SetField("g", "over it"), shown=shown)
    outdated = heard.wait(Outdated)
    assert (outdated.number, typed(outdated.roadmap)) == (number, "noa's")
    assert store.flush(10)
    assert store.unsaved == ()
    store.submit(SetField("g", "over it"), shown=outdated.roadmap)
    assert store.flush(10)
    assert typed(read(path)) == "over it"
    assert len(heard.of(Outdated)) == 1


@pytest.mark.parametrize("name", ["\udcff", "a\ud800b"])
def test_what_the_disk_cannot_hold_of_a_name_is_let_go_and_the_moment_is_marked(
    path: Path, store: Store, heard: Listener, name: str
) -> None:
    store.mark(name)
    heard.wait(Marked)
    assert store.close() == ()
    assert [mark.name for mark in queries.marks(path)] == [re.sub("[\ud800-\udfff]", "\ufffd", name)]


def test_an_author_of_any_name_can_save(path: Path, heard: Listener) -> None:
    store = Store(path, "\udcff")
    store.start(heard)
    store.submit(SetField("g", "x"))
    assert store.close() == ()
    assert store.is_durable
