"""Fields of another shape: what was typed stays, in the pure edits, in the file and between two windows."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.codec import dump, load_edit
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Card, Field, Kind, Roadmap, Stage
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import find
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.usecases.field_edits import FieldShape, add_field, reshape, shape_of
from sharing import create

TODAY = date(2026, 3, 1)
KINDS: tuple[Kind, ...] = ("text", "long", "date", "number", "choice")
VALUES = {
    "text": "12",
    "long": "two\nlines",
    "date": "2026-05-06",
    "number": "1250",
    "choice": "high",
}


def plan(kind: Kind) -> Roadmap:
    options = ("low", "high") if kind == "choice" else ()
    fields = (Field("a", label="A"), Field("f", kind, label="F", value=VALUES[kind], options=options))
    return Roadmap("r", "Plan", "", (Stage("s", "S", (Card("c", "C", fields),)),))


def edit_to(roadmap: Roadmap, kind: Kind) -> Edit:
    labels = Labels("", "en")
    place = find(roadmap, "f")
    assert place is not None
    assert isinstance(place.node, Field)
    wanted = shape_of(place.node, labels)._replace(kind=kind, options=("low", "1250", "12"))
    return reshape(roadmap.stages[0].cards[0], place, wanted, labels, TODAY).edit


@pytest.mark.parametrize(("old", "new"), [pair for pair in product(KINDS, KINDS) if pair[0] != pair[1]])
def test_every_kind_becomes_every_other_and_undo_brings_it_back(old: Kind, new: Kind) -> None:
    before = plan(old)
    edit = edit_to(before, new)
    after = edit.on(before)
    field = after.stages[0].cards[0].fields[1]
    assert (field.id, field.kind, field.label) == ("f", new, "F")
    assert field.value == VALUES[old]
    assert edit.inverse(before).on(after) == before
    assert load_edit(dump(edit)) == edit


@pytest.mark.parametrize(
    ("old", "new"), [("text", "long"), ("long", "date"), ("long", "text"), ("choice", "text")]
)
def test_the_file_holds_the_same(tmp_path: Path, old: Kind, new: Kind) -> None:
    library = Library(tmp_path / "data")
    create(library, "plan", plan(old), "dana")
    store = Store(library.path("plan"), "dana", to_read=True)
    try:
        store.start(lambda event: None)
        edit = edit_to(store.roadmap, new)
        store.submit(edit)
        assert store.flush(10)
        assert read(library.path("plan")) == edit.on(plan(old))
        store.undo()
        assert store.flush(10)
        assert read(library.path("plan")) == plan(old)
    finally:
        store.close()


def test_a_text_that_names_a_day_becomes_it() -> None:
    roadmap = plan("text")
    roadmap = type(roadmap)("r", "P", "", (Stage("s", "S", (Card("c", "C", (Field("f", value="6 May"),)),)),))
    labels, place = Labels("", "en"), find(roadmap, "f")
    assert place is not None
    made = reshape(roadmap.stages[0].cards[0], place, FieldShape("When", "date", "deadline"), labels, TODAY)
    assert made.edit.on(roadmap).stages[0].cards[0].fields[0].value == "2026-05-06"


@pytest.mark.parametrize(
    ("shape", "key"),
    [
        (FieldShape(" "), "title_empty"),
        (FieldShape("X", "choice"), "field_needs_options"),
        (FieldShape("X", "choice", options=(" ", "")), "field_needs_options"),
        (FieldShape("X", "date", "owner"), "field_role_owner"),
        (FieldShape("X", "text", "deadline"), "field_role_deadline"),
        (FieldShape("X", "number", "goals"), "field_role_goals"),
        (FieldShape("X", "text", "owner"), "field_role_taken"),
    ],
)
def test_what_a_card_cannot_have_is_refused(shape: FieldShape, key: str) -> None:
    card = Card("c", "C", (Field("o", "text", "owner", "Owner"),))
    with pytest.raises(RoadmapError) as refused:
        add_field(card, shape, lambda: "n")
    assert refused.value.key == key
