"""Stages, cards, fields, tasks and KPIs come, go and move: purely, on any roadmap, and back again."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from examples import examples
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edit import Edit
from lfroadmap.roadmap.model import (
    CHILDREN,
    Calculator,
    CalculatorRow,
    Card,
    Field,
    Kpi,
    Measurement,
    Node,
    Note,
    Reading,
    Relation,
    Roadmap,
    Stage,
    Task,
)
from lfroadmap.roadmap.progress import Counts, Tally, card_tally, stage_tally, tally
from lfroadmap.roadmap.structure import LAST, Add, Move, Remove
from lfroadmap.roadmap.tree import attribute_for, children, descendants, find, places

NEW: tuple[Node, ...] = (
    Stage("new", "S", (Card("new c", None, (Field("new f"),), (Task("new t", done=True),)),)),
    Card("new", "C", (Field("new f", "date"),), (Task("new t"), Task("new u", done=True))),
    Field("new", "long", value="text"),
    Task("new", "T"),
    Kpi("new", "M", readings=(Reading("new r", "5", "2026-03-01"),)),
    Note("new", "N", "Dana", "2026-03-01T09:00:00Z"),
    Reading("new", "5", "2026-03-01"),
    Calculator("new", "funnel", "F", (CalculatorRow("new r", "Leads", "200"),)),
    CalculatorRow("new", "Deals", value="5"),
    Relation("new", "waits_for", "t"),
    Measurement("new", None, "2026-03-01", "2026-03-02T09:00:00.000Z", '{"measures":{}}'),
)


def nodes(roadmap: Roadmap) -> list[Node]:
    return [node for node, _ in descendants(roadmap)]


def homes(roadmap: Roadmap, node: Node) -> list[Node | Roadmap]:
    """What a node may stand under."""
    return [above for above in (roadmap, *nodes(roadmap)) if attribute_for(above, type(node))]


@st.composite
def fitting(draw: st.DrawFn, roadmap: Roadmap) -> Edit:
    """An edit of structure that finds what it names."""
    there = nodes(roadmap)
    fresh = [node for node in NEW if homes(roadmap, node) and find(roadmap, "new") is None]
    node = draw(st.sampled_from([*there, *fresh]))
    parents = homes(roadmap, node)
    if node in there and draw(st.booleans()):
        return Remove(node.id)
    parent = draw(st.sampled_from(parents))
    beside = [other.id for other in children(parent, str(attribute_for(parent, type(node))))]
    after = draw(st.sampled_from(["", LAST, "gone", *beside]))
    return Move(node.id, parent.id, after) if node in there else Add(node, parent.id, after)


@given(plans.roadmaps, st.data())
@examples(60)
def test_an_edit_of_structure_is_pure_and_has_an_inverse(roadmap: Roadmap, data: st.DataObject) -> None:
    before = deepcopy(roadmap)
    edit = data.draw(fitting(roadmap))
    after, inverse = edit.on(roadmap), edit.inverse(roadmap)
    assert roadmap == before
    assert inverse.on(after) == roadmap
    assert edit.on(roadmap) == after
    assert (after is roadmap) == (after == roadmap)
    assert isinstance(edit, Move) or after is not roadmap


def above_it(roadmap: Roadmap, edit: Edit) -> Iterator[str]:
    """The ids of all that the node of an edit stands in."""
    place = find(roadmap, edit.touches()[0])
    while place is not None:
        yield place.parent
        place = find(roadmap, place.parent)


@given(plans.roadmaps, st.data())
@examples(60)
def test_what_an_edit_of_structure_leaves_alone_is_the_same_object(
    roadmap: Roadmap, data: st.DataObject
) -> None:
    edit = data.draw(fitting(roadmap))
    after = edit.on(roadmap)
    known = {node.id: node for node in nodes(roadmap)}
    changed = {place.node.id for place in places(after) if known.get(place.node.id) is not place.node}
    above = {roadmap.id, edit.touches()[0], *above_it(roadmap, edit), *above_it(after, edit)}
    new = {node.id for node in nodes(after)} - known.keys()
    assert changed <= above | new


@given(plans.roadmaps, st.data())
@examples(60)
def test_counts_and_a_draft_follow_any_change_of_structure(roadmap: Roadmap, data: st.DataObject) -> None:
    counts, draft = Counts(roadmap), Draft(roadmap)
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(fitting(roadmap) | plans.edits)
        roadmap = edit.on(roadmap)
        draft.apply(edit)
        counts.update(roadmap)
        assert draft.roadmap() == roadmap
        assert counts.overall == tally(roadmap)
        assert counts.stages == {stage.id: stage_tally(stage) for stage in roadmap.stages}
        for stage in roadmap.stages:
            assert [counts.card(card.id) for card in stage.cards] == [*map(card_tally, stage.cards)]


@given(plans.roadmaps, st.data())
@examples(60)
def test_only_cards_that_are_not_the_same_are_counted_again(roadmap: Roadmap, data: st.DataObject) -> None:
    counted: list[Card] = []

    def spy(card: Card) -> Tally:
        counted.append(card)
        return card_tally(card)

    counts = Counts(roadmap)
    after = data.draw(fitting(roadmap)).on(roadmap)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("lfroadmap.roadmap.progress.card_tally", spy)
        counts.update(after)
    known = {id(node) for node in nodes(roadmap)}
    before = {card.id: len(card.tasks) for stage in roadmap.stages for card in stage.cards}
    changed = [card for stage in after.stages for card in stage.cards if id(card) not in known]
    assert counted == [card for card in changed if before.get(card.id) != len(card.tasks)]
    assert counts.overall == Counts(after).overall


def placed(roadmap: Roadmap, node_id: str) -> tuple[Node, str, int]:
    place = find(roadmap, node_id)
    assert place is not None
    return place.node, place.parent, place.at


@pytest.mark.parametrize("new", NEW, ids=lambda node: type(node).__name__)
def test_a_node_of_each_kind_comes_moves_and_goes(new: Node) -> None:
    cards = (Card("c", None, (Field("f"),), (Task("t"),)), Card("d", None, (Field("g"),), (Task("u"),)))
    plan = Roadmap("r", stages=(Stage("s", None, cards), Stage("z", None, (Card("e"),))), kpis=(Kpi("k"),))
    parents = [above for above in (plan, *nodes(plan)) if attribute_for(above, type(new))]
    for parent in parents:
        added = Add(new, parent.id, "").on(plan)
        assert find(added, new.id) == (
            new,
            parent.id,
            attribute_for(parent, type(new)),
            0,
            find(added, new.id)[4],
        )  # type: ignore[index]
        for other in parents:
            moved = Move(new.id, other.id).on(added)
            place = find(moved, new.id)
            assert place is not None
            assert (place.node, place.parent) == (new, other.id)
            assert Remove(new.id).on(moved) == plan
    assert {*CHILDREN} - {Roadmap} == {type(node) for node in NEW}


def test_what_is_brought_back_stands_where_it_was_though_its_neighbors_are_new() -> None:
    plan = Roadmap("r", stages=(Stage("s", None, (Card("a"), Card("b"), Card("c"))),))
    back = Remove("b").inverse(plan)
    now = Add(Card("x"), "s", "a").on(Remove("b").on(plan))
    assert [card.id for card in back.on(now).stages[0].cards] == ["a", "b", "x", "c"]
    assert back.on(replace(now, stages=())).stages == ()
