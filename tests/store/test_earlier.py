"""The moment from which a report lists changes, out of real files."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Tick
from lfroadmap.store.history.earlier import DAYS, earlier
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from samples import sample

TASKS = ("goals.1", "goals.2", "goals.3")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    library = Library(tmp_path)
    library.create("plan", sample("en"), "me")
    return library.path("plan")


def tick(path: Path, task: str, *, name: str = "", done: bool = True) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(Tick(task, done, ""))
    if name:
        store.mark(name)
    assert store.close() == ()


def test_it_is_the_last_named_snapshot_and_not_one_of_just_this_state(path: Path) -> None:
    today = date.today()
    assert earlier(path, today) is None
    tick(path, "goals.2", name="first")
    assert earlier(path, today) is None  # it is the present state
    tick(path, "goals.3", name="second")
    found = earlier(path, today)
    assert found is not None and (found.name, found.day) == ("first", today)
    done = {task.id for task in found.roadmap.stages[0].cards[0].tasks if task.done}
    assert "goals.2" in done and "goals.3" not in done
    tick(path, "goals.2", done=False)
    again = earlier(path, today)
    assert again is not None and again.name == "second"


def test_without_a_name_it_is_a_month_ago_where_the_history_is_as_old(path: Path) -> None:
    today = date.today()
    tick(path, "goals.2")
    assert earlier(path, today + timedelta(DAYS - 1)) is None
    tick(path, "goals.3")
    found = earlier(path, today + timedelta(DAYS + 1))
    assert found is not None and (found.name, found.day) == ("", today + timedelta(1))
    assert sum(task.done for task in found.roadmap.stages[0].cards[0].tasks) == 3


def test_nothing_is_told_where_a_change_on_the_way_back_is_damaged(path: Path) -> None:
    tick(path, "goals.2", name="first")
    tick(path, "goals.3")
    with sqlite3.connect(path) as db:
        db.execute("UPDATE changes SET inverse = '{' WHERE seq = (SELECT max(seq) FROM changes)")
    db.close()
    assert earlier(path, date.today()) is None
