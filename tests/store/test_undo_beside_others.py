"""Undo and redo where others, or other windows of one author, work on the same roadmap."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.events import Undone
from lfroadmap.store.sqlite.file_format import read
from listening import PLAN, Person


def test_two_windows_of_one_author_share_their_steps(path: Path) -> None:
    one, two = Person(path, "dana"), Person(path, "dana")
    one.does(SetField("g", "x"))
    two.does(Tick("t1", True))
    assert one.undoes() == ("done", "t1")
    assert two.undoes() == ("done", "g")
    assert two.store.roadmap == PLAN
    one.leaves()
    two.leaves()


def test_each_author_undoes_their_own(path: Path) -> None:
    dana, noa = Person(path, "dana"), Person(path, "noa")
    dana.does(SetField("g", "dana's"))
    noa.does(Tick("t1", True))
    assert dana.undoes() == ("done", "g")
    assert dana.undoes() == ("nothing", "")
    assert noa.undoes() == ("done", "t1")
    noa.leaves()
    dana.leaves()
    assert read(path) == PLAN


@pytest.mark.parametrize(
    ("mine", "yours"),
    [
        (SetField("g", "dana's"), SetField("g", "noa's")),
        (SetKpi("k", "current", "1"), SetKpi("k", "current", "2")),
        (Rename("c", "dana's"), Rename("c", "noa's")),
        (Tick("t1", True, "2026-01-01"), Remove("t1")),
        (Move("t1", "d"), Move("t1", "c", "t2")),
        (Add(Task("own", "dana's"), "d"), Rename("own", "noa's")),
        (Add(Task("own"), "c"), Tick("own", True)),
        (SpliceText("f", 0, 0, "dana"), SpliceText("f", 1, 2, "NOA")),
        (SpliceText("f", 0, 0, "dana"), Remove("c")),
        (ResetAll(Roadmap("r", "Fresh")), Rename("r", "noa's")),
        (Remove("d"), Remove("s")),
        (Remove("t1"), Remove("c")),
        (Move("t1", "d"), Remove("c")),
        (Batch((Remove("t2"), Move("t1", "d"))), Remove("c")),
    ],
)
@pytest.mark.quick_cases(3)
def test_newer_work_of_another_is_never_overwritten_and_is_named(path: Path, mine: Edit, yours: Edit) -> None:
    dana, noa = Person(path, "dana"), Person(path, "noa")
    dana.does(mine)
    noa.does(yours)
    after = noa.store.roadmap
    assert dana.undoes()[0] == "conflict"
    newer = dana.heard.of(Undone)[0].newer
    assert newer is not None
    assert newer.author == "noa"
    assert dana.store.roadmap == after
    assert dana.undoes()[0] == "nothing"
    assert dana.redoes()[0] == "nothing"
    dana.leaves()
    noa.leaves()
    assert read(path) == after


@pytest.mark.parametrize(
    ("mine", "yours"),
    [
        (SetField("g", "dana's"), Tick("t1", True)),
        (Add(Task("own"), "c"), Add(Task("other"), "c")),
        (SetKpi("k", "current", "1"), SetKpi("k", "unit", "%")),
        (Remove("t1"), Tick("t2", True)),
        (Tick("t1", True, "2026-01-01"), SpliceText("f", 0, 0, "x")),
    ],
)
def test_work_of_another_elsewhere_does_not_hinder(path: Path, mine: Edit, yours: Edit) -> None:
    dana, noa = Person(path, "dana"), Person(path, "noa")
    dana.does(mine)
    noa.does(yours)
    assert dana.undoes()[0] == "done"
    assert dana.store.roadmap == yours.on(PLAN)
    assert dana.redoes()[0] == "done"
    dana.leaves()
    noa.leaves()
    assert {p.node.id: p.node for p in places(read(path))} == {
        p.node.id: p.node for p in places(yours.on(mine.on(PLAN)))
    }


def test_a_card_that_another_filled_is_not_taken_away(path: Path) -> None:
    dana, noa = Person(path, "dana"), Person(path, "noa")
    dana.does(Add(Task("own"), "d"))
    dana.does(Remove("d"))
    assert dana.undoes() == ("done", "d")
    noa.does(Add(Task("noa's"), "d"))
    assert dana.redoes()[0] == "conflict"
    assert find(dana.store.roadmap, "noa's") is not None
    dana.leaves()
    noa.leaves()


def test_a_run_of_text_is_found_where_another_moved_it(path: Path) -> None:
    dana, noa = Person(path, "dana"), Person(path, "noa")
    dana.does(SpliceText("f", 0, 0, "aaa "), SpliceText("f", 4, 0, "mine"))
    noa.does(SpliceText("f", 0, 0, "😀 before "), SpliceText("f", 17, 0, " behind"))
    assert noa.text() == "😀 before aaa mine behind"
    assert dana.undoes() == ("done", "f")
    assert dana.text() == "😀 before aaa  behind"
    assert dana.redoes() == ("done", "f")
    assert dana.text() == "😀 before aaa mine behind"
    dana.leaves()
    noa.leaves()


def test_text_that_was_removed_comes_back_in_its_place(path: Path) -> None:
    dana, noa = Person(path, "dana"), Person(path, "noa")
    dana.does(SpliceText("f", 0, 0, "one two three"), SpliceText("f", 4, 4, ""))
    noa.does(SpliceText("f", 0, 0, "zero "))
    assert dana.undoes() == ("done", "f")
    assert dana.text() == "zero one two three"
    dana.leaves()
    noa.leaves()
