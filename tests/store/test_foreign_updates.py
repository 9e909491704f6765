"""A peer writes what it likes into a file that is open: the window goes on, and the file opens again."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_peer import FOREIGN, Maps, append, plain_values, updates_of, write_by_peer
from lfroadmap.roadmap.edits import SetKpi, Tick
from lfroadmap.roadmap.model import Kpi, Task
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.merging import merged
from lfroadmap.store.events import Changed, Event, PartlyRead, Saved, SaveFailing, WriterEnded
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Listener
from matrices import quick_every

BROKEN = {
    "no update": lambda rows: b"\xff" * 100,
    "an empty update": lambda rows: b"",
    "half an update": lambda rows: rows[0][: len(rows[0]) // 2],
    "an update with a hole": lambda rows: rows[0][:40] + b"\x80\x80" + rows[0][42:],
    "lists in lists": lambda rows: b"u\x01" * 50_000,
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    return path


def no_trouble(heard: Listener) -> None:
    trouble: list[Event] = [e for e in heard.events if isinstance(e, SaveFailing | WriterEnded)]
    assert trouble == []


def edits(store: Store, heard: Listener, baseline: str) -> None:
    """Edit a KPI, which no peer of these tests writes into; it is acknowledged."""
    number = store.submit(SetKpi("k", "baseline", baseline))
    heard.wait(Saved, lambda saved: saved.number >= number)
    no_trouble(heard)


def baseline(path: Path) -> str:
    place = find(read(path), "k")
    assert place is not None
    assert isinstance(place.node, Kpi)
    return place.node.baseline


def opens_and_takes(path: Path, value: str) -> None:
    """The file opens, and an edit of it is kept."""
    store, heard = Store(path, "noa"), Listener()
    store.start(heard)
    edits(store, heard, value)
    assert store.close() == ()
    assert baseline(path) == value


@pytest.mark.parametrize("how", quick_every(7, FOREIGN))
@pytest.mark.quick_cases(3)
def test_a_window_goes_on_after_a_foreign_value_and_the_file_opens(path: Path, how: str) -> None:
    things, write = FOREIGN[how]
    store, heard = Store(path, "dana"), Listener()
    store.start(heard)
    edits(store, heard, "1")
    write_by_peer(path, write)
    edits(store, heard, "2")
    if things:
        assert heard.wait(PartlyRead).things == things
    assert store.close() == ()
    assert baseline(path) == "2"
    opens_and_takes(path, "3")


@pytest.mark.parametrize("how", BROKEN)
@pytest.mark.quick_cases(2)
def test_an_update_that_cannot_be_read_is_passed_over_and_stays(path: Path, how: str) -> None:
    store, heard = Store(path, "dana"), Listener()
    store.start(heard)
    edits(store, heard, "1")
    append(path, BROKEN[how])
    *_, broken = updates_of(path)
    edits(store, heard, "2")
    store._writer._file[1].since_compact = 10_000  # type: ignore[index]  # as after a long time
    edits(store, heard, "3")
    edits(store, heard, "4")
    assert heard.wait(PartlyRead).things == 1
    assert store.close() == ()
    rows = updates_of(path)
    assert broken in rows
    assert len(rows) == 3  # it, all before the edit that compacted, and the edit behind
    assert baseline(path) == "4"
    opens_and_takes(path, "5")


def test_one_notice_is_given_for_what_is_left_out(path: Path) -> None:
    store, heard = Store(path, "dana"), Listener()
    store.start(heard)
    edits(store, heard, "1")
    write_by_peer(path, lambda m: m.tasks.update({"x": "boo", "y": 5}))
    edits(store, heard, "2")
    write_by_peer(path, lambda m: m.tasks["t1"].update({"done": True}))
    heard.wait(Changed, lambda changed: "t1" in changed.touched)
    edits(store, heard, "3")
    assert [event.things for event in heard.of(PartlyRead)] == [2]
    assert store.close() == ()


def test_opening_a_file_without_its_copy_gives_a_notice(path: Path) -> None:
    write_by_peer(path, lambda m: m.tasks.update({"x": "boo"}))
    store = Store(path, "dana")
    assert [(notice.key, notice.facts["n"]) for notice in store.notices] == [("left_out", 1)]
    assert store.close() == ()


def test_values_of_a_newer_version_stay_through_compaction_and_opening(path: Path) -> None:
    def write(maps: Maps) -> None:
        maps.tasks["t1"]["effort"] = {"days": [3]}
        maps.tasks["lost"] = {"pos": "a"}

    write_by_peer(path, write)
    store, heard = Store(path, "dana"), Listener()
    store.start(heard)
    edits(store, heard, "1")
    store._writer._file[1].since_compact = 10_000  # type: ignore[index]  # as after a long time
    store.submit(Tick("t1", True, "2026-01-01"))
    edits(store, heard, "2")
    assert store.close() == ()
    updates = updates_of(path)
    assert len(updates) < 4
    values = plain_values(merged(updates)[0])
    assert values["tasks"]["t1"]["effort"] == {"days": [3]}
    assert values["tasks"]["lost"] == {"pos": "a"}
    place = find(read(path), "t1")
    assert place is not None
    assert place.node == Task("t1", done=True, done_on="2026-01-01")
