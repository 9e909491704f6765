from __future__ import annotations

import json
from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import iter_modules

import pytest
from hypothesis import given, settings

from lfroadmap import roadmap as roadmap_room
from lfroadmap.roadmap.codec import EDITS, NODES, dump, from_plain, load_edit, load_roadmap, to_plain
from lfroadmap.roadmap.edits import Edit, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add
from plans import edits, roadmaps


@given(edits)
@settings(max_examples=150, deadline=None)
def test_every_edit_comes_back_as_it_was(edit: Edit) -> None:
    assert load_edit(dump(edit)) == edit


@given(roadmaps)
def test_every_roadmap_comes_back_as_it_was(roadmap: Roadmap) -> None:
    assert load_roadmap(dump(roadmap)) == roadmap
    assert from_plain(to_plain(roadmap)) == roadmap


def test_defaults_are_left_out() -> None:
    assert json.loads(dump(Add(Task("t"), "c"))) == {
        "is": "Add",
        "node": {"is": "Task", "id": "t"},
        "parent": "c",
    }
    assert json.loads(dump(Tick("t", False))) == {"is": "Tick", "task": "t", "done": False}


def test_every_edit_has_its_place_in_the_table() -> None:
    named = (
        import_module(f"lfroadmap.roadmap.{module.name}") for module in iter_modules(roadmap_room.__path__)
    )
    kinds = {kind for module in named for kind in vars(module).values() if isinstance(kind, type)}
    assert {kind for kind in kinds if issubclass(kind, Edit) and is_dataclass(kind)} == set(EDITS)
    assert not set(EDITS) & set(NODES)


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "null", "[]", '"Tick"', "{}", '{"is":"Nothing"}', '{"is":"Tick"}', '{"is":"os"}',
        '{"is":"Tick","task":"t","done":true,"more":1}', '{"is":"Task","id":"t"}', '{"is":["Tick"]}',
    ],
)  # fmt: skip
def test_what_was_never_written_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        load_edit(text)
    with pytest.raises(ValueError, match=r".+"):
        load_roadmap(text)
