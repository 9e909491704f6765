from __future__ import annotations

import json
import tracemalloc
from contextlib import suppress
from copy import deepcopy
from dataclasses import is_dataclass
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap import roadmap as roadmap_room
from lfroadmap.roadmap import codec
from lfroadmap.roadmap.codec import NODES, dump, edit_kinds, from_plain, load_edit, load_roadmap, to_plain
from lfroadmap.roadmap.edits import Edit, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add
from plans import edits, roadmaps


@given(edits)
@examples(150)
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
    assert {kind for kind in kinds if issubclass(kind, Edit) and is_dataclass(kind)} == set(edit_kinds())
    assert not set(edit_kinds()) & set(NODES)


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


NOT_OURS = [
    *("1", '"x"', "[" * 100_000, "1" * 5000, '{"a":' * 100_000, '{"is":"Batch","edits":[' * 21 + "]}" * 21),
    *('{"is":"Tick","task":5,"done":true}', '{"is":"Tick","task":"t","done":1}'),
    *('{"is":"SetField","field":"f","value":null}', '{"is":"Rename","node":"n","text":["x"]}'),
    *('{"is":"SpliceText","field":"f","at":1.0,"removed":0,"inserted":""}', '{"is":"Batch","edits":"ab"}'),
    *('{"is":"SpliceText","field":"f","at":true,"removed":0,"inserted":""}', '{"is":"Batch","edits":[{}]}'),
    '{"is":"Batch","edits":[{"is":"Task","id":"t"}]}',
    '{"is":"Add","node":{"is":"Roadmap","id":"r"},"parent":"p"}',
    '{"is":"Add","node":{"is":"Tick","task":"t","done":true},"parent":"p"}',
    '{"is":"Add","node":{"is":"Field","id":"f","kind":"other"},"parent":"p"}',
    '{"is":"Add","node":{"is":"Field","id":"f","options":[1]},"parent":"p"}',
    '{"is":"Add","node":{"is":"Card","id":"c","tasks":[{"is":"Field","id":"f"}]},"parent":"p"}',
    '{"is":"ResetAll","fresh":{"is":"Card","id":"c"}}',
    '{"is":"Roadmap","id":5}',
    '{"is":"Roadmap","id":"r","title":false}',
    '{"is":"Roadmap","id":"r","stages":{"a":1}}',
    '{"is":"Roadmap","id":"r","stages":[{"is":"Stage","id":"r"}]}',
    '{"is":"Roadmap","id":"r","stages":[{"is":"Stage","id":"s"}],"kpis":[{"is":"Kpi","id":"s"}]}',
    '{"is":"Roadmap","id":"r","kpis":[{"is":"Kpi","id":"k","better":"sideways"}]}',
    '{"is":"Roadmap","id":""}',
    '{"is":"Roadmap","id":"*"}',
]
"""Well-formed or not: what no edit and no roadmap of ours is written as."""


@pytest.mark.parametrize("text", NOT_OURS)
def test_what_has_the_wrong_types_or_no_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        load_edit(text)
    with pytest.raises(ValueError, match=r".+"):
        load_roadmap(text)


MANY = 100


def test_many_tasks_come_back_as_they_were() -> None:
    tasks = tuple(
        Task(f"t{n}", None if n % 3 else f"Task {n}", n % 2 == 0, owner="dana" if n % 5 else "")
        for n in range(MANY)
    )
    roadmap = Roadmap("r", stages=(Stage("s", cards=(Card("c", tasks=tasks),)),))
    back = load_roadmap(dump(roadmap))
    assert back == roadmap
    assert back.stages[0].cards[0].tasks == tasks
    assert hash(back) == hash(roadmap)


@pytest.mark.parametrize(
    "one",
    [
        "5", "null", "[]", "{}", '{"is":"Task"}', '{"is":["Task"],"id":"x"}', '{"is":"Field","id":"x"}',
        '{"is":"Task","id":5}', '{"is":"Task","id":"x","done":1}', '{"is":"Task","id":"x","more":""}',
        '{"is":"Task","id":"t1"}',
    ],
)  # fmt: skip
def test_one_of_many_tasks_that_is_not_ours_is_refused(one: str) -> None:
    tasks = [f'{{"is":"Task","id":"t{n}"}}' for n in range(MANY)]
    card = f'{{"is":"Card","id":"c","tasks":[{",".join([*tasks, one])}]}}'
    text = f'{{"is":"Roadmap","id":"r","stages":[{{"is":"Stage","id":"s","cards":[{card}]}}]}}'
    assert load_roadmap(text.replace(f",{one}]", "]")).id == "r"
    with pytest.raises(ValueError, match=r".+"):
        load_roadmap(text)


def places(value: object, here: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where a value is in nested lists and maps."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [here, *(place for key, each in inner for place in places(each, (*here, key)))]


def put(value: dict[str, Any], place: tuple[str | int, ...], to: object) -> dict[str, Any]:
    """A nested value with another one in one place."""
    out: dict[str, Any] = deepcopy(value)
    inner: Any = out
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = to
    return out


def one_by_one(values: dict[str, Any]) -> Roadmap | None:
    """The roadmap, each of its nodes read by itself; None where it is refused."""
    with pytest.MonkeyPatch.context() as patch, suppress(ValueError):
        patch.setattr(codec, "FEW", 10**9)
        return codec.make(Roadmap, {name: value for name, value in values.items() if name != "is"})
    return None


OTHERS = [None, 1, True, 1.5, "x", "", [], ["x"], [1], {}, {"is": "Task", "id": "x"}, [{"is": "Note"}]]


@given(roadmaps, st.data())
def test_nodes_read_by_their_classes_are_those_read_one_by_one(roadmap: Roadmap, data: st.DataObject) -> None:
    plain = json.loads(dump(roadmap))
    where = data.draw(st.sampled_from([place for place in places(plain) if place and place != ("is",)]))
    spoiled = put(plain, where, data.draw(st.sampled_from(OTHERS)))
    for values in (plain, spoiled, put(plain, ("more",), 1)):
        read: Roadmap | None = None
        with suppress(ValueError):
            read = from_plain(json.loads(json.dumps(values)))
        expected = one_by_one(values)
        assert read == expected
        assert repr(read) == repr(expected)


def test_what_is_no_text_at_all_is_refused() -> None:
    for value in (None, 5, b"\xff", 1.5):
        with pytest.raises(ValueError, match=r".+"):
            load_edit(value)  # type: ignore[arg-type]


def test_half_a_pair_is_let_go() -> None:
    loaded = load_roadmap(
        '{"is":"Roadmap","id":"r","title":"a\\ud800b","kpis":[{"is":"Kpi","id":"\\ud83d\\ude00"}]}'
    )
    assert (loaded.title, loaded.kpis[0].id) == ("a\ufffdb", "\U0001f600")


def test_a_great_many_empty_lists_are_refused_before_they_take_memory() -> None:
    tracemalloc.start()
    with pytest.raises(ValueError, match="more lists"):
        load_roadmap('{"is":"Roadmap","id":"r","stages":[' + "[]," * 4_000_000 + "[]]}")
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 60_000_000
