"""The difference of two roadmaps: few edits, and a node that is in both is moved."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.difference import difference, longest_increasing
from lfroadmap.roadmap.edits import Edit, Rename, Tick
from lfroadmap.roadmap.model import CHILDREN, Card, Field, Kpi, Node, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import children, descendants, find, ids_under
from plans import edits, roadmaps

T = tuple(Task(f"t{n}") for n in range(6))
F = Field("f", "long")
A, B = Card("a", None, (F,), T[:3]), Card("b", None, (), T[3:])
NOW = Roadmap("r", stages=(Stage("s", None, (A, B)), Stage("z")), kpis=(Kpi("k"), Kpi("l")))


def plan(*stages: Stage) -> Roadmap:
    return replace(NOW, stages=stages)


def cards(*cards: Card) -> Roadmap:
    return plan(Stage("s", None, cards), Stage("z"))


def tasks(a: str, b: str) -> Roadmap:
    """The tasks of the two cards, a digit for each."""
    return cards(*(replace(c, tasks=tuple(T[int(n)] for n in ns)) for c, ns in ((A, a), (B, b))))


NEW = Stage("new", None, (Card("n", None, (), (Task("u"), T[0])),))
CASES: dict[str, tuple[Roadmap, tuple[Edit, ...]]] = {
    "nothing": (NOW, ()),
    "down by two": (tasks("120", "345"), (Move("t0", "a", "t2"),)),
    "up by two": (tasks("201", "345"), (Move("t2", "a", ""),)),
    "two swapped": (tasks("021", "345"), (Move("t2", "a", "t0"),)),
    "turned": (tasks("210", "345"), (Move("t2", "a", ""), Move("t1", "a", "t2"))),
    "to another card": (tasks("12", "3045"), (Move("t0", "b", "t3"),)),
    "to the start of another card": (tasks("12", "0345"), (Move("t0", "b", ""),)),
    "there and back": (tasks("512", "034"), (Move("t5", "a", ""), Move("t0", "b", ""))),
    "a card to another stage": (
        plan(Stage("s", None, (B,)), Stage("z", None, (A,))),
        (Move("a", "z", ""),),
    ),
    "a card to another stage, its task to a third place": (
        plan(
            Stage("s", None, (replace(B, tasks=(*T[3:], T[0])),)),
            Stage("z", None, (replace(A, tasks=T[1:3]),)),
        ),
        (Move("t0", "b", "t5"), Move("a", "z", "")),
    ),
    "a moved task is ticked": (
        cards(replace(A, tasks=T[1:3]), replace(B, tasks=(*T[3:], Task("t0", done=True)))),
        (Move("t0", "b", "t5"), Tick("t0", True)),
    ),
    "out of a removed card": (cards(replace(A, tasks=(*T[:3], T[4]))), (Move("t4", "a", "t2"), Remove("b"))),
    "a card out of a removed stage": (plan(Stage("z", None, (A,))), (Move("a", "z", ""), Remove("s"))),
    "into a new stage": (
        plan(Stage("s", None, (replace(A, tasks=T[1:3]), B)), Stage("z"), NEW),
        (
            Add(Stage("new", None, (Card("n", None, (), (Task("u"),)),)), "r", "z"),
            Move("t0", "n", "u"),
        ),
    ),
    "a card of another id that takes all tasks": (
        cards(Card("c", "new", (), T[:3]), B),
        (
            Add(Card("c", "new"), "s", ""),
            Move("t0", "c", ""),
            Move("t1", "c", "t0"),
            Move("t2", "c", "t1"),
            Remove("a"),
        ),
    ),
    "a field of another kind": (
        cards(replace(A, fields=(Field("f", "date"),)), B),
        (Remove("f"), Add(Field("f", "date"), "a", "")),
    ),
    "a field that becomes a card": (
        cards(replace(A, fields=()), B, Card("f", None, (), ())),
        (Remove("f"), Add(Card("f"), "s", "b")),
    ),
    "rows of KPIs": (replace(NOW, kpis=NOW.kpis[::-1]), (Move("l", "r", ""),)),
    "a new title of a stage": (
        plan(Stage("s", "x", (A, B)), Stage("z")),
        (Rename("s", "x"),),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_edits_of_a_difference(name: str) -> None:
    then, expected = CASES[name]
    assert difference(NOW, then) == expected
    edit = Batch(difference(NOW, then))
    assert edit.on(NOW) == then
    assert edit.inverse(NOW).on(then) == NOW


def parents(roadmap: Roadmap) -> dict[str, tuple[Node, str]]:
    return {node.id: (node, parent) for node, parent in descendants(roadmap)}


def levels(roadmap: Roadmap) -> dict[tuple[str, str], list[str]]:
    """The ids under each parent, by class."""
    nodes: list[Node | Roadmap] = [roadmap, *(node for node, _ in descendants(roadmap))]
    return {
        (above.id, name): [node.id for node in children(above, name)]
        for above in nodes
        for name, _ in CHILDREN[type(above)]
    }


def longest(numbers: list[int]) -> int:
    """The length of a longest increasing subsequence, the slow way."""
    best: list[int] = []
    for at, number in enumerate(numbers):
        best.append(1 + max((best[n] for n in range(at) if numbers[n] < number), default=0))
    return max(best, default=0)


def check(now: Roadmap, then: Roadmap) -> None:
    edit = Batch(difference(now, then))
    assert edit.on(now) == replace(then, template=now.template)
    assert edit.inverse(now).on(edit.on(now)) == now
    gone = {part.node for part in edit.singles() if isinstance(part, Remove)}
    put_in = {i for part in edit.singles() if isinstance(part, Add) for i in ids_under(part.node)}
    before, after = parents(now), parents(then)
    assert not (gone & after.keys()) - put_in
    moved = [part for part in edit.singles() if isinstance(part, Move)]
    assert len({part.node for part in moved}) == len(moved)
    stay = (before.keys() & after.keys()) - put_in
    crossing = {i for i in stay if before[i][1] != after[i][1]}
    assert crossing <= {part.node for part in moved}
    old = levels(now)
    for (parent, name), ids in levels(then).items():
        places = [old.get((parent, name), []).index(i) for i in ids if i in stay and i not in crossing]
        within = [part for part in moved if part.node in ids and part.node not in crossing]
        assert len(within) == len(places) - longest(places)


@given(roadmaps, roadmaps)
@examples(150)
def test_any_roadmap_is_reached_with_the_fewest_moves(now: Roadmap, then: Roadmap) -> None:
    check(now, then)


moves = st.sampled_from(["s", "z", "a", "b", "r", "t0", "t4", "f", "k", "l", "", "*"])


@given(st.lists(st.builds(Move, moves, moves, moves) | edits, max_size=8))
@examples(150)
def test_moves_are_found_again(several: list[Edit]) -> None:
    then = Batch(tuple(several)).on(NOW)
    check(NOW, then)
    if all(isinstance(edit, Move) for edit in several):
        assert all(isinstance(edit, Move) for edit in difference(NOW, then))


@given(st.permutations(range(7)))
def test_a_longest_increasing_subsequence(numbers: list[int]) -> None:
    found = [numbers[at] for at in longest_increasing(numbers)]
    assert found == sorted(found)
    assert len(found) == longest(numbers)


def test_an_exchange_of_ten_thousand_rows_is_found_at_once() -> None:
    rows = tuple(Task(f"x{n}") for n in range(10_000))
    now, then = (cards(Card("c", None, (), order)) for order in (rows, (*rows[5000:], *rows[:5000])))
    found = difference(now, then)
    assert len(found) == 5000
    place = find(Batch(found).on(now), "x0")
    assert place is not None
    assert place.at == 5000
