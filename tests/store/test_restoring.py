"""Bringing back values and nodes from the history, the bin, and snapshots."""

from __future__ import annotations

from pathlib import Path

import pytest

from commanding import write as work
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Stage, Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.events import Undone
from lfroadmap.store.history import queries, time_travel
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN, Listener


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        (SetField("g", "one"), SetField("g", "two"), "g"),
        (SpliceText("f", 0, 0, "one " * 200), SpliceText("f", 4, 20, "שתיים"), "f"),
    ],
)
def test_a_value_of_then_is_brought_back_as_an_edit(
    path: Path, first: Edit, second: Edit, field: str
) -> None:
    now = work(path, "dana", first, second, Tick("t1", True))
    before, after = first.on(PLAN), second.on(first.on(PLAN))
    edit = time_travel.restoring(path, 2, now)
    assert edit is not None
    assert find(edit.on(now), field) == find(before, field)
    assert time_travel.restoring(path, 2, now, new=True) is None
    now = work(path, "dana", edit)
    again = time_travel.restoring(path, 2, now, new=True)
    assert again is not None
    assert find(again.on(now), field) == find(after, field)


def test_nothing_is_brought_back_where_its_place_is_gone(path: Path) -> None:
    now = work(path, "dana", SetField("g", "one"), SpliceText("f", 0, 0, "x"), Remove("c"))
    assert time_travel.restoring(path, 1, now) is None
    assert time_travel.restoring(path, 2, now, new=True) is None
    assert time_travel.restoring(path, 77, now) is None
    back = time_travel.restoring(path, 3, now)
    assert back is not None
    assert find(back.on(now), "c") is not None


def test_the_bin_offers_what_was_removed_and_is_not_there(path: Path) -> None:
    now = work(path, "dana", Remove("t1"), Remove("t2"), Remove("c"), Remove("k"), Remove("d"))
    offered = {one.node.id: one for one in queries.removed(path, now)}
    assert list(offered) == ["d", "k", "c", "t2", "t1"]
    assert [one.can_return for one in offered.values()] == [True, True, True, False, False]
    now = work(path, "dana", offered["c"].back)
    offered = {one.node.id: one for one in queries.removed(path, now)}
    assert list(offered) == ["d", "k", "t2", "t1"]
    assert offered["t1"].can_return
    for node in ("t1", "d", "k"):
        now = work(path, "dana", offered[node].back)
    offered = {one.node.id: one for one in queries.removed(path, now)}
    assert list(offered) == ["t2"]
    whole = offered["t2"].back.on(now)
    assert {place.node for place in places(whole)} - {place.node for place in places(PLAN)} == {
        whole.stages[0],
        whole.stages[0].cards[1],
    }  # fmt: skip - what came back in another order
    assert {place.node.id for place in places(whole)} == {place.node.id for place in places(PLAN)}


def test_an_undone_adding_is_no_rubbish_and_a_reset_is(path: Path) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(Add(Task("mine", "typed and regretted"), "d"))
    store.undo()
    store.submit(Add(Stage("own", "Own", (Card("own card"),)), "r"))
    store.submit(ResetAll(PLAN))
    assert store.close() == ()
    assert [one.node.id for one in queries.removed(path, store.roadmap)] == ["own"]


def test_an_emptied_bin_is_empty_and_the_history_stays(path: Path) -> None:
    work(path, "dana", Remove("t1"))
    store = Store(path, "dana")
    store.start(lambda event: None)
    work(path, "noa", Remove("t2"))  # after dana has looked
    store.empty_trash(1)
    assert store.close() == ()
    assert [one.node.id for one in queries.removed(path, store.roadmap)] == ["t2"]
    assert [entry.node for entry in queries.read(path)] == ["t2", "t1"]
    assert queries.marks(path) == ()


def test_moments_are_marked_by_hand_and_before_much_is_changed(path: Path) -> None:
    store = Store(path, "dana")
    store.start(lambda event: None)
    store.submit(SetField("g", "before"))
    store.mark("לפני הישיבה")
    store.submit(SetField("g", "after"))
    store.submit(Batch(tuple(SetField("g", str(n)) for n in range(12))))
    store.submit(ResetAll(PLAN))
    store.submit(Batch((Tick("t1", True), Tick("t2", True))))
    store.mark("", "import")
    assert store.close() == ()
    marks = queries.marks(path)
    assert [(mark.kind, mark.name) for mark in marks] == [
        ("import", ""), ("reset", ""), ("bulk", ""), ("named", "לפני הישיבה"),
    ]  # fmt: skip
    walk = TimeTravel(path)
    assert walk.at(marks[3].change) == SetField("g", "before").on(PLAN)
    assert walk.at(marks[2].change) == SetField("g", "after").on(PLAN)
    assert walk.at(marks[1].change) == SetField("g", "11").on(PLAN)
    assert walk.at(marks[0].change) == read(path)


def test_a_conflict_names_the_newer_change(path: Path) -> None:
    work(path, "dana", SetField("g", "mine"))
    work(path, "noa", SetField("g", "yours"), Tick("t1", True))
    heard = Listener()
    store = Store(path, "dana")
    store.start(heard)
    store.undo()
    undone = heard.wait(Undone)
    store.close()
    assert undone.outcome == "conflict"
    assert undone.newer is not None
    assert (undone.newer.author, undone.newer.number, undone.newer.new) == ("noa", 2, "yours")


def test_a_removed_field_comes_back_with_its_words(path: Path) -> None:
    now = work(path, "dana", SpliceText("f", 0, 0, "long"), Remove("f"))
    (one,) = queries.removed(path, now)
    assert one.node == Field("f", "long", value="long")
    assert work(path, "dana", one.back) == SpliceText("f", 0, 0, "long").on(PLAN)
