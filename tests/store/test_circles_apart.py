"""Two who relate, tick and move apart: the same waits count on both sides, and never a circle."""

from __future__ import annotations

import random

import pytest
from test_document import copy, exchange, filled

from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.ticking import ticked
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.document.document import Document
from matrices import quick_first

CARDS = ("a", "b", "c")
TASKS = ("a1", "a2", "b1", "c1")
LABELS = Labels("", "en")


def card_of(name: str) -> Card:
    tasks = tuple(Task(each, each, due="2026-03-01", repeat="week") for each in TASKS if each[0] == name)
    return Card(name, name, (), tasks)


PLAN = Roadmap("r", "R", stages=tuple(Stage(f"s{each}", each, (card_of(each),)) for each in CARDS))


def edit_through_the_door(roadmap: Roadmap, chance: random.Random, name: str) -> Edit | None:
    """An edit as the door lets it through: what would close a circle is refused."""
    there = {p.node.id: p.node for p in places(roadmap)}
    node, target = (chance.choice([each for each in (*CARDS, *TASKS) if each in there]) for _ in range(2))
    what = chance.choice(("relate", "relate", "relate", "tick", "move", "remove"))
    if what == "relate":
        refused = Dependencies(roadmap).path_to(node, target)
        return None if refused else Add(Relation(f"{name}{chance.random()}", "waits_for", target), node)
    if what == "remove":
        relations = [each.id for each in there.values() if isinstance(each, Relation)]
        return Remove(chance.choice(relations)) if relations else None
    place = find(roadmap, chance.choice([each for each in TASKS if each in there]))
    assert place is not None and isinstance(place.node, Task)
    if what == "move":
        return Move(place.node.id, chance.choice(CARDS))
    card = there[place.parent]
    assert isinstance(card, Card)
    return ticked(card, place.node, "2026-03-02", LABELS, done=not place.node.done)


def work(document: Document, chance: random.Random, name: str) -> None:
    roadmap = document.roadmap()
    for _ in range(chance.randrange(1, 5)):
        if edit := edit_through_the_door(roadmap, chance, name):
            roadmap = document.apply(edit, roadmap)


@pytest.mark.parametrize("seeds", quick_first([range(n, n + 25) for n in range(0, 250, 25)]))
def test_of_circles_that_edits_made_apart_closed_the_same_waits_count(seeds: range) -> None:
    closed = 0
    for seed in seeds:
        chance, one = random.Random(seed), filled(PLAN)
        other = copy(one)
        one.take_updates()
        for _ in range(4):
            work(one, chance, "dana")
            work(other, chance, "noa")
            merged = exchange(one, other)
            mine, theirs = Dependencies(one.roadmap()), Dependencies(other.roadmap())
            assert mine.ignored == theirs.ignored and mine.circles == theirs.circles
            assert mine.blocked == theirs.blocked
            closed += len(mine.ignored)
            assert bool(mine.circles) == bool(mine.ignored), "and it is told"
            without = Batch(tuple(map(Remove, mine.ignored))).on(merged)
            assert not Dependencies(without).ignored, "what counts closes none"
    assert closed, "some circles were closed"


def test_two_who_tick_a_repeating_task_apart_make_one_next_one() -> None:
    one = filled(PLAN)
    other = copy(one)
    one.take_updates()
    card = PLAN.stages[0].cards[0]
    for document, day in ((one, "2026-03-02"), (other, "2026-03-03")):
        document.apply(ticked(card, card.tasks[0], day, LABELS, done=True), PLAN)
    tasks = exchange(one, other).stages[0].cards[0].tasks
    assert [(task.id, task.done, task.due) for task in tasks] == [
        ("a1", True, "2026-03-01"), ("a1.2026-03-08", False, "2026-03-08"), ("a2", False, "2026-03-01"),
    ]  # fmt: skip
