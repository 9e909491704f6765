"""What a roadmap was before, from its own file."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import Add, Batch, Edit, Remove, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.store.store import Store, read, read_past
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
        store = Store(path, "dana")
        store.start(lambda event: None)
        store.submit(step)
        assert store.close() == ()
        seen.append((datetime.now(UTC), read(path)))
        time.sleep(0.005)
    return path, seen


def test_every_moment_can_be_gone_back_to(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    past = read_past(path)
    assert past.roadmap == read(path)
    for moment, roadmap in seen:
        assert past.at(moment) == roadmap
    assert past.at(seen[0][0] - timedelta(days=9)) == PLAN
    assert past.begins is not None and seen[0][0] <= past.begins <= seen[1][0]


def test_an_undo_is_a_part_of_the_past(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.undo()
    store.close()
    past = read_past(path)
    assert past.roadmap == seen[-2][1]
    assert past.at(seen[-1][0]) == seen[-1][1]


def test_reading_the_past_leaves_the_file_as_it_is(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, _ = made
    before = path.read_bytes()
    read_past(path)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_new_roadmap_has_no_past(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    past = read_past(path)
    assert past.begins is None
    assert past.at(datetime(1990, 1, 1, tzinfo=UTC)) == PLAN


def test_a_change_that_cannot_be_read_is_told(made: tuple[Path, list[tuple[datetime, Roadmap]]]) -> None:
    path, seen = made
    with closing(sqlite3.connect(path)) as db:
        db.execute('UPDATE changes SET inverse = \'{"is":"Nonsense"}\' WHERE seq = 2')
        db.commit()
    past = read_past(path)
    assert past.at(seen[-2][0]) == seen[-2][1]
    with pytest.raises(BrokenStore) as caught:
        past.at(seen[0][0])
    assert (caught.value.key, caught.value.facts) == ("history_unreadable", {"seq": 2})


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    with pytest.raises(BrokenStore):
        read_past(tmp_path / "missing.roadmap")
