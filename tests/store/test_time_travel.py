"""What a roadmap was before, from its own file."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.store.history.time_travel import TimeTravel, at
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN

STEPS: tuple[Edit, ...] = (
    Tick("t1", True, "2026-03-01"),
    SpliceText("f", 0, 0, "שלום"),
    Batch((Add(Task("n", "New"), "d"), SetField("g", "x"))),
    SpliceText("f", 4, 0, " there"),
    Remove("c"),
    Tick("n", True, "2026-03-02"),
)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, list[tuple[datetime, Roadmap]]]:
    """A file with a history, and what it held after each step."""
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    seen = [(datetime.now(UTC), PLAN)]
    for step in STEPS:
        time.sleep(0.005)
        store = Store(path, "dana")
        store.start(lambda event: None)
        store.submit(step)
        assert store.close() == ()
        seen.append((datetime.now(UTC), read(path)))
    return path, seen


def test_every_moment_can_be_gone_back_to(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    for moment, roadmap in seen:
        assert at(path, moment).roadmap == roadmap
    assert at(path, seen[0][0] - timedelta(days=9)) == (PLAN, 0)
    assert at(path, seen[-1][0]) == (read(path), TimeTravel(path).last)


def test_an_undo_is_a_part_of_the_past(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    time.sleep(0.005)
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.undo()
    store.close()
    assert at(path, datetime.now(UTC)).roadmap == seen[-2][1]
    assert at(path, seen[-1][0]).roadmap == seen[-1][1]


def test_reading_the_past_leaves_the_file_as_it_is(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    before, beside = path.read_bytes(), [entry.name for entry in path.parent.iterdir()]
    at(path, seen[0][0])
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == beside


def test_a_new_roadmap_has_no_past(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    assert at(path, datetime(1990, 1, 1, tzinfo=UTC)) == at(path, datetime.now(UTC)) == (PLAN, 0)


def test_a_change_that_cannot_be_read_is_told(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    with closing(sqlite3.connect(path)) as db:
        db.execute('UPDATE changes SET inverse = \'{"is":"Nonsense"}\' WHERE seq = 2')
        db.commit()
    assert at(path, seen[-2][0]).roadmap == seen[-2][1]
    with pytest.raises(BrokenStore) as caught:
        at(path, seen[0][0])
    assert (caught.value.key, caught.value.facts) == ("history_unreadable", {"n": 1})


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenStore):
        at(tmp_path / "missing.roadmap", datetime.now(UTC))
