from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store import bin
from lfroadmap.store.opening import read
from lfroadmap.store.shelf import Shelf
from lfroadmap.store.store import Store
from listening import PLAN


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path)
    for name in ("plan", "a.b תוכנית"):
        shelf.create(name, PLAN, "dana")
    return shelf


def test_what_is_thrown_away_comes_back_whole(shelf: Shelf) -> None:
    before = shelf.path("plan").read_bytes()
    thrown = bin.throw_away(shelf, "plan")
    bin.throw_away(shelf, "a.b תוכנית")
    assert shelf.names() == ()
    assert [held.name for held in bin.binned(shelf)] == ["a.b תוכנית", "plan"]
    assert bin.binned(shelf)[1] == thrown
    assert bin.take_back(shelf, thrown) == "plan"
    assert shelf.path("plan").read_bytes() == before
    assert [held.name for held in bin.binned(shelf)] == ["a.b תוכנית"]


def test_a_name_that_is_taken_by_now_gets_a_number(shelf: Shelf) -> None:
    thrown = bin.throw_away(shelf, "plan")
    shelf.create("plan", PLAN, "dana")
    assert bin.take_back(shelf, thrown) == "plan-2"
    assert read(shelf.path("plan-2")) == PLAN


def test_commits_beside_the_file_go_with_it(shelf: Shelf) -> None:
    path = shelf.path("plan")
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "beside"))
    assert store.flush(10)
    beside = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    store.close()
    for end, held in beside.items():  # as after a kill
        path.with_name(path.name + end).write_bytes(held)
    thrown = bin.throw_away(shelf, "plan")
    assert list(path.parent.glob("plan*")) == []
    assert read(thrown.path) == SetField("g", "beside").on(PLAN)
    bin.take_back(shelf, thrown)
    assert read(path) == SetField("g", "beside").on(PLAN)


def test_an_open_roadmap_is_not_thrown_away(shelf: Shelf) -> None:
    store = Store(shelf.path("plan"), "dana")
    store.start(lambda event: None)
    assert store.flush(10)
    with pytest.raises(RoadmapError) as refused:
        bin.throw_away(shelf, "plan")
    assert refused.value.key == "store_in_use"
    store.close()
    bin.throw_away(shelf, "plan")


def test_emptying_leaves_nothing(shelf: Shelf) -> None:
    bin.throw_away(shelf, "plan")
    (shelf.folder / "bin" / "notes.txt").write_text("not ours")
    bin.empty(shelf, bin.binned(shelf))
    assert bin.binned(shelf) == ()
    assert [entry.name for entry in (shelf.folder / "bin").iterdir()] == ["notes.txt"]


def test_emptying_deletes_what_was_shown_and_nothing_that_came_since(shelf: Shelf) -> None:
    bin.throw_away(shelf, "plan")
    shown = bin.binned(shelf)
    shelf.create("later", PLAN, "noa")
    later = bin.throw_away(shelf, "later")
    bin.empty(shelf, shown)
    assert bin.binned(shelf) == (later,)


def test_what_is_not_there_cannot_be_thrown_away(shelf: Shelf) -> None:
    with pytest.raises(RoadmapError) as refused:
        bin.throw_away(shelf, "nothing")
    assert refused.value.key == "no_roadmap"
