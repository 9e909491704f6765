"""What waits for what: against a plain search, with circles, and from state to state."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

import plans
from examples import examples
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.edits import Edit, Tick
from lfroadmap.roadmap.model import Card, Kpi, Relation, RelationKind, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, places


def relation(id_: str, target: str, kind: RelationKind = "waits_for") -> Relation:
    return Relation(id_, kind, target)


PLAN = Roadmap(
    "r", "R",
    stages=(
        Stage(
            "s", "S",
            (Card("a", "A", (), (Task("a1", "1"), Task("a2", "2"))), Card("b", "B", (), (Task("b1", "1"),))),
        ),
        Stage("z", "Z", (Card("c", "C", (), (Task("c1", "1"), Task("c2", "2"))), Card("e", "Empty"))),
    ),
    kpis=(Kpi("k", "Rate"), Kpi("l", "Churn")),
)  # fmt: skip
ALL = ["a", "a1", "a2", "b", "b1", "c", "c1", "c2", "e"]


def waiting(*pairs: tuple[str, str], plan: Roadmap = PLAN) -> Roadmap:
    for number, (node, target) in enumerate(pairs):
        plan = Add(relation(f"w{number}", target), node).on(plan)
    return plan


# ------------------------------------------------------------------ a plain search to compare with


def home(roadmap: Roadmap, node_id: str) -> str:
    place = find(roadmap, node_id)
    assert place is not None
    return place.node.id if isinstance(place.node, Card) else place.parent


def needs(roadmap: Roadmap, relations: dict[str, tuple[str, str]], point: str) -> set[str]:
    """The points that must come before one: `>card` is where a card begins, `card` where it is done."""
    out: set[str] = set()
    if point.startswith(">"):
        out |= {target for node, target in relations.values() if node == point[1:]}
    elif isinstance(node := find(roadmap, point).node, Card):  # type: ignore[union-attr]
        out |= {f">{point}", *(task.id for task in node.tasks)}
    else:
        out |= {f">{home(roadmap, point)}", *(target for node, target in relations.values() if node == point)}
    return out


def has_circle(roadmap: Roadmap, relations: dict[str, tuple[str, str]]) -> bool:
    done: set[str] = set()

    def is_closed(point: str, above: tuple[str, ...]) -> bool:
        if point in above:
            return True
        if point in done:
            return False
        found = any(is_closed(each, (*above, point)) for each in needs(roadmap, relations, point))
        done.add(point)
        return found

    cards = [place.node for place in places(roadmap) if isinstance(place.node, Card)]
    return any(is_closed(card.id, ()) for card in cards)


def relations_of(roadmap: Roadmap) -> dict[str, tuple[str, str]]:
    """Id of each relation of waiting whose target is there -> what has it, and the target."""
    there = {p.node.id for p in places(roadmap) if isinstance(p.node, Card | Task)}
    return {
        p.node.id: (p.parent, p.node.target)
        for p in places(roadmap)
        if isinstance(p.node, Relation) and p.node.kind == "waits_for" and p.node.target in there
    }


def expected_ignored(roadmap: Roadmap) -> set[str]:
    kept: dict[str, tuple[str, str]] = {}
    out = set()
    for id_, pair in sorted(relations_of(roadmap).items()):
        if has_circle(roadmap, kept | {id_: pair}):
            out.add(id_)
        else:
            kept[id_] = pair
    return out


def is_done(roadmap: Roadmap, node_id: str) -> bool:
    node = find(roadmap, node_id).node  # type: ignore[union-attr]
    return node.done if isinstance(node, Task) else bool(node.tasks) and all(t.done for t in node.tasks)  # type: ignore[union-attr]


def check(roadmap: Roadmap, found: Dependencies) -> None:
    relations = relations_of(roadmap)
    assert found.ignored == expected_ignored(roadmap)
    for node_id in (p.node.id for p in places(roadmap) if isinstance(p.node, Card | Task)):
        targets = [t for id_, (node, t) in relations.items() if node == node_id and id_ not in found.ignored]
        targets = [*dict.fromkeys(targets)]
        done = is_done(roadmap, node_id)
        waits = [] if done else [target for target in targets if not is_done(roadmap, target)]
        assert (found.targets(node_id), found.waits(node_id)) == (tuple(targets), tuple(waits))
        assert found.is_blocked(node_id) == bool(waits)
        assert found.is_ready(node_id) == (bool(targets) and not waits and not done)
    for kpi in roadmap.kpis:
        cards = [
            card.id for stage in roadmap.stages for card in stage.cards
            if any(each.kind == "moves" and each.target == kpi.id for each in card.relations)
        ]  # fmt: skip
        assert found.moved_by(kpi.id) == tuple(cards)


@given(plans.roadmaps, st.lists(plans.edits, max_size=5))
@examples(60)
def test_dependencies_are_those_of_a_plain_search_from_state_to_state(
    roadmap: Roadmap, edits: list[Edit]
) -> None:
    found = Dependencies(roadmap)
    check(roadmap, found)
    for edit in edits:
        roadmap = edit.on(roadmap)
        found = found.after(roadmap)
        check(roadmap, found)


pairs = st.lists(st.tuples(st.sampled_from(ALL), st.sampled_from(ALL)), max_size=7)


@given(pairs, st.sampled_from(ALL), st.sampled_from(ALL))
def test_the_path_of_a_circle_is_one_of_what_waits(
    before: list[tuple[str, str]], node: str, target: str
) -> None:
    plan = waiting(*before)
    found = Dependencies(plan)
    check(plan, found)
    path = found.path_to(node, target)
    kept = {id_: pair for id_, pair in relations_of(plan).items() if id_ not in found.ignored}
    assert bool(path) == has_circle(plan, kept | {"new": (node, target)})
    if path:
        assert (path[0], path[-1]) == (node, node) and (target in path or target == node)
        steps = {*kept.values(), (node, target)}
        for here, there in pairwise(path):
            assert (here, there) in steps or home(plan, here) == home(plan, there)


def test_a_circle_leads_through_a_card_and_its_tasks() -> None:
    plan = waiting(("a", "b"), ("b1", "c"))
    found = Dependencies(plan)
    assert found.path_to("c1", "a1") == ("c1", "a1", "a", "b", "b1", "c", "c1")
    assert found.path_to("a", "a1") == ("a", "a1", "a") and found.path_to("a1", "a1") == ("a1", "a1")
    assert found.path_to("c1", "e") == () and found.path_to("nobody", "a") == ()
    assert found.waits("a") == ("b",) and found.is_blocked("b1") and found.blocked == ("a", "b1")
    done = Batch((Tick("c1", True, "2026-03-01"), Tick("c2", True, "2026-03-01"))).on(plan)
    after = found.after(done)
    assert after.ready == ("b1",) and after.blocked == ("a",) and not found.ready
    assert after.after(done) is after


def test_a_target_that_is_gone_does_not_count_until_it_is_back() -> None:
    plan = Add(relation("m", "k", "moves"), "a").on(waiting(("a1", "b")))
    gone = Batch((Remove("b"), Remove("k")))
    after = Dependencies(plan).after(gone.on(plan))
    assert after.targets("a1") == after.moved_by("k") == () and after.is_empty
    back = gone.inverse(plan).on(gone.on(plan))
    assert (
        back == plan and after.after(back).waits("a1") == ("b",) and after.after(back).moved_by("k") == ("a",)
    )


class Waiting(RuleBasedStateMachine):
    """People relate, tick, move and remove; the door refuses what would close a circle."""

    def __init__(self) -> None:
        super().__init__()
        self.plan, self.found, self.number = PLAN, Dependencies(PLAN), 0
        self.only_door = True

    def change(self, edit: Edit) -> None:
        self.plan = edit.on(self.plan)
        self.found = self.found.after(self.plan)

    @rule(node=st.sampled_from(ALL), other=st.sampled_from(ALL))
    def relate(self, node: str, other: str) -> None:
        if self.found.path_to(node, other):
            return
        self.number += 1
        self.change(Add(relation(f"w{self.number}", other), node))

    @rule(node=st.sampled_from(ALL), done=st.booleans())
    def tick(self, node: str, done: bool) -> None:
        self.change(Tick(node, done, "2026-03-01"))

    @rule(number=st.integers(0, 9))
    def unrelate(self, number: int) -> None:
        self.change(Remove(f"w{number}"))

    @precondition(lambda self: self.number > 2)
    @rule(node=st.sampled_from(ALL))
    def remove(self, node: str) -> None:
        self.change(Remove(node))

    @rule(task=st.sampled_from(["a1", "c2", "b1"]), card=st.sampled_from(["a", "b", "c", "e"]))
    def move(self, task: str, card: str) -> None:
        place = find(self.plan, task)
        if place and place.parent != card and find(self.plan, card):
            self.only_door = False  # a task takes what it waits for into another card
            self.change(Move(task, card))

    @invariant()
    def nothing_waits_for_itself(self) -> None:
        check(self.plan, self.found)
        assert not (self.only_door and self.found.ignored)


TestWaiting = Waiting.TestCase
TestWaiting.settings = settings(examples(15), stateful_step_count=15)


@pytest.mark.parametrize("first", ["w1", "w2"])
def test_of_a_circle_the_relations_whose_ids_come_first_count(first: str) -> None:
    other = {"w1": "w2", "w2": "w1"}[first]
    plan = Add(relation(first, "b"), "a").on(PLAN)
    plan = Add(relation(other, "a1"), "b1").on(plan)
    assert Dependencies(plan).ignored == {"w2"}
    assert Dependencies(replace(plan, stages=plan.stages[::-1])).ignored == {"w2"}
