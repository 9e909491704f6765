"""Edits that fail, listeners that fail, locks and missing files: no edit is lost."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SpliceText
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import Saved, SaveFailing
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import Listener
from store_states import value


class Impossible(Rename):
    __slots__ = ()

    def on(self, roadmap: Roadmap) -> Roadmap:
        raise ZeroDivisionError("a defect")


def unstorable() -> Edit:
    """An edit that slipped past what cleans it; the document's library panics at it."""
    edit = SetField("g", "x")
    object.__setattr__(edit, "value", "\ud800")
    return edit


@pytest.mark.parametrize("impossible", [Impossible("r", "x"), unstorable()], ids=["defect", "panic"])
def test_an_edit_that_cannot_be_done_holds_nothing_up_and_is_not_hidden(
    path: Path, store: Store, heard: Listener, impossible: Edit
) -> None:
    store.submit(SetField("g", "before"))
    store.submit(impossible)
    store.submit(SpliceText("f", 0, 0, "after"))
    event = heard.wait(SaveFailing)
    assert (event.error.key, event.waiting) == ("save_refused", 1)
    assert not store.flush(10)
    assert store.unsaved == (impossible,)
    assert store.close() == (impossible,)
    assert (value(read(path), "g"), value(read(path), "f")) == ("before", "after")


def test_a_listener_that_fails_costs_no_edit(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    failures: list[BaseException | None] = []
    import threading

    before, threading.excepthook = threading.excepthook, lambda args: failures.append(args.exc_value)
    try:
        store = Store(path, "dana")
        store.start(lambda event: 1 / 0)  # type: ignore[arg-type, return-value]
        store.submit(SetField("g", "x"))
        store.submit(SetField("g", "xy"))
        assert store.close() == ()
    finally:
        threading.excepthook = before
    assert value(read(path), "g") == "xy"
    assert failures
    assert all(isinstance(failure, ZeroDivisionError) for failure in failures)


def test_edits_wait_for_the_start_and_are_never_refused_after_the_end(path: Path) -> None:
    store = Store(path, "dana")
    store.submit(SetField("g", "x"))
    assert not store.flush(0.1)
    assert store.close() == ()
    assert value(read(path), "g") == "x"
    late = SetField("g", "late")
    assert store.submit(late) == 2
    assert store.unsaved == (late,)
    assert store.close() == (late,)
    assert not store.flush()


def test_a_program_that_ends_without_closing_still_saves(path: Path) -> None:
    code = f"""if True:
        from pathlib import Path
        from lfroadmap.roadmap.edits import SetField
        from lfroadmap.store.store import Store
        store = Store(Path({str(path)!r}), "dana")
        store.start(lambda event: None)
        for n in range(50):
            store.submit(SetField("g", str(n)))
        raise SystemExit(3)
    """
    assert subprocess.run([sys.executable, "-c", code], timeout=30, check=False).returncode == 3
    assert value(read(path), "g") == "49"


def test_a_file_taken_away_is_noticed_and_mended(path: Path, store: Store, heard: Listener) -> None:
    store.submit(SetField("g", "a"))
    assert store.flush(10)
    away = path.rename(path.with_name("away"))
    store.submit(SetField("g", "b"))
    event = heard.wait(SaveFailing)
    assert (event.error.key, event.waiting) == ("save_moved", 1)
    assert store.unsaved == (SetField("g", "b"),)
    away.rename(path)
    heard.wait(Saved, lambda saved: saved.number == 2)
    assert value(read(path), "g") == "b"


def test_a_lock_is_waited_for(path: Path, store: Store, heard: Listener) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    store.submit(SetField("g", "patience"))
    assert heard.wait(SaveFailing).error.key == "save_locked"
    db.execute("ROLLBACK")
    db.close()
    heard.wait(Saved, lambda saved: saved.number == 1)
    assert value(read(path), "g") == "patience"
