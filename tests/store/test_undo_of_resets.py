"""Undo and redo of removals and resets, in any order: alone, nothing is another than it was."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Field, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import places
from listening import PLAN
from matrices import quick_first
from replicas import Copy

STAGE = PLAN.stages[0]
CARD = replace(STAGE.cards[0], fields=(Field("f", "long", value="x"),), tasks=(Task("t9"), Task("t1", "one")))
OTHER = replace(PLAN, stages=(replace(STAGE, cards=(CARD,)),))
"""The plan with other texts, another task and fewer cards and fields."""


@pytest.mark.parametrize("seed", quick_first(range(60), 12))
@pytest.mark.quick_cases(3)
def test_every_step_back_leads_to_what_was_there(path: Path, seed: int) -> None:
    chance, past, now = random.Random(seed), list[Roadmap](), PLAN
    dana = Copy(path, PLAN, "dana")
    for n in range(80):
        if chance.random() < 0.6:
            edit = _any_edit(chance, now, n)
            dana.does(edit)
            if edit.on(now) is not now:
                past.append(now)
                now = edit.on(now)
        elif past:
            assert dana.undoes().outcome == "done"
            now = past.pop()
        assert dana.roadmap == now, n
    while past:
        assert dana.undoes().outcome == "done"
        now = past.pop()
        assert dana.roadmap == now
    dana.close()


def _any_edit(chance: random.Random, roadmap: Roadmap, n: int) -> Edit:
    ids = ["nobody", *(place.node.id for place in places(roadmap))]
    node = chance.choice(ids)
    return chance.choice(
        [
            Tick(node, True, f"day {n}"),
            SetField("g", f"value {n}"),
            SpliceText("f", chance.randrange(3), chance.randrange(3), f"letters {n}"),
            Rename(node, f"name {n}"),
            Add(Task(f"new{n}", "task"), chance.choice("cd"), node),
            Move(node, chance.choice(ids), chance.choice(["", *ids])),
            Remove(chance.choice([node, *"scdf"])),
            Batch((Remove(node), SetField("g", f"both {n}"))),
            ResetAll(chance.choice([PLAN, OTHER])),
        ]
    )
