"""Whatever is in the maps of a document, there is a roadmap, and it can be edited."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Map, Text

from examples import examples
from foreign_peer import FOREIGN, Maps, Write, foreign_update, nest, plain_values, written
from foreign_values import metas, roots, shared_value, storable_json
from lfroadmap.roadmap.codec import dump, load_roadmap
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.node_ids import check_ids
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import descendants, find
from lfroadmap.store.document import node_maps
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.merging import merged
from lfroadmap.store.document.yjs_document import SpoiledDocument
from listening import PLAN
from plans import edits


def filled(roadmap: Roadmap = PLAN) -> Document:
    document = Document()
    document.fill(roadmap)
    return document


def is_as_read(document: Document) -> Roadmap:
    """The roadmap, which is the same when it is read from a copy, and can be stored."""
    roadmap = document.roadmap()
    copy = Document()
    copy.merge(document.full_update())
    assert roadmap == document.roadmap() == document.roadmap(roadmap) == copy.roadmap()
    check_ids(roadmap)
    assert load_roadmap(dump(roadmap)) == roadmap
    return roadmap


def comparable(document: Document) -> str:
    """All values of a document as one text, the keys in order."""
    return json.dumps(plain_values(document), sort_keys=True, default=repr)


def edits_everything(document: Document, roadmap: Roadmap) -> None:
    """Give each node another value and place; the document has the result of each edit."""
    for node, parent in tuple(descendants(roadmap)):
        ways: list[Edit] = [Rename(node.id, "new"), Move(node.id, parent, ""), Move(node.id, parent)]
        if isinstance(node, Task):
            ways += [Tick(node.id, not node.done, "2026-01-01"), Add(Task("n" + node.id), parent, node.id)]
        if isinstance(node, Field):
            ways += [SpliceText(node.id, 0, 0, "שלום "), SetField(node.id, "b")]
        for edit in ways:
            after = document.apply(edit, roadmap)
            assert after == edit.on(roadmap)
            assert document.roadmap() == after, edit
            roadmap = after


@pytest.mark.parametrize("how", FOREIGN)
@pytest.mark.quick_cases(9)
def test_a_foreign_value_gives_a_roadmap_that_can_be_edited(how: str) -> None:
    things, write = FOREIGN[how]
    document, unreadable = _merged_with(write)
    roadmap = is_as_read(document)
    assert document.left_out + unreadable == things
    edits_everything(document, roadmap)


def _merged_with(write: Write) -> tuple[Document, int]:
    base = filled().full_update()
    return merged([base, foreign_update([base], write)])


def test_unknown_attributes_stay_through_edits_and_copies() -> None:
    def write(maps: Maps) -> None:
        for node in (
            maps.tasks["t1"],
            maps.cards["c"],
            maps.stages["s"],
            maps.fields["f"],
            maps.kpis["k"],
            maps.meta,
        ):
            node["newer"] = [1, {"a": None}]
        maps.tasks["lost"] = Map({"pos": "a", "newer": 1})
        maps.tasks["odd"] = "boo"

    document = written(filled(), write)
    roadmap = document.roadmap()
    edits_everything(document, roadmap)
    roadmap = document.roadmap()
    back = Remove("c").inverse(roadmap)
    document.apply(back, document.apply(Remove("c"), roadmap))
    copy = Document()
    copy.merge(document.full_update())
    values = plain_values(copy)
    for name, node_id in (("tasks", "t1"), ("cards", "c"), ("stages", "s"), ("fields", "f"), ("kpis", "k")):
        assert values[name][node_id]["newer"] == [1, {"a": None}]
    assert values["meta"]["newer"] == [1, {"a": None}]
    assert values["tasks"]["lost"] == {"pos": "a", "newer": 1}
    assert values["tasks"]["odd"] == "boo"


def test_what_was_removed_with_its_parent_is_not_missed() -> None:
    document = filled()
    document.apply(Remove("s"), PLAN)
    assert document.roadmap() == Roadmap("r", "Plan", kpis=(Kpi("k"),))
    assert document.left_out == 0
    document.apply(Remove("k"), document.roadmap())
    document.roadmap()
    assert document.left_out == 0


def test_a_wrong_value_is_mended_by_an_edit() -> None:
    document = written(filled(), lambda m: m.tasks["t1"].update({"text": 17, "done": "yes"}))
    after = document.apply(Tick("t1", True), document.apply(Rename("t1", "again"), document.roadmap()))
    place = find(document.roadmap(), "t1")
    assert place is not None
    assert place.node == Task("t1", "again", True)
    assert document.roadmap() == after
    assert document.left_out == 0


def test_a_text_that_is_too_long_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    document = written(filled(), lambda m: m.fields["f"].update({"value": Text("x" * 5000)}))
    whole = document.roadmap()
    monkeypatch.setattr(node_maps, "MAX_TEXT", 4000)
    short = is_as_read(document)
    assert document.left_out == 1
    assert short != whole
    edits_everything(document, short)


def test_types_nested_little_by_little_are_refused_before_they_are_too_deep() -> None:
    document = filled()
    updates = [document.full_update()]
    path: list[str] = []

    def deeper(maps: Maps) -> None:
        here: Any = maps.tasks["t1"]
        for name in path:
            here = here[name]
        for _ in range(1500):
            here["more"] = Map({})
            here = here["more"]
            path.append("more")

    with pytest.raises(SpoiledDocument):
        for _ in range(8):
            updates.append(foreign_update(updates, deeper))
            document.merge(updates[-1])
    document, unreadable = merged(updates)
    assert unreadable > 0
    assert is_as_read(document) == PLAN


def test_many_types_that_are_not_nested_are_read() -> None:
    tasks = tuple(Task(f"n{n}", f"going {n}") for n in range(20))
    fields = tuple(Field(f"l{n}", "long", value="g" * 20) for n in range(6000))
    plan = Roadmap("r", stages=(Stage("s", cards=(Card("c", fields=fields, tasks=tasks),)),))
    document = Document()
    document.merge(filled(plan).full_update())
    assert document.roadmap() == plan


def test_deep_maps_are_left_out_at_any_depth() -> None:
    for depth in (10, 900, 1100, 4900):
        document = written(filled(), nest(depth))
        place = find(is_as_read(document), "deep")
        assert place is not None
        assert place.node == Task("deep")


@given(roots, metas, st.lists(edits, max_size=3))
@examples(300)
def test_any_values_give_a_roadmap_and_edits_of_it_are_kept(
    values: dict[str, Any], meta: dict[str, Any], several: list[Edit]
) -> None:
    def write(maps: Maps) -> None:
        maps.meta.update(storable_json(meta))
        for name, nodes in values.items():
            for node_id, (kind, value) in nodes.items():
                getattr(maps, name)[node_id] = shared_value(kind, value)

    document = Document()
    document.merge(foreign_update([], write))
    before = comparable(document)
    roadmap = is_as_read(document)
    left_out = document.left_out
    assert document.roadmap() == roadmap
    assert (document.left_out, comparable(document)) == (left_out, before)
    ids = [node_id for nodes in values.values() for node_id in nodes]
    for edit in several:
        after = document.apply(edit, roadmap)
        assert after == edit.on(roadmap)
        # where an id is in two classes, the removal of the one that is shown brings the other out
        assert document.roadmap() == after or len(set(ids)) < len(ids), edit
        roadmap = document.roadmap()
    is_as_read(document)
