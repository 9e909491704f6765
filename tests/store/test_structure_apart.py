"""Two who change the structure apart: copies, moves and fields of another shape come to one roadmap."""

from __future__ import annotations

import random
from datetime import date
from itertools import count

import pytest
from test_document import copy, exchange, filled

from lfroadmap.roadmap.edits import Edit, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kind, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import Place, find, places
from lfroadmap.store.document.document import Document
from lfroadmap.usecases.field_edits import FieldShape, reshape, shape_of
from lfroadmap.usecases.structure_edits import duplicate_behind, move_under, parents_for, shift
from matrices import quick_first

LABELS = Labels("", "en")
KINDS: tuple[Kind, ...] = ("text", "long", "date", "number", "choice")


def card(name: str) -> Card:
    fields = (Field(f"{name}f", label="F", value="typed"), Field(f"{name}l", "long", label="L", value="a\nb"))
    return Card(name, f"Card {name}", fields, (Task(f"{name}t", "task"),))


PLAN = Roadmap(
    "r", "Plan", "", tuple(Stage(f"s{n}", f"S{n}", (card(f"a{n}"), card(f"b{n}"))) for n in (0, 1))
)


def reshaped(roadmap: Roadmap, place: Place, chance: random.Random) -> Edit:
    above = find(roadmap, place.parent)
    assert above is not None
    assert isinstance(above.node, Card)
    assert isinstance(place.node, Field)
    shape: FieldShape = shape_of(place.node, LABELS)
    wanted = shape._replace(kind=chance.choice(KINDS), options=("typed", "other"), label=chance.choice("FGH"))
    return reshape(above.node, place, wanted, LABELS, date(2026, 1, 1)).edit


def some_edit(roadmap: Roadmap, chance: random.Random, new: count[int], stem: str) -> Edit | None:
    """A change of structure, or something typed or ticked; None where it comes to nothing."""
    place = chance.choice(tuple(places(roadmap)))
    node = place.node
    way = chance.randrange(6)
    if way == 0:
        return duplicate_behind(place, f"copy {stem}", LABELS, lambda: f"{stem}{next(new)}").edit
    if way == 1:
        made = shift(roadmap, place, chance.choice((-1, 1)))
        return made.edit if made else None
    if way == 2 and not isinstance(node, Stage):
        parents = [parent.id for parent in parents_for(roadmap, type(node))]
        return move_under(place, chance.choice(parents)).edit if parents else None
    if way == 3 and chance.random() < 0.3:
        return Remove(node.id)
    return value_edit(roadmap, place, chance, stem)


def value_edit(roadmap: Roadmap, place: Place, chance: random.Random, stem: str) -> Edit | None:
    node = place.node
    if isinstance(node, Field) and chance.random() < 0.5:
        return reshaped(roadmap, place, chance)
    if isinstance(node, Field):
        long = node.kind == "long"
        return SpliceText(node.id, 1, 1, stem) if long else SetField(node.id, stem)
    return Tick(node.id, done=True, on_day="2026-01-01") if isinstance(node, Task) else None


def work(document: Document, chance: random.Random, new: count[int], stem: str) -> None:
    roadmap = document.roadmap()
    for _ in range(chance.randrange(1, 5)):
        if (edit := some_edit(roadmap, chance, new, stem)) is None:
            continue
        after = document.apply(edit, roadmap)
        assert after == edit.on(roadmap) == document.roadmap()
        assert edit.inverse(roadmap).on(after) == roadmap, "each is taken back as one step"
        roadmap = after


@pytest.mark.parametrize("seeds", quick_first([range(n, n + 40) for n in range(0, 400, 40)]))
def test_structure_changed_apart_comes_to_one_roadmap(seeds: range) -> None:
    for seed in seeds:
        chance, new = random.Random(seed), count(1)
        one = filled(PLAN)
        other = copy(one)
        one.take_updates()
        for _ in range(4):
            work(one, chance, new, "x")
            work(other, chance, new, "y")
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
    one.apply(reshape(PLAN.stages[0].cards[0], place, shape, LABELS, date(2026, 1, 1)).edit, PLAN)
    other.apply(SetField("a0f", "theirs"), PLAN)
    field = exchange(one, other).stages[0].cards[0].fields[0]
    assert (field.id, field.kind, field.value) == ("a0f", kind, "theirs")
