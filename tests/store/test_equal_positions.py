"""Siblings at one position, as two peers make them who insert at one place: everybody sees one order."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from foreign_peer import Maps, foreign_update, updates_of
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.sqlite.file_format import read
from listening import PLAN
from replicas import Copy, copies


def order(roadmap: Roadmap) -> list[str]:
    return [task.id for task in roadmap.stages[0].cards[0].tasks]


def meet(made: list[Copy]) -> list[str]:
    """Everybody gets what the others have; returns the order that all see, in the files too."""
    for _ in range(2):
        for one in made:
            for other in made:
                if one is not other:
                    one.asks(other)
    (found,) = {tuple(order(roadmap)) for copy in made for roadmap in (copy.roadmap, read(copy.path))}
    return list(found)


@pytest.mark.parametrize("after", ["", "t1", "*"])
def test_what_two_insert_at_one_place_has_one_order(path: Path, after: str) -> None:
    made = copies(path, PLAN, ("dana", "noa", "avi"))
    for at, copy in enumerate(made):
        copy.does(Add(Task(f"n{2 - at}"), "c", after))
    positions = {values["pos"] for values in tasks(made[0]) if values["id"] == "n2"}
    found = meet(made)
    assert sorted(found) == ["n0", "n1", "n2", "t1", "t2"]
    assert {values["pos"] for values in tasks(made[0]) if values["id"].startswith("n")} == positions
    assert [node for node in found if node.startswith("n")] == ["n0", "n1", "n2"]
    for copy in made:
        copy.close()


def tasks(copy: Copy) -> list[dict[str, str]]:
    root = copy._replica.pull()._roots[Task]
    return [{"id": node_id, "pos": root[node_id]["pos"]} for node_id in root.keys()]  # noqa: SIM118 - no dict


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.quick_cases(3)
def test_work_among_siblings_at_one_position_agrees(path: Path, seed: int) -> None:
    made, chance = copies(path, PLAN, ("dana", "noa", "avi")), random.Random(seed)
    equal = foreign_update(updates_of(path), at_one_place)
    for copy in made:
        copy.hears(equal)
    for n in range(12):
        copy = chance.choice(made)
        one, other = chance.sample([*order(copy.roadmap), ""], 2)
        edit = chance.choice(
            (Move(one or "t1", "c", other), Add(Task(f"n{n}"), "c", other), Remove(one or "t2"))
        )
        copy.does(edit)
        if chance.random() < 0.5:
            made[chance.randrange(3)].asks(copy)
    meet(made)
    for copy in made:
        copy.close()


def at_one_place(maps: Maps) -> None:
    for n in range(6):
        maps.tasks[f"e{n}"] = {"parent": "c", "pos": "V"}
