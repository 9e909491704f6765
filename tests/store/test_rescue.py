from __future__ import annotations

import random
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from damage import damaged
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Field, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.templates import load
from lfroadmap.roadmap.tree import places
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.recovery.rescue import examine, rescue
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN

PLACES = 1000


def worked(path: Path, rounds: int = 30) -> Roadmap:
    Store.create(path, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for n in range(rounds):
        store.submit(Add(Task(f"n{n}", f"task {n}", due="2026-01-01"), "c"))
        store.submit(SpliceText("f", 0, 0, f"some words {n} "))
        store.end_burst()
        store.submit(Tick(f"n{n // 2}", n % 2 == 0))
        if n == 20:
            store.mark("twenty")
    assert store.close() == ()
    return store.roadmap


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    worked(path)
    return path


def run_sql(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        db.execute(statement)
    db.close()


def folder(path: Path) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in path.parent.iterdir() if entry.is_file()}


def test_a_sound_file_is_told_so_and_left_alone(path: Path) -> None:
    before = folder(path)
    found = rescue(path)
    assert (found.sound, found.whole, found.changes, found.lost, found.aside) == (True, True, 90, 0, None)
    assert found.roadmap == read(path)
    assert folder(path) == before


@pytest.mark.parametrize(
    "statements",
    [
        ["DELETE FROM view", "UPDATE updates SET sum = 0 WHERE seq = 1"],
        ["DELETE FROM view", "UPDATE updates SET sum = 0 WHERE seq = 50"],
        ["UPDATE updates SET data = x'00'"],
        ["DROP TABLE updates"],
        ["DROP TABLE view", "DROP TABLE steps"],
    ],
)
@pytest.mark.quick_cases(2)
def test_what_one_table_lost_is_in_another(path: Path, statements: list[str]) -> None:
    before, sound = read(path), folder(path)[path.name]
    run_sql(path, *statements)
    hurt = folder(path)[path.name]
    assert hurt != sound
    with pytest.raises(BrokenStore):
        Store(path, "dana")
    looked = examine(path)
    assert folder(path) == {path.name: hurt}
    found = rescue(path)
    assert found.aside is not None
    assert (found.roadmap, found.sound) == (looked.roadmap, False)
    assert found.aside.read_bytes() == hurt
    if found.whole:
        assert read(path) == before
    assert (found.changes, found.lost) == (90, 0)
    walk = TimeTravel(path)
    if found.whole:
        assert walk.at(0) == PLAN
    assert [mark.name for mark in queries.marks(path)] == ["twenty"]
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SpliceText("f", 0, 0, "goes on"))
    assert store.close() == ()
    assert queries.read(path)[0].number == 91


@pytest.mark.parametrize("lost", ["view", "updates"])
def test_the_last_state_comes_from_either_holder(path: Path, lost: str) -> None:
    before = read(path)
    run_sql(path, f"DROP TABLE {lost}")
    found = rescue(path)
    assert found.whole
    assert read(path) == found.roadmap == before


def test_the_changes_alone_bring_a_template_back(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    fresh = load("liquid-funnel").roadmap("r")
    Store.create(path, fresh, "dana")
    field, task = fresh.stages[0].cards[0].fields[0].id, fresh.stages[0].cards[0].tasks[0].id
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField(field, "Dana"))
    store.submit(Tick(task, True, "2026-01-01"))
    assert store.close() == ()
    run_sql(path, "UPDATE updates SET sum = 0", "DELETE FROM view", "VACUUM")
    found = rescue(path)
    assert not found.whole
    assert (found.roadmap.stages, found.roadmap.kpis) == (store.roadmap.stages, store.roadmap.kpis)


def test_what_was_typed_is_gleaned_where_no_copy_is_left(path: Path) -> None:
    before = {place.node for place in places(read(path)) if isinstance(place.node, Task | Field)}
    run_sql(path, "UPDATE updates SET sum = 0", "DELETE FROM view", "VACUUM")
    found = rescue(path)
    assert not found.whole
    after = {place.node for place in places(read(path))}
    # what nobody touched is recorded nowhere else
    assert before - after == {Task("t1"), Task("t2"), Field("g")}
    assert found.changes == 90


def test_commits_that_lie_beside_the_damaged_file_are_saved(path: Path, tmp_path: Path) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SpliceText("f", 0, 0, "in the log only " * 2000))
    store.submit(Remove("n3"))
    assert store.flush(10)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), crashed / (path.name + end))
    store.close()
    left = crashed / path.name
    left.write_bytes(b"\0" * 4096 + left.read_bytes()[4096:])
    found = rescue(left)
    assert found.whole
    assert read(left) == found.roadmap == store.roadmap


def test_an_open_roadmap_is_not_replaced(path: Path) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    assert store.flush(10)
    path.write_bytes(path.read_bytes()[:40_000])
    with pytest.raises(BrokenStore) as refused:
        rescue(path)
    assert refused.value.key == "store_in_use"
    store.close()


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0" + b"\0" * 9000, bytes(range(256)) * 64])
def test_what_holds_nothing_of_ours_is_beyond_rescue_and_stays(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "plan.roadmap"
    path.write_bytes(content)
    with pytest.raises(BrokenStore) as refused:
        rescue(path)
    assert refused.value.key == "store_beyond_rescue"
    assert folder(path) == {path.name: content}


@pytest.mark.proof
def test_a_thousand_damages_are_told_and_what_the_file_holds_is_saved(path: Path) -> None:
    before, sound, chance = read(path), path.read_bytes(), random.Random(11)
    outcomes: Counter[str] = Counter()
    for n in range(PLACES):
        path.write_bytes(hurt := damaged(sound, chance, n))
        try:
            Store(path, "dana").close()
            assert read(path) == before  # what opens is as it was
            outcomes["opened"] += 1
            continue
        except BrokenStore as error:
            outcomes[error.key] += 1
        assert path.read_bytes() == hurt
        try:
            found = rescue(path)
        except BrokenStore as error:
            outcomes[f"rescue: {error.key}"] += 1
            assert path.read_bytes() == hurt
            continue
        if found.sound:
            outcomes["sound"] += 1
            continue
        assert found.aside is not None
        assert found.aside.read_bytes() == hurt
        assert read(path) == found.roadmap
        if found.whole and len(hurt) == len(sound):
            assert found.roadmap == before
        outcomes["whole" if found.whole else "in part"] += 1
        found.aside.unlink()
    print(outcomes)
    assert outcomes["whole"] > PLACES / 4
    assert outcomes["whole"] + outcomes["opened"] > PLACES * 0.7
