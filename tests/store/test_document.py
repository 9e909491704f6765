from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edits import Bind, Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.position import among, between, spread
from lfroadmap.store.document.reader import touched_ids
from matrices import quick_first
from plans import edits, roadmaps

PLAN = Roadmap(
    "r",
    None,
    "",
    (
        Stage(
            "s",
            None,
            (Card("c", None, (Field("f", "long", value="abc"),), (Task("t1"), Task("t2"))), Card("d")),
        ),
    ),
)


def filled(roadmap: Roadmap) -> Document:
    document = Document()
    document.fill(roadmap)
    return document


def copy(document: Document) -> Document:
    out = Document()
    out.merge(document.full_update())
    return out


def exchange(one: Document, other: Document) -> Roadmap:
    """Both with what the other made; they must agree."""
    made = one.take_updates()
    for update in other.take_updates():
        one.merge(update)
    for update in made:
        other.merge(update)
    assert one.roadmap() == other.roadmap()
    return one.roadmap()


@given(roadmaps, st.lists(edits, max_size=6))
@examples(150)
def test_the_document_comes_to_the_same_roadmap_as_the_edits(roadmap: Roadmap, several: list[Edit]) -> None:
    document = filled(roadmap)
    other = copy(document)
    document.take_updates()
    assert document.roadmap() == roadmap
    for edit in several:
        after = document.apply(edit, roadmap)
        assert after == edit.on(roadmap)
        made = document.take_updates()
        assert bool(made) or after == roadmap
        roadmap = after
        assert document.roadmap() == roadmap
        for update in made:
            other.merge(update)
    assert other.roadmap() == roadmap


@given(roadmaps, st.lists(edits, max_size=4), st.lists(edits, max_size=4))
@examples(100)
def test_two_that_worked_apart_come_to_agree(roadmap: Roadmap, mine: list[Edit], yours: list[Edit]) -> None:
    one = filled(roadmap)
    other = copy(one)
    one.take_updates()
    for document, several in ((one, mine), (other, yours)):
        here = roadmap
        for edit in several:
            here = document.apply(edit, here)
    merged = exchange(one, other)
    ids = [place for place in touched_ids(Roadmap("roadmap"), merged) if place != "roadmap"]
    assert all(find(merged, node_id) for node_id in ids)


bound = st.tuples(*[st.sampled_from(["", "a", "b"])] * 3)


@examples(50)
@given(st.lists(bound, min_size=1, max_size=3), st.lists(bound, min_size=1, max_size=3))
def test_of_two_bindings_of_one_kpi_one_stays_whole(
    mine: list[tuple[str, str, str]], yours: list[tuple[str, str, str]]
) -> None:
    plan = Roadmap("r", kpis=(Kpi("k"),))
    one = filled(plan)
    other = copy(one)
    one.take_updates()
    for document, several in ((one, mine), (other, yours)):
        here = plan
        for each in several:
            here = document.apply(Bind("k", *each), here)
    (kpi,) = exchange(one, other).kpis
    # a side that ends as it began may have changed nothing
    ends = (mine[-1], yours[-1], ("", "", ""))
    assert (kpi.bound_to, kpi.bound_channel, kpi.bound_segment) in ends


def test_two_windows_type_in_one_text_and_nothing_is_lost() -> None:
    one = filled(PLAN)
    other = copy(one)
    one.take_updates()
    one.apply(SpliceText("f", 0, 0, "שלום "), PLAN)
    other.apply(SpliceText("f", 3, 0, " 😀"), PLAN)
    place = find(exchange(one, other), "f")
    assert place is not None
    assert place.node.value == "שלום abc 😀"


def test_a_text_that_is_set_as_a_whole_merges_like_typing() -> None:
    one = filled(PLAN)
    other = copy(one)
    one.take_updates()
    one.apply(SetField("f", "xabc"), PLAN)
    other.apply(SetField("f", "abcy"), PLAN)
    place = find(exchange(one, other), "f")
    assert place is not None
    assert place.node.value == "xabcy"


def test_rows_put_in_the_same_place_keep_one_order_and_leave_room() -> None:
    one = filled(PLAN)
    other = copy(one)
    one.take_updates()
    one.apply(Add(Task("x"), "c", "t1"), PLAN)
    other.apply(Add(Task("y"), "c", "t1"), PLAN)
    merged = exchange(one, other)
    after = one.apply(Add(Task("z"), "c", "x"), merged)
    assert [task.id for task in after.stages[0].cards[0].tasks] == ["t1", "x", "z", "y", "t2"]
    assert one.roadmap() == after


def test_a_row_moved_by_two_stands_once() -> None:
    one = filled(PLAN)
    other = copy(one)
    one.take_updates()
    one.apply(Move("t1", "d"), PLAN)
    other.apply(Move("t1", "c", "t2"), PLAN)
    cards = exchange(one, other).stages[0].cards
    assert sorted(task.id for card in cards for task in card.tasks) == ["t1", "t2"]


def test_a_card_that_comes_back_is_exactly_what_was_asked_for() -> None:
    document = filled(PLAN)
    gone = document.apply(Remove("c"), document.apply(Tick("t1", True, "2026-01-01"), PLAN))
    card = Card("c", "again", (Field("f", "long", value="abXc"),), (Task("t2", "two"), Task("t9")))
    back = document.apply(Add(card, "s", ""), gone)
    assert back.stages[0].cards == (card, Card("d"))
    assert document.roadmap() == back


def test_what_did_not_change_is_the_same_object() -> None:
    document = filled(PLAN)
    after = document.apply(Tick("t1", True), PLAN)
    read = document.roadmap(PLAN)
    assert read == after
    assert read.stages[0].cards[1] is PLAN.stages[0].cards[1]
    assert read.stages[0].cards[0].tasks[1] is PLAN.stages[0].cards[0].tasks[1]
    assert touched_ids(PLAN, read) == ("t1",)


@pytest.mark.proof
@pytest.mark.parametrize("way", quick_first(["new", "turned", "elsewhere", "back"]))
def test_many_rows_put_between_two_take_no_more_room_each_than_few(way: str) -> None:
    def written(count: int) -> int:
        rows = tuple(Task(f"n{n}") for n in range(count))
        first, last = Task("first"), Task("last")
        there = {
            "new": ((first, last), (), (first, *rows, last), ()),
            "turned": ((first, *rows, last), (), (first, *reversed(rows), last), ()),
            "elsewhere": (rows, (first, last), (), (first, *reversed(rows), last)),
            "back": ((first, *rows, last), (), (first, last), ()),
        }[way]
        before, after = (
            Roadmap("r", stages=(Stage("s", cards=(Card("c", tasks=one), Card("d", tasks=other))),))
            for one, other in (there[:2], there[2:])
        )
        document, edit = filled(before), Batch(difference(before, after))
        document.take_updates()
        back = edit.inverse(before)
        assert document.apply(edit, before) == document.roadmap() == after
        assert document.apply(back, after) == document.roadmap() == before
        assert document.apply(edit, before) == document.roadmap() == after
        return sum(map(len, document.take_updates()))

    assert written(2000) < 11 * written(200)


def test_positions_among_others_are_in_order_and_short() -> None:
    for low, high in (("", ""), ("", "V"), ("V", ""), ("V", "V1"), ("V", "W"), ("UzzzzzV", "V")):
        for count in (0, 1, 2, 3, 1000):
            found = among(low, high, count)
            assert len(found) == count
            assert sorted({low, *found} | ({high} if high else set())) == [
                low,
                *found,
                *([high] if high else []),
            ]
            assert all(len(pos) <= 10 for pos in found)


def test_positions_sort_and_stay_short() -> None:
    chance = random.Random(4)
    positions = spread(5)
    for _ in range(3000):
        at = chance.choice([0, len(positions), chance.randrange(len(positions) + 1)])
        low = positions[at - 1] if at else ""
        high = positions[at] if at < len(positions) else ""
        positions.insert(at, between(low, high))
    assert positions == sorted(set(positions))
    assert max(map(len, positions)) < 40


def test_there_is_always_a_place_even_at_the_very_ends() -> None:
    low, high = "0" * 6 + "V", "z" * 6 + "V"
    for _ in range(200):
        lower, higher = between("", low), between(high, "")
        assert lower < low < high < higher
        low, high = lower, higher
    assert len(low) < 60
