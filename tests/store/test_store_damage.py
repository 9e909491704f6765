from __future__ import annotations

import random
import shutil
import sqlite3
from pathlib import Path

import pytest

from damage import damaged, folder, refused, run_sql
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.edits import SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.events import Saved, SaveFailing
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.sqlite.file_schema import checksum
from lfroadmap.store.sqlite.loading import load_view
from lfroadmap.store.store import Store, set_aside
from listening import PLAN, Listener


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A roadmap that was worked at."""
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for n in range(30):
        store.submit(Add(Task(f"n{n}", f"task {n}"), "c"))
        store.submit(SpliceText("f", 0, 0, "some words "))
        store.end_burst()
    store.submit(Tick("n3", True))
    assert store.close() == ()
    return path


def test_a_newer_version_is_left_as_it_is(path: Path) -> None:
    run_sql(path, "PRAGMA user_version=99", "ALTER TABLE updates RENAME TO renamed")
    before = folder(path)
    assert refused(path) == "store_newer"
    assert folder(path) == before


def test_a_newer_version_that_is_understood_is_shown_and_never_written_to(path: Path) -> None:
    run_sql(path, "PRAGMA user_version=99", "ALTER TABLE view ADD COLUMN later")
    before, heard = folder(path)[path.name], Listener()
    assert read(path).title == "Plan"
    store = Store(path, "dana")
    store.start(heard)
    assert heard.wait(SaveFailing).error.key == "save_newer"
    store.submit(edit := SetField("g", "typed"))
    assert heard.wait(SaveFailing, lambda event: event.waiting == 1).error.key == "save_newer"
    assert store.close() == (edit,)
    assert folder(path) == {path.name: before}


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM updates",
        "UPDATE updates SET data = x'00'",
        "UPDATE updates SET data = 'text'",
        "UPDATE updates SET sum = 'none'",
        "DROP TABLE updates",
        "DROP TABLE view",
        "PRAGMA user_version=0",
        "UPDATE updates SET data = substr(data, 2) WHERE seq = 2",
    ],
)
def test_rows_that_are_not_ours_are_told_as_damage(path: Path, statement: str) -> None:
    run_sql(path, statement)
    before = folder(path)
    assert refused(path) == "store_damaged"
    assert folder(path) == before


@pytest.mark.parametrize("with_view", [True, False])
@pytest.mark.quick_cases(1)
def test_whatever_is_damaged_opens_or_is_refused_and_stays_untouched(path: Path, with_view: bool) -> None:
    if not with_view:
        run_sql(path, "DELETE FROM view")
    sound, chance = path.read_bytes(), random.Random(7)
    outcomes: dict[str, int] = {}
    for n in range(100):
        path.write_bytes(broken := damaged(sound, chance, n))
        try:
            Store(path, "dana").close()
            key = "opened"
        except BrokenStore as error:
            key = error.key
        outcomes[key] = outcomes.get(key, 0) + 1
        assert folder(path) == {path.name: broken}
    assert outcomes["opened"] > 5
    assert outcomes["store_damaged"] > 20
    assert set(outcomes) <= {"opened", "store_damaged", "store_foreign", "store_newer", "store_empty"}


def test_work_at_a_damaged_file_fails_with_words_or_goes_well(path: Path) -> None:
    sound, chance = path.read_bytes(), random.Random(8)
    for n in range(60):
        path.write_bytes(damaged(sound, chance, n))
        try:
            store = Store(path, "dana")
        except BrokenStore:
            continue
        store.start(lambda event: None)
        store.submit(SetField("g", "x"))
        store.undo()
        store.undo()
        store.submit(last := SetField("g", "y"))
        unsaved = store.close()
        assert unsaved == () or unsaved[-1] == last
        for end in ("-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)


def test_a_damaged_file_with_a_log_beside_it_is_left_as_it_is(path: Path, tmp_path: Path) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "in the log only"))
    assert store.flush(10)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for end in ("", "-wal"):
        shutil.copy(path.with_name(path.name + end), crashed / (path.name + end))
    store.close()
    left = crashed / path.name
    assert read(left) == store.roadmap
    left.write_bytes(left.read_bytes()[:4096] + b"noise" * 8000)
    before = {name: data for name, data in folder(left).items() if not name.endswith("-shm")}
    assert len(before) == 2
    assert refused(left) == "store_damaged"
    assert {name: data for name, data in folder(left).items() if not name.endswith("-shm")} == before


def test_what_can_be_read_of_a_damaged_file_is_given(path: Path) -> None:
    sound = read(path)
    db = sqlite3.connect(path)
    (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = 'changes'").fetchone()
    db.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    assert refused(path) == "store_damaged"
    assert read(path) == sound


def test_a_damaged_file_is_set_aside_with_what_belongs_to_it(path: Path) -> None:
    damaged = path.read_bytes()[:-5000]
    path.write_bytes(damaged)
    path.with_name(path.name + "-wal").write_bytes(b"the log")
    first = set_aside(path)
    Store.create(path, PLAN, "dana")
    second = set_aside(path)
    assert first.name.startswith("plan.damaged-2")
    assert first.suffix == ".roadmap"
    assert first.read_bytes() == damaged
    assert first.with_name(first.name + "-wal").read_bytes() == b"the log"
    assert read(second) == PLAN
    assert not path.exists()
    assert sorted(folder(path)) == sorted([first.name, first.name + "-wal", second.name])


@pytest.mark.parametrize("text", ["{}", "null", "no JSON", "[" * 100_000])
def test_a_sound_copy_that_is_no_roadmap_is_passed_over_and_made_anew(path: Path, text: str) -> None:
    sound = read(path)
    db = sqlite3.connect(path)
    (seq,) = db.execute("SELECT seq FROM view").fetchone()
    db.execute("UPDATE view SET data = ?, sum = ?", (text, checksum(seq, text)))
    db.commit()
    assert read(path) == sound
    store = Store(path, "dana")
    heard = Listener()
    store.start(heard)
    store.submit(Tick("n4", True))
    heard.wait(Saved)
    assert store.close() == ()
    assert load_view(db.execute("SELECT data FROM view").fetchone()[0]) == (store.roadmap, 0)
    db.execute("UPDATE view SET data = ?, sum = ?", (text, checksum(seq + 1, text)))
    db.execute("UPDATE updates SET data = x'00', sum = ?  WHERE seq = 1", (checksum(1, b"\0"),))
    db.commit()
    db.close()
    assert refused(path) == "store_damaged"
