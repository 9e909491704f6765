"""Things that cannot be read stay in the file, and their number is known without reading the document."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from damage import run_sql
from foreign_peer import append, foreign_update, nest, updates_of, write_by_peer
from lfroadmap.roadmap.edits import SetKpi, Tick
from lfroadmap.roadmap.tree import find
from lfroadmap.store import writer
from lfroadmap.store.document import yjs_document
from lfroadmap.store.document.merging import merged
from lfroadmap.store.events import Changed, PartlyRead
from lfroadmap.store.recovery.rescue import examine, rescue
from lfroadmap.store.sqlite.file_format import inspect, read
from lfroadmap.store.sqlite.file_schema import view_checksum
from lfroadmap.store.sqlite.loading import dump_view, from_view, load_view
from lfroadmap.store.store import Store
from listening import PLAN, Listener, Person

BROKEN = b"\xff" * 100
DEEP = nest(50)


def seqs(path: Path) -> list[int]:
    db = sqlite3.connect(path)
    rows = [seq for (seq,) in db.execute("SELECT seq FROM updates ORDER BY seq")]
    db.close()
    return rows


def compact(person: Person) -> None:
    """Have the window compact its log."""
    person.store._writer._file[1].since_compact = 10_000  # type: ignore[index]  # as after a long time
    person.does(SetKpi("k", "baseline", "compacted"))


def left_out_of(path: Path) -> int | None:
    loaded = from_view(inspect(path, thorough=False))
    return loaded and loaded.left_out


def test_compacting_keeps_the_unreadable_updates_alone(path: Path) -> None:
    person = Person(path, "dana")
    person.does(Tick("t1", True), SetKpi("k", "baseline", "1"))
    append(path, lambda rows: BROKEN)
    person.does(SetKpi("k", "baseline", "2"))
    append(path, lambda rows: BROKEN + b"2")
    person.does(*(SetKpi("k", "baseline", str(n)) for n in range(10)))
    compact(person)
    assert seqs(path) == [4, 6, 17]
    assert updates_of(path)[:2] == [BROKEN, BROKEN + b"2"]
    person.does(Tick("t2", True))
    person.leaves()
    document, unreadable = merged(updates_of(path))
    assert (document.roadmap(), unreadable) == (read(path), 2)
    assert left_out_of(path) == 2


def test_an_unreadable_update_at_the_end_keeps_its_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "COMPACT_AFTER", 3)
    person = Person(path, "dana")
    person.does(Tick("t1", True))
    append(path, lambda rows: BROKEN)
    person.heard.wait(PartlyRead)  # an idle window reads it, and compacts in the same turn
    assert person.store.flush(20)
    assert seqs(path) == [2, 3]
    person.leaves()
    assert read(path) == Tick("t1", True).on(PLAN)


def test_a_window_that_is_behind_reads_on_after_compaction(path: Path) -> None:
    first, second = Person(path, "dana"), Person(path, "noa")
    second.does(SetKpi("k", "current", "0"))
    first.does(Tick("t1", True))
    append(path, lambda rows: BROKEN)
    first.does(SetKpi("k", "baseline", "1"))
    compact(first)
    second.does(SetKpi("k", "current", "1"))
    first.does(SetKpi("k", "baseline", "2"))
    second.does(SetKpi("k", "current", "2"))
    first.does(SetKpi("k", "baseline", "3"))
    second.does(SetKpi("k", "current", "3"))
    first.does(SetKpi("k", "baseline", "4"))
    first.leaves()
    second.does(SetKpi("k", "current", "4"))
    second.leaves()
    after = Tick("t1", True).on(PLAN)
    for edit in (SetKpi("k", "baseline", "4"), SetKpi("k", "current", "4")):
        after = edit.on(after)
    assert read(path) == second.store.roadmap == after


def test_a_compacted_log_beside_its_file_is_no_foreign_one(path: Path) -> None:
    append(path, lambda rows: BROKEN)
    person = Person(path, "dana")
    person.does(*(SetKpi("k", "baseline", str(n)) for n in range(5)))
    db = sqlite3.connect(path)  # keeps the log from being checkpointed
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.execute("BEGIN")
    db.execute("SELECT * FROM updates").fetchall()
    compact(person)
    person.store.flush(20)
    assert path.with_name(path.name + "-wal").stat().st_size
    assert read(path) == person.store.roadmap
    db.rollback()
    db.close()
    person.leaves()


def test_a_version_that_reads_more_shows_it_soon(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as limits:
        limits.setattr(yjs_document, "MAX_TYPES", 10)
        limits.setattr(yjs_document.NestedTypes, "may_be_deep", True)
        write_by_peer(path, DEEP)
        person = Person(path, "dana")
        person.does(Tick("t1", True))
        compact(person)
        person.leaves()
        assert left_out_of(path) == 1
        assert find(read(path), "deep") is None
    store, heard = Store(path, "noa"), Listener()
    store.start(heard)
    assert heard.wait(Changed).touched == ("c", "deep")
    assert store.close() == ()
    assert find(read(path), "deep") is not None
    assert left_out_of(path) == 1  # the text of the task is a map


def test_a_file_opened_by_its_copy_gives_a_notice(path: Path) -> None:
    person = Person(path, "dana")
    person.does(Tick("t1", True))
    write_by_peer(path, lambda m: m.tasks.update({"x": "boo", "y": 5}))
    person.does(SetKpi("k", "baseline", "1"))
    assert person.heard.wait(PartlyRead).things == 2
    person.leaves()
    assert left_out_of(path) == 2
    store, heard = Store(path, "noa"), Listener()
    assert [(notice.key, notice.facts["n"]) for notice in store.notices] == [("left_out", 2)]
    store.start(heard)
    store.submit(SetKpi("k", "baseline", "2"))
    assert store.close() == ()
    assert [event.things for event in heard.of(PartlyRead)] == [2]


@pytest.mark.parametrize("end", ["", "\n0"])
def test_a_copy_of_a_version_that_did_not_count_or_read_more_is_written_again(path: Path, end: str) -> None:
    person = Person(path, "dana")
    person.does(Tick("t1", True))
    append(path, lambda rows: BROKEN)
    person.does(SetKpi("k", "baseline", "1"))
    person.leaves()
    db = sqlite3.connect(path)
    seq, text = db.execute("SELECT seq, data FROM view").fetchone()
    text = text.partition("\n")[0] + end
    db.execute("UPDATE view SET data = ?, sum = ?", (text, view_checksum(seq, text)))
    db.commit()
    db.close()
    assert left_out_of(path) == (0 if end else None)
    store, heard = Store(path, "noa"), Listener()
    assert store.notices == []
    store.start(heard)
    assert heard.wait(PartlyRead).things == 1
    assert heard.of(Changed) == []
    assert store.close() == ()
    assert left_out_of(path) == 1


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 30, "1\n2", " 1", "١"])
def test_a_forged_number_is_no_number(number: str) -> None:
    text = dump_view(PLAN, 5)
    assert load_view(text) == (PLAN, 5)
    forged = text.removesuffix("5") + number
    if number:
        with pytest.raises(ValueError, match="not a number"):
            load_view(forged)
    else:
        assert load_view(forged) == (PLAN, None)


def test_of_an_id_in_two_classes_the_first_in_reading_order_is_shown(path: Path) -> None:
    person = Person(path, "dana")
    append(
        path, lambda rows: foreign_update(rows, lambda m: m.kpis.update({"t1": {"parent": "r", "pos": "V"}}))
    )
    person.does(SetKpi("k", "baseline", "1"))
    place = find(person.store.roadmap, "t1")
    assert place is not None
    assert place.parent == "c"
    assert person.heard.wait(PartlyRead).things == 1
    person.leaves()


def test_a_rescue_reports_what_is_left_out_of_what_it_saved(path: Path) -> None:
    person = Person(path, "dana")
    person.does(Tick("t1", True))
    write_by_peer(path, lambda m: m.tasks.update({"x": "boo", "y": 5}))
    append(path, lambda rows: BROKEN)
    compact(person)
    person.leaves()
    before = read(path)
    run_sql(path, "UPDATE changes SET sum = 0 WHERE seq = 1")
    assert examine(path).left_out == rescue(path).left_out == 2
    assert [notice.facts["n"] for notice in Store(path, "dana").notices] == [2]
    assert read(path) == before
