"""What befalls a file while a window has it open: it is told, nothing typed is lost, and saving goes on."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store import history
from lfroadmap.store.store import Saved, SaveFailing, Store, read
from listening import PLAN, Listener


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    return path


@pytest.fixture
def heard() -> Listener:
    return Listener()


@pytest.fixture
def store(path: Path, heard: Listener) -> Iterator[Store]:
    store = Store(path, "dana")
    store.start(heard)
    store.submit(SetField("g", "before"))
    heard.wait(Saved)
    yield store
    store.close()


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
    assert heard.wait(SaveFailing, lambda told: told.waiting == 5).error.key == "save_moved"
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
    # permissions do not hold root back: the connection itself is told to take nothing
    log, _ = store._writer._opened()
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
    store.settle()
    monkeypatch.setattr(time, "time_ns", lambda: real() - 10**9 * 86400 * 3650)
    store.submit(SetField("g", "ten years ago"))
    assert store.flush(10)
    monkeypatch.undo()
    store.settle()
    store.submit(SetField("g", "now"))
    store.undo()
    assert store.close() == ()
    entries = history.read(path)
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
