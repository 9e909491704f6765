from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SpliceText
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.events import Undone
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.recovery.rescue import rescue
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.sqlite.file_schema import MIGRATIONS, VERSION
from lfroadmap.store.store import Store
from listening import PLAN, Listener
from store_states import version_1

EDITS = (
    SetField("g", "one"), Rename("t1", "Call"), Add(Task("x", "New"), "d"), Move("x", "c", "t1"),
    Remove("t2"),
    SetKpi("k", "current", "3"), SpliceText("f", 0, 0, "long text"), Remove("d"), ResetAll(PLAN),
    Rename("s", "S"),
)  # fmt: skip


def work(path: Path) -> None:
    Store.create(path, PLAN, "dana")
    store = Store(path, "dana")
    store.start(lambda event: None)
    for edit in EDITS:
        store.submit(edit)
        store.end_burst()
    assert store.close() == ()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    work(path)
    return path


def names(path: Path) -> list[str]:
    return sorted(entry.name.split("-")[0] for entry in path.parent.iterdir())


def test_an_older_file_is_brought_up_to_date_after_a_copy(path: Path) -> None:
    expected = list(queries.read(path))
    version_1(path)
    old, now = path.read_bytes(), read(path)
    Store(path, "dana").close()
    assert list(queries.read(path)) == expected
    assert read(path) == now
    walk = TimeTravel(path)
    assert walk.at(0) == PLAN
    copies = [entry for entry in path.parent.iterdir() if entry != path]
    assert len(copies) == 1
    assert copies[0].name.startswith("plan.roadmap.version-1-")
    assert read(copies[0]) == now
    assert len(old) > 0
    heard = Listener()
    store = Store(path, "dana")
    store.start(heard)
    store.undo()
    assert heard.wait(Undone).outcome == "done"
    store.mark("later")
    assert store.close() == ()
    assert [mark.name for mark in queries.marks(path)][:1] == ["later"]


def test_an_older_file_is_read_as_it_is(path: Path) -> None:
    version_1(path)
    before = path.read_bytes()
    now = read(path)
    assert TimeTravel(path).at(0) == PLAN
    assert [entry.kind for entry in queries.read(path)][-1] == "SetField"
    assert queries.numbers(path, queries.HistoryQuery(text="call")) == (2,)
    assert queries.marks(path) == ()
    assert {one.node.id for one in queries.removed(path, now)} == {"x"}
    assert path.read_bytes() == before
    assert names(path) == ["plan.roadmap"]


def test_a_damaged_older_file_is_rescued(path: Path) -> None:
    version_1(path)
    now = read(path)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE updates SET data = x'00'")
    db.close()
    found = rescue(path)
    assert (found.roadmap, found.changes, found.lost) == (now, len(EDITS), 0)
    assert read(path) == now
    assert TimeTravel(path).at(0) == PLAN


def test_two_windows_that_migrate_at_once_agree(path: Path) -> None:
    version_1(path)
    now = read(path)
    code = "import sys; from pathlib import Path; from lfroadmap.store.store import Store;"
    code += "print(Store(Path(sys.argv[1]), 'x').close())"
    both = [
        subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE) for _ in range(3)
    ]
    for process in both:
        printed, _ = process.communicate(timeout=60)
        assert (process.returncode, printed) == (0, b"()\n")
    assert read(path) == now
    assert len(queries.read(path)) == len(EDITS)


def test_what_cannot_be_migrated_stays_what_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    version_1(path)
    monkeypatch.setitem(
        MIGRATIONS, VERSION, "ALTER TABLE changes ADD COLUMN card;SELECT nonsense FROM nowhere"
    )
    before = path.read_bytes()
    with pytest.raises(BrokenStore) as refused:
        Store(path, "dana")
    assert refused.value.key == "store_not_migrated"
    assert path.read_bytes() == before
