from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lfroadmap.errors import SaveFailed
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.events import Changed, Saved
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Listener
from store_states import rows, value

EDITS: list[Edit] = [
    SetField("g", "x"), SpliceText("f", 0, 0, "שלום"), Tick("t1", True, "2026-01-01"),
    SetKpi("k", "current", "3"), Rename("s", "Stage"), Add(Task("t3", "three"), "c", "t1"),
    Move("t2", "d"), Remove("t1"), Rename("r", "New"),
]  # fmt: skip


def test_what_was_put_in_is_there_when_opened_again(path: Path, store: Store, heard: Listener) -> None:
    expected = PLAN
    for number, edit in enumerate(EDITS, 1):
        expected = edit.on(expected)
        assert store.submit(edit) == number
    assert store.flush(10)
    assert heard.wait(Saved, lambda saved: saved.number == len(EDITS)).at.tzinfo is not None
    assert store.roadmap == expected
    assert store.unsaved == ()
    assert store.close() == ()
    assert Store(path, "dana").roadmap == expected
    assert read(path) == expected
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_new_file_is_never_written_over_another(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        Store.create(path, Roadmap("other"), "dana")
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_a_file_that_is_being_made_has_its_name_only_when_whole(tmp_path: Path) -> None:
    with pytest.raises(SaveFailed) as failed:
        Store.create(tmp_path / "no such folder" / "x.roadmap", PLAN, "dana")
    assert failed.value.key == "create_failed"
    assert list(tmp_path.iterdir()) == []


def test_a_save_is_told_only_when_others_can_read_it(path: Path, store: Store, heard: Listener) -> None:
    for n in range(1, 6):
        store.submit(SetField("g", str(n)))
        heard.wait(Saved, lambda saved, n=n: saved.number == n)
        assert value(read(path), "g") == str(n)


def test_the_quick_copy_and_the_document_tell_the_same(path: Path, store: Store) -> None:
    for edit in EDITS:
        store.submit(edit)
    store.close()
    from_view = read(path)
    db = sqlite3.connect(path)
    assert db.execute("SELECT view.seq = (SELECT max(seq) FROM updates) FROM view").fetchone() == (1,)
    db.execute("DELETE FROM view")
    db.commit()
    db.close()
    assert read(path) == from_view


@pytest.mark.parametrize("damage", ["UPDATE view SET data = '{'", "UPDATE view SET seq = seq - 1"])
def test_a_copy_that_is_damaged_or_old_is_not_used(path: Path, store: Store, damage: str) -> None:
    store.submit(SetField("g", "new"))
    store.close()
    db = sqlite3.connect(path)
    db.execute(damage)
    db.commit()
    db.close()
    assert value(read(path), "g") == "new"


def test_a_visit_without_an_edit_leaves_the_file_as_it_is(path: Path) -> None:
    before = path.read_bytes()
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("nobody", "x"))
    time.sleep(0.7)
    assert store.close() == ()
    assert path.read_bytes() == before


def test_opening_needs_no_document(path: Path) -> None:
    code = f"""if True:
        import sys
        from pathlib import Path
        from lfroadmap.store.store import Store
        store = Store(Path({str(path)!r}), "dana")
        assert store.roadmap.title == "Plan"
        assert not {{"pycrdt", "pydantic", "textual", "rich"}} & set(sys.modules), sorted(sys.modules)
        store.close()
    """
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_long_log_is_folded_and_all_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lfroadmap.store.writer.COMPACT_AFTER", 5)
    heard = Listener()
    store, other = Store(path, "dana"), Store(path, "noa")
    other.start(heard)
    store.start(lambda event: None)
    for n in range(120):
        store.submit(SetField("g", str(n)))
        assert store.flush(10)
    heard.wait(Changed, lambda changed: value(changed.roadmap, "g") == "119")
    other.submit(SpliceText("f", 0, 0, "noa"))
    assert other.flush(10)
    time.sleep(0.8)
    assert int(str(rows(path, "SELECT count(*) FROM updates")[0][0])) < 10
    store.submit(SpliceText("f", 0, 0, "dana and "))
    assert store.close() == ()
    assert other.close() == ()
    assert value(read(path), "f") == "dana and noa"
    assert value(read(path), "g") == "119"


@pytest.mark.proof
def test_opening_reads_the_plain_copy_and_not_the_document(tmp_path: Path) -> None:
    path = tmp_path / "big.roadmap"
    tasks = tuple(Task(f"t{n}", f"task number {n}") for n in range(10_000))
    Store.create(path, Roadmap("r", None, "", (Stage("s", None, (Card("c", None, (), tasks),)),)), "dana")
    code = (
        "import sys; from pathlib import Path; from lfroadmap.store.store import Store;"
        "store = Store(Path(sys.argv[1]), 'dana'); print(len(store.roadmap.stages[0].cards[0].tasks));"
        "print('pycrdt' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["10000", "False"]
