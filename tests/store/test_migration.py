from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from foreign_peer import updates_of
from lfroadmap.errors import BrokenStore
from lfroadmap.roadmap.batch import ResetAll
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SpliceText
from lfroadmap.roadmap.model import Note, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.document.merging import merged
from lfroadmap.store.events import Undone
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.identity import Identity
from lfroadmap.store.recovery.rescue import rescue
from lfroadmap.store.sqlite.file_format import inspect, read
from lfroadmap.store.sqlite.file_schema import MIGRATIONS, VERSION, checksum
from lfroadmap.store.sqlite.loading import dump_view, from_view
from lfroadmap.store.store import Store
from listening import PLAN, Listener
from store_states import as_version

OLDER = range(1, VERSION)

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


@pytest.mark.parametrize("version", OLDER)
def test_an_older_file_is_brought_up_to_date_after_a_copy(path: Path, version: int) -> None:
    expected = list(queries.read(path))
    as_version(path, version)
    old, now = path.read_bytes(), read(path)
    Store(path, "dana").close()
    assert list(queries.read(path)) == expected
    assert read(path) == now
    walk = TimeTravel(path)
    assert walk.at(0) == PLAN
    copies = [entry for entry in path.parent.iterdir() if entry != path]
    assert len(copies) == 1
    assert copies[0].name.startswith(f"plan.roadmap.version-{version}-")
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


@pytest.mark.parametrize("version", OLDER)
def test_an_older_file_is_read_as_it_is(path: Path, version: int) -> None:
    as_version(path, version)
    before = path.read_bytes()
    now = read(path)
    assert TimeTravel(path).at(0) == PLAN
    assert [entry.kind for entry in queries.read(path)][-1] == "SetField"
    assert queries.numbers(path, queries.HistoryQuery(text="call")) == (2,)
    assert [mark.kind for mark in queries.marks(path)] == (["reset"] if version > 1 else [])
    assert {one.node.id for one in queries.removed(path, now)} == {"x"}
    assert path.read_bytes() == before
    assert names(path) == ["plan.roadmap"]


@pytest.mark.parametrize("version", OLDER)
def test_a_damaged_older_file_is_rescued(path: Path, version: int) -> None:
    as_version(path, version)
    now = read(path)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE updates SET data = x'00'")
    db.close()
    found = rescue(path)
    assert (found.roadmap, found.changes, found.lost) == (now, len(EDITS), 0)
    assert read(path) == now
    assert TimeTravel(path).at(0) == PLAN


@pytest.mark.parametrize("version", OLDER)
@pytest.mark.quick_cases(2)
def test_two_windows_that_migrate_at_once_agree(path: Path, version: int) -> None:
    as_version(path, version)
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
    assert lineages(path) == 1


def lineages(path: Path) -> int:
    """How many updates of a file write a lineage."""
    return sum(b"lineage" in update for update in updates_of(path))


def lineage(path: Path) -> str:
    return merged(updates_of(path))[0].lineage


def test_each_migration_begins_a_lineage_of_its_own_and_leaves_the_copy_of_the_roadmap_as_it_is(
    path: Path,
) -> None:
    as_version(path, 2)
    other = path.with_name("other.roadmap")
    shutil.copy(path, other)
    assert lineage(path) == ""
    for each in (path, other):
        Store(each, "dana").close()
        loaded = from_view(inspect(each, thorough=True))
        assert loaded is not None
        assert loaded.roadmap == read(other)
    assert len({lineage(path), lineage(other), ""}) == 3
    before = lineage(path)
    Store(path, "dana").close()
    assert (lineage(path), lineages(path)) == (before, 1)


def test_steps_of_an_older_file_are_undone_by_who_has_an_id_now(path: Path) -> None:
    as_version(path, 2)
    heard = Listener()
    store = Store(path, "dana", Identity("a" * 22, "d" * 10))
    store.start(heard)
    store.undo()
    assert heard.wait(Undone).outcome == "done"
    assert store.close() == ()


def test_what_cannot_be_migrated_stays_what_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_version(path, 1)
    monkeypatch.setitem(
        MIGRATIONS, VERSION, "ALTER TABLE changes ADD COLUMN card;SELECT nonsense FROM nowhere"
    )
    before = path.read_bytes()
    with pytest.raises(BrokenStore) as refused:
        Store(path, "dana")
    assert refused.value.key == "store_not_migrated"
    assert path.read_bytes() == before


def test_a_copy_that_an_older_program_writes_into_the_file_is_not_taken(path: Path) -> None:
    """One that had the file open before it was migrated goes on writing: without what it does not know."""
    before = read(path)
    store = Store(path, "dana")
    store.start(Listener())
    store.submit(Add(Note("n", "By the new one"), before.stages[0].cards[0].id))
    store.close()
    noted = read(path)
    with closing(sqlite3.connect(path)) as db, db:
        (seq,) = db.execute("SELECT max(seq) FROM updates").fetchone()
        theirs = dump_view(before, 0)
        db.execute("INSERT OR REPLACE INTO view VALUES(1, ?, ?, ?)", (seq, theirs, checksum(seq, theirs)))
    assert read(path) == noted != before
