"""Finding a node again in a roadmap that has changed since."""

from __future__ import annotations

from itertools import product

from lfroadmap.roadmap.edits import Rename
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, has_any, ids_under, places
from listening import PLAN
from stepping import lines_run

EDITS = (
    Rename("t2", "x"),
    Move("t2", "c", ""),
    Move("t2", "d"),
    Move("d", "s", ""),
    Add(Stage("new"), "r", ""),
    Remove("t1"),
    Remove("c"),
    Remove("s"),
)
ROADMAPS = (PLAN, *(edit.on(PLAN) for edit in EDITS), Roadmap("r"))


def test_a_node_is_found_where_it_is_now() -> None:
    for node_id, before, after in product(ids_under(PLAN), ROADMAPS, ROADMAPS):
        find(before, node_id)
        assert find(after, node_id) == _expected(after, node_id)


def test_a_node_is_found_under_another_one() -> None:
    card = PLAN.stages[0].cards[0]
    for node_id in ("t2", "f", "c", "k"):
        find(PLAN, node_id)
        below, above = find(card, node_id), find(PLAN, node_id)
        assert (below is not None) == (node_id in {"t2", "f"})
        assert above == _expected(PLAN, node_id)
        find(card, node_id)
        assert find(PLAN, node_id) == above


def test_finding_a_node_again_costs_the_same_in_any_roadmap() -> None:
    costs = set()
    for size in (10, 1000):
        roadmap = Roadmap("r", stages=tuple(Stage(f"s{n}") for n in range(size)))
        last = f"s{size - 1}"
        find(roadmap, last)
        costs.add(lines_run(lambda roadmap=roadmap, last=last: find(roadmap, last)))  # type: ignore[misc]
    assert len(costs) == 1


def _expected(roadmap: Roadmap, node_id: str) -> object:
    return next((place for place in places(roadmap) if place.node.id == node_id), None)


def test_an_id_is_known_wherever_it_is() -> None:
    for roadmap in ROADMAPS:
        for known in ids_under(roadmap):
            assert has_any(roadmap, frozenset((known, "nowhere")))
        assert not has_any(roadmap, frozenset(("nowhere", "")))


def test_a_new_id_among_many_tasks_is_looked_for_without_a_step_for_each() -> None:
    def lines(number: int) -> int:
        tasks = tuple(Task(f"t{n}") for n in range(number))
        roadmap = Roadmap("r", stages=(Stage("s", cards=(Card("c", tasks=tasks),)),))
        return lines_run(lambda: has_any(roadmap, frozenset(("new",))))

    assert lines(1000) == lines(10)
