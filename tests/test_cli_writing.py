"""A command says that it failed only where it changed nothing, and that it saved only what is on the disk."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from commanding import Capture, good, run, stored
from lfroadmap.store.sqlite import disk
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.store import Store
from plan_at_home import (
    a_restored_part,
    a_restored_snapshot,
    a_snapshot,
    an_emptied_bin,
    an_import,
)

pytestmark = pytest.mark.usefixtures("home")

WRITING = {
    ("snapshot", "plan", "--save", "mine"): a_snapshot,
    ("import", "t.csv", "--into", "plan", "--yes"): an_import,
    ("snapshot", "plan", "--restore", "board"): a_restored_snapshot,
    ("bin", "plan", "--restore", "kpi.upsell"): a_restored_part,
    ("bin", "plan", "--empty", "--yes"): an_emptied_bin,
}
"""Every command that changes a roadmap's file, and how the file shows it."""


@pytest.fixture
def locked(plan: Path, monkeypatch: pytest.MonkeyPatch) -> sqlite3.Connection:
    """Another program that holds the file locked."""
    monkeypatch.setattr(disk, "BUSY_TIMEOUT", 0.05)
    other = sqlite3.connect(plan, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other


@pytest.mark.parametrize("command", WRITING)
def test_a_lock_that_goes_between_two_tries_makes_no_command_say_that_it_failed(
    capsys: Capture, plan: Path, locked: sqlite3.Connection, command: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    flush, tried = Store.flush, []

    def first_try(store: Store, timeout: float | None = None) -> bool:
        tried.append(flush(store, timeout))
        locked.execute("ROLLBACK")
        return tried[-1]

    monkeypatch.setattr(Store, "flush", first_try)
    ran = run(capsys, *command)
    assert tried == [False]
    assert (ran.status, ran.err) == (0, "")
    assert WRITING[command](plan)
    locked.close()


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("command", WRITING)
@pytest.mark.quick_cases(3)
def test_a_command_that_says_that_it_failed_has_changed_nothing_and_never_will(
    capsys: Capture, plan: Path, locked: sqlite3.Connection, command: tuple[str, ...], language: str
) -> None:
    before = stored(plan.parents[2], "plan")
    ran = run(capsys, *command, "--lang", language)
    assert ran.status == 1
    assert str(plan) in ran.err
    for part in ("tried again", "kept in memory", "נשמר בזיכרון"):  # that is a window's message
        assert part not in ran.err
    locked.execute("ROLLBACK")
    locked.close()
    assert not WRITING[command](plan)
    assert stored(plan.parents[2], "plan") == before
    assert [entry.name for entry in plan.parent.iterdir()] == [plan.name]


def test_what_cannot_be_saved_is_not_said_to_be(
    capsys: Capture, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def add_moment(*args: object) -> None:
        raise ValueError("nobody knows why")

    monkeypatch.setattr(Log, "add_moment", add_moment)
    ran = run(capsys, "snapshot", "plan", "--save", "mine")
    assert ran.status == 1
    assert "was not changed" in ran.err and "nobody knows why" in ran.err
    assert not a_snapshot(plan)


def test_a_snapshot_of_a_name_that_is_no_text_is_saved_and_found(capsys: Capture, plan: Path) -> None:
    good(capsys, "snapshot", "plan", "--save", "a\udcff")
    assert "a\ufffd" in good(capsys, "snapshot", "plan")


def test_a_command_that_is_broken_off_says_what_came_of_it(
    capsys: Capture, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flush = Store.flush

    def broken_off(store: Store, timeout: float | None = None) -> bool:
        flush(store, timeout)
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "flush", broken_off)
    assert "“mine” is saved" in good(capsys, "snapshot", "plan", "--save", "mine")
    assert a_snapshot(plan)
