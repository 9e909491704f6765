from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.edits import SetField
from lfroadmap.store.library import trash
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path)
    for name in ("plan", "a.b תוכנית"):
        library.create(name, PLAN, "dana")
    return library


def test_what_is_thrown_away_comes_back_whole(library: Library) -> None:
    before = library.path("plan").read_bytes()
    thrown = trash.move_to_trash(library, "plan")
    trash.move_to_trash(library, "a.b תוכנית")
    assert library.names() == ()
    assert [entry.name for entry in trash.entries(library)] == ["a.b תוכנית", "plan"]
    assert trash.entries(library)[1] == thrown
    assert trash.restore(library, thrown) == "plan"
    assert library.path("plan").read_bytes() == before
    assert [entry.name for entry in trash.entries(library)] == ["a.b תוכנית"]


def test_a_name_that_is_taken_by_now_gets_a_number(library: Library) -> None:
    thrown = trash.move_to_trash(library, "plan")
    library.create("plan", PLAN, "dana")
    assert trash.restore(library, thrown) == "plan-2"
    assert read(library.path("plan-2")) == PLAN


def test_commits_beside_the_file_go_with_it(library: Library) -> None:
    path = library.path("plan")
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "beside"))
    assert store.flush(10)
    beside = {end: path.with_name(path.name + end).read_bytes() for end in ("", "-wal")}
    store.close()
    for end, data in beside.items():  # as after a kill
        path.with_name(path.name + end).write_bytes(data)
    thrown = trash.move_to_trash(library, "plan")
    assert list(path.parent.glob("plan*")) == []
    assert read(thrown.path) == SetField("g", "beside").on(PLAN)
    trash.restore(library, thrown)
    assert read(path) == SetField("g", "beside").on(PLAN)


def test_an_open_roadmap_is_not_thrown_away(library: Library) -> None:
    store = Store(library.path("plan"), "dana")
    store.start(lambda event: None)
    assert store.flush(10)
    with pytest.raises(RoadmapError) as refused:
        trash.move_to_trash(library, "plan")
    assert refused.value.key == "store_in_use"
    store.close()
    trash.move_to_trash(library, "plan")


def test_emptying_leaves_nothing(library: Library) -> None:
    trash.move_to_trash(library, "plan")
    (library.folder / "bin" / "notes.txt").write_text("not ours")
    trash.empty_trash(library, trash.entries(library))
    assert trash.entries(library) == ()
    assert [entry.name for entry in (library.folder / "bin").iterdir()] == ["notes.txt"]


def test_emptying_deletes_what_was_shown_and_nothing_that_came_since(library: Library) -> None:
    trash.move_to_trash(library, "plan")
    shown = trash.entries(library)
    library.create("later", PLAN, "noa")
    later = trash.move_to_trash(library, "later")
    trash.empty_trash(library, shown)
    assert trash.entries(library) == (later,)


def test_what_is_not_there_cannot_be_thrown_away(library: Library) -> None:
    with pytest.raises(RoadmapError) as refused:
        trash.move_to_trash(library, "nothing")
    assert refused.value.key == "no_roadmap"
