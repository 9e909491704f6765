from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from examples import examples
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edit import NOTHING
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import LAST, Add, Move, Remove
from lfroadmap.roadmap.tree import find, places
from plans import edits, roadmaps

PLAN = Roadmap(
    "r",
    "Plan",
    "",
    (
        Stage(
            "s1",
            None,
            (
                Card(
                    "c1",
                    "One",
                    (Field("f1"), Field("f2", "long", value="abcdef")),
                    (Task("t1"), Task("t2", "two")),
                ),
                Card("c2"),
            ),
        ),
        Stage("s2"),
    ),
    (Kpi("k1", current="3"), Kpi("k2")),
)


def node(roadmap: Roadmap, node_id: str) -> Node:
    place = find(roadmap, node_id)
    assert place is not None, node_id
    return place.node


def order(roadmap: Roadmap, parent: str) -> list[str]:
    return [place.node.id for place in places(roadmap) if place.parent == parent]


@pytest.mark.parametrize(
    ("edit", "node_id", "attribute", "value"),
    [
        (SetField("f1", "x"), "f1", "value", "x"),
        (SetField("f2", "x"), "f2", "value", "x"),
        (SpliceText("f2", 2, 2, "—"), "f2", "value", "ab—ef"),
        (SpliceText("f2", 99, 5, "!"), "f2", "value", "abcdef!"),
        (SpliceText("f2", -4, 1, ""), "f2", "value", "bcdef"),
        (SpliceText("f2", 0, -3, "!"), "f2", "value", "!abcdef"),
        (Tick("t1", True, "2026-03-01"), "t1", "done_on", "2026-03-01"),
        (SetTask("t1", "owner", "Dana"), "t1", "owner", "Dana"),
        (SetTask("t1", "due", "2026-03-01"), "t1", "due", "2026-03-01"),
        (SetKpi("k1", "current", "4"), "k1", "current", "4"),
        (SetKpi("k1", "target", "+5%"), "k1", "target", "+5%"),
        (SetKpi("k1", "better", "down"), "k1", "better", "down"),
        (Rename("s1", "S"), "s1", "title", "S"),
        (Rename("c1", None), "c1", "title", None),
        (Rename("f1", "Label"), "f1", "label", "Label"),
        (Rename("t1", "Task"), "t1", "text", "Task"),
        (Rename("k1", "Measure"), "k1", "measure", "Measure"),
        (SetField("f1", "a\ud800b"), "f1", "value", "a\ufffdb"),
        (SpliceText("f2", 0, 0, "\udc00"), "f2", "value", "\ufffdabcdef"),
        (SetKpi("k1", "unit", "\ud83d\ude00"), "k1", "unit", "\ufffd\ufffd"),
    ],
)
def test_an_edit_sets_one_attribute(edit: Edit, node_id: str, attribute: str, value: object) -> None:
    after = edit.on(PLAN)
    assert getattr(node(after, node_id), attribute) == value
    changed = [p.node.id for p, q in zip(places(PLAN), places(after), strict=True) if p.node != q.node]
    assert changed[-1] == node_id
    assert edit.inverse(PLAN).on(after) == PLAN


def test_a_tick_taken_back_forgets_its_day() -> None:
    ticked = Tick("t1", True, "2026-03-01").on(PLAN)
    assert node(Tick("t1", False, "2026-03-02").on(ticked), "t1") == Task("t1")


def test_the_roadmap_itself_is_renamed_by_its_id() -> None:
    assert Rename("r", "New").on(PLAN).title == "New"


@pytest.mark.parametrize(
    ("edit", "parent", "expected"),
    [
        (Add(Task("t9"), "c1", ""), "c1", ["f1", "f2", "t9", "t1", "t2"]),
        (Add(Task("t9"), "c1", "t1"), "c1", ["f1", "f2", "t1", "t9", "t2"]),
        (Add(Task("t9"), "c1", LAST), "c1", ["f1", "f2", "t1", "t2", "t9"]),
        (Add(Task("t9"), "c1", "gone"), "c1", ["f1", "f2", "t1", "t2", "t9"]),
        (Add(Stage("s9"), "r", "s1"), "r", ["s1", "s9", "s2", "k1", "k2"]),
        (Add(Kpi("k9"), "r", ""), "r", ["s1", "s2", "k9", "k1", "k2"]),
        (Remove("t1"), "c1", ["f1", "f2", "t2"]),
        (Move("t2", "c1", ""), "c1", ["f1", "f2", "t2", "t1"]),
        (Move("t1", "c1", LAST), "c1", ["f1", "f2", "t2", "t1"]),
        (Move("t1", "c2"), "c2", ["t1"]),
        (Move("c1", "s2"), "s2", ["c1"]),
    ],
)
def test_nodes_come_go_and_move(edit: Edit, parent: str, expected: list[str]) -> None:
    after = edit.on(PLAN)
    assert order(after, parent) == expected
    assert edit.inverse(PLAN).on(after) == PLAN


@pytest.mark.parametrize(
    "edit",
    [
        SetField("nobody", "x"),
        SetField("t1", "x"),
        SetField("f2", "abcdef"),
        SpliceText("f2", 3, 0, ""),
        SpliceText("f2", 1, 2, "bc"),
        Tick("f1", True),
        SetTask("t1", "text", "x"),
        SetKpi("k1", "id", "x"),
        SetKpi("k1", "better", "sideways"),
        SetKpi("k1", "current", None),
        Rename("nobody", "x"),
        Add(Task("t1"), "c2"),
        Add(Task("t9"), "s1"),
        Add(Stage("s9"), "c1"),
        Add(Card("c9", None, (Field("x"),), (Task("x"),)), "s1"),
        Add(Task(""), "c1"),
        Add(Task("r"), "c1"),
        Remove("r"),
        Move("t1", "s1"),
        Move("t1", "c1", ""),
        Move("t1", "c1", "t1"),
        Move("c1", "c1"),
        NOTHING,
    ],
)
def test_an_edit_that_fits_nothing_changes_nothing(edit: Edit) -> None:
    assert edit.on(PLAN) is PLAN
    assert edit.inverse(PLAN).on(PLAN) == PLAN


def test_a_batch_is_undone_last_first() -> None:
    batch = Batch((SetField("f1", "a"), SetField("f1", "b"), Remove("c1")))
    after = batch.on(PLAN)
    assert find(after, "c1") is None
    assert batch.inverse(PLAN).on(after) == PLAN


def test_a_reset_brings_the_first_day_back_and_can_be_undone() -> None:
    worked = Batch(
        (Tick("t1", True, "2026-01-01"), Remove("t2"), Add(Task("own", "mine"), "c2"), SetField("f2", "much"))
    ).on(PLAN)
    reset = ResetAll(PLAN)
    assert reset.on(worked) == PLAN
    assert reset.inverse(worked).on(PLAN) == worked


@given(roadmaps, edits)
@examples(150)
def test_an_inverse_undoes_exactly(roadmap: Roadmap, edit: Edit) -> None:
    assert edit.inverse(roadmap).on(edit.on(roadmap)) == roadmap


@given(roadmaps, edits)
@examples(100)
def test_ids_stay_unique_and_texts_can_be_stored(roadmap: Roadmap, edit: Edit) -> None:
    after = edit.on(roadmap)
    ids = [place.node.id for place in places(after)]
    assert len(set(ids)) == len(ids)
    assert str(after).encode()


@given(roadmaps, roadmaps)
@examples(150)
def test_the_difference_leads_from_one_to_the_other(now: Roadmap, then: Roadmap) -> None:
    reached = Batch(difference(now, then)).on(now)
    assert reached == replace(then, template=now.template)
    assert difference(then, then) == ()
