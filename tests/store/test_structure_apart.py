"""Two who change the structure apart: copies, moves and fields of another shape come to one roadmap."""

from __future__ import annotations

import random

import pytest
from test_document import copy, exchange, filled

from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Field, Kind
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.document import Document
from lfroadmap.usecases.field_edits import reshape, shape_of
from matrices import quick_first
from restructuring import LABELS, PLAN, TODAY, Hand


def work(document: Document, chance: random.Random, hand: Hand) -> None:
    roadmap = document.roadmap()
    for _ in range(chance.randrange(1, 5)):
        if (edit := hand.edit(roadmap, chance)) is None:
            continue
        after = document.apply(edit, roadmap)
        assert after == edit.on(roadmap) == document.roadmap()
        assert edit.inverse(roadmap).on(after) == roadmap, "each is taken back as one step"
        roadmap = after


@pytest.mark.parametrize("seeds", quick_first([range(n, n + 40) for n in range(0, 400, 40)]))
def test_structure_changed_apart_comes_to_one_roadmap(seeds: range) -> None:
    for seed in seeds:
        chance, dana, noa = random.Random(seed), Hand("dana"), Hand("noa")
        one = filled(PLAN)
        other = copy(one)
        one.take_updates()
        for _ in range(4):
            work(one, chance, dana)
            work(other, chance, noa)
            exchange(one, other)


@pytest.mark.parametrize("kind", ["date", "number", "choice"])
def test_what_the_other_types_while_a_field_changes_its_kind_is_not_lost(kind: Kind) -> None:
    one = filled(PLAN)
    other = copy(one)
    one.take_updates()
    place = find(PLAN, "a0f")
    assert place is not None
    assert isinstance(place.node, Field)
    shape = shape_of(place.node, LABELS)._replace(kind=kind, options=("typed", "theirs"))
    one.apply(reshape(PLAN.stages[0].cards[0], place, shape, LABELS, TODAY).edit, PLAN)
    other.apply(SetField("a0f", "theirs"), PLAN)
    field = exchange(one, other).stages[0].cards[0].fields[0]
    assert (field.id, field.kind, field.value) == ("a0f", kind, "theirs")
