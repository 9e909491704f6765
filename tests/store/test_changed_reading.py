"""Reading what changed gives the same roadmap as reading the whole document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pycrdt import Map

from changed_readings import Reading
from examples import examples
from foreign_peer import FOREIGN, Maps, Write, foreign_update
from foreign_values import metas, parents, plain, positions, shared, shared_value, storable_json
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.surrogates import storable
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document import document_reader
from lfroadmap.store.document.document import Document
from listening import PLAN
from plans import IDS, edits, roadmaps


@pytest.fixture
def whole_readings(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The number of things left out at each whole reading."""
    out: list[int] = []
    original = document_reader.read

    def read(*arguments: Any) -> tuple[Roadmap, int]:  # noqa: ANN401 - as the original
        roadmap, left_out = original(*arguments)
        out.append(left_out)
        return roadmap, left_out

    monkeypatch.setattr(document_reader, "read", read)
    return out


TASKS = tuple(Task(f"t{n}") for n in range(5))
TREE = Roadmap(
    "r",
    "Plan",
    "",
    (
        Stage("s", "One", (
            Card("c", "A", (Field("f", "long", value="x"), Field("g")), TASKS),
            Card("d", "B", (), (Task("u"),)),
        )),
        Stage("z", "Two", (Card("e"),)),
    ),
    (Kpi("k"), Kpi("l")),
)  # fmt: skip

USUAL: dict[str, Edit] = {
    "a tick": Tick("t1", True, "2026-01-01"),
    "a rename": Rename("c", "new"),
    "the roadmap's title": Rename("r", "new"),
    "a letter in a long text": SpliceText("f", 1, 0, "ש"),
    "a value": SetField("g", "5"),
    "a move in a list": Move("t4", "c", "t0"),
    "a move to the front": Move("t3", "c", ""),
    "a move to another card": Move("t1", "d", "u"),
    "a card to another stage": Move("c", "z", ""),
    "a stage": Move("z", "r", ""),
    "a KPI": Move("l", "r", ""),
    "a new task": Add(Task("n", "new"), "c", "t1"),
    "a new card with all in it": Add(
        Card("n", "new", (Field("m", "long"),), (Task("o"), Task("p"))), "s", "c"
    ),
    "a new stage": Add(Stage("n", "new", (Card("m", tasks=(Task("o"),)),)), "r", ""),
    "a removed task": Remove("t2"),
    "a removed card": Remove("c"),
    "a removed stage": Remove("s"),
    "many": Batch((Tick("t1", True), Move("t2", "e", ""), Remove("d"), Add(Task("n"), "e", "t2"))),
}


@pytest.mark.parametrize("what", USUAL)
def test_an_edit_of_a_peer_is_read_alone(what: str, whole_readings: list[int]) -> None:
    reading = Reading(TREE)
    whole_readings.clear()
    before = reading.document
    peer = Document()
    peer.merge(before.full_update())
    after = peer.apply(USUAL[what], TREE)
    before.merge(b"".join(peer.take_updates()))
    assert before.roadmap(reading.roadmap) == after
    assert whole_readings == []


@pytest.mark.parametrize("what", USUAL)
def test_an_edit_and_what_takes_it_back_are_read(what: str) -> None:
    reading = Reading(TREE)
    edit = USUAL[what]
    reading.peer_edits(edit)
    reading.peer_edits(edit.inverse(TREE))
    assert reading.roadmap == TREE


def test_what_is_not_changed_stays_the_same_object() -> None:
    reading = Reading(TREE)
    reading.peer_edits(Tick("u", True))
    one, two = reading.roadmap.stages
    assert reading.roadmap.kpis is TREE.kpis or all(
        a is b for a, b in zip(reading.roadmap.kpis, reading.roadmap.kpis, strict=True)
    )
    before = reading.roadmap
    reading.peer_edits(Tick("u", False))
    one_now, two_now = reading.roadmap.stages
    assert two_now is two
    assert one_now.cards[0] is one.cards[0]
    assert reading.roadmap.kpis is before.kpis
    again = reading.roadmap
    reading.takes(reading.document.full_update())
    assert reading.roadmap is again


def test_own_edits_between_two_readings_count(whole_readings: list[int]) -> None:
    reading = Reading(TREE)
    whole_readings.clear()
    for edit in (
        Tick("t1", True),
        Remove("d"),
        Add(Card("n", tasks=(Task("o"),)), "z", "e"),
        Move("t2", "n", ""),
    ):
        reading.edits(edit)
    update = foreign_update([reading.document.full_update()], lambda m: m.tasks["o"].update({"text": "a"}))
    reading.document.merge(update)
    after = reading.document.roadmap(reading.roadmap)
    assert whole_readings == []
    assert after == Rename("o", "a").on(reading.roadmap)


@pytest.mark.parametrize("how", [how for how in FOREIGN if "too deep" not in how])
@pytest.mark.quick_cases(9)
def test_a_foreign_value_is_read_as_from_the_whole(how: str) -> None:
    _, write = FOREIGN[how]
    reading = Reading(PLAN)
    reading.writes(write)
    reading.writes(lambda m: m.tasks.update({"t1": Map({"parent": "c", "pos": "V"})}))


HIDDEN: dict[str, Callable[[Maps], object]] = {
    "a task of a removed card": lambda m: m.tasks["u"].update({"text": "x"}),
    "a new task of a removed card": lambda m: m.tasks.update({"n": Map({"parent": "d", "pos": "V"})}),
    "a task moved into a removed card": lambda m: m.tasks["t1"].update({"parent": "d"}),
    "a task moved out of a removed card": lambda m: m.tasks["u"].update({"parent": "c"}),
    "a card that is back": lambda m: m.cards["d"].update({"deleted": False}),
    "a card moved out of a removed stage": lambda m: m.cards["e"].update({"parent": "s"}),
    "the id of a removed card for a task": lambda m: m.tasks.update({"d": Map({"parent": "c", "pos": "V"})}),
    "the id of a removed card for a stage": lambda m: m.stages.update(
        {"d": Map({"parent": "r", "pos": "V"})}
    ),
    "a removed card that is gone": lambda m: m.cards.pop("d"),
    "a removed card that is a text": lambda m: m.cards.update({"d": "x"}),
}


@pytest.mark.parametrize("what", HIDDEN)
def test_what_is_below_a_removed_node_is_read_as_from_the_whole(what: str) -> None:
    reading = Reading(TREE)
    reading.edits(Remove("d"))
    reading.edits(Remove("z"))
    reading.takes(reading.document.full_update())
    reading.writes(HIDDEN[what])
    reading.writes(lambda m: m.tasks["t0"].update({"done": True}))


@pytest.mark.proof
def test_very_many_changes_are_read_at_once(whole_readings: list[int]) -> None:
    card = Card("c", tasks=tuple(Task(f"t{n}") for n in range(5000)))
    reading = Reading(Roadmap("r", stages=(Stage("s", cards=(card,)),)))
    whole_readings.clear()
    reading.peer_edits(Batch(tuple(Tick(f"t{n}", True) for n in range(5000))))
    assert whole_readings[0] == 0
    reading.peer_edits(Tick("t1", False))


@pytest.mark.proof
def test_events_of_deep_types_are_not_waited_for() -> None:
    path: list[str] = []

    def nests(maps: Maps) -> None:
        here: Any = maps.tasks["t0"]
        for _ in range(2000):
            here["more"] = Map({})
            here = here["more"]
            path.append("more")

    def changes_all(maps: Maps) -> None:
        here: Any = maps.tasks["t0"]
        for name in path:
            here["x"] = 1
            here = here[name]

    reading = Reading(TREE)
    reading.writes(nests)
    reading.writes(changes_all)
    assert not reading.document._reader.follows
    reading.peer_edits(*USUAL.values())


@pytest.mark.proof
def test_a_document_is_freed_when_it_is_no_longer_used() -> None:
    import gc
    import weakref

    reading = Reading(TREE)
    reading.peer_edits(Tick("t1", True))
    document = weakref.ref(reading.document)
    del reading
    gc.collect()
    assert document() is None


peers_ids = st.sampled_from(IDS)
kinds = st.sampled_from(["stages", "cards", "fields", "tasks", "kpis"])
values = st.one_of(
    st.tuples(st.just("parent"), parents),
    st.tuples(st.just("parent"), parents),
    st.tuples(st.just("pos"), positions),
    st.tuples(st.just("deleted"), st.booleans()),
    st.tuples(st.just("deleted"), st.booleans()),
    st.tuples(st.sampled_from(["text", "title", "done", "newer", "value", "options"]), plain),
)
steps = st.one_of(
    st.tuples(st.just("peer"), edits),
    st.tuples(st.just("peer"), edits),
    st.tuples(st.just("own"), edits),
    st.tuples(st.just("set"), st.tuples(kinds, peers_ids, values)),
    st.tuples(st.just("set"), st.tuples(kinds, peers_ids, values)),
    st.tuples(st.just("put"), st.tuples(kinds, peers_ids, shared)),
    st.tuples(st.just("gone"), st.tuples(kinds, peers_ids)),
    st.tuples(st.just("meta"), metas),
)


def _write(kind: str, step: Any) -> Write:  # noqa: ANN401 - as the strategies make it
    def write(maps: Maps) -> None:
        if kind == "meta":
            maps.meta.update(storable_json(step))
            return
        root, node_id = getattr(maps, step[0]), step[1]
        if kind == "put":
            root[node_id] = shared_value(*step[2])
        elif kind == "gone":
            root.pop(node_id, None)
        elif isinstance(root.get(node_id), Map):
            name, value = step[2]
            root[node_id][name] = storable_json(value)

    return write


@given(roadmaps, st.lists(steps, max_size=8), st.booleans())
@examples(400)
def test_random_edits_and_values_are_read_as_from_the_whole(
    roadmap: Roadmap, several: list[tuple[str, Any]], at_once: bool
) -> None:
    reading = Reading(roadmap)
    updates = [reading.document.full_update()]
    for kind, step in several:
        if kind == "own":
            reading.edits(storable(step))
        elif kind == "peer":
            reading.peer_edits(storable(step))
        elif at_once:
            updates.append(foreign_update(updates, _write(kind, step)))
        else:
            reading.writes(_write(kind, step))
    event(f"left out: {bool(reading.document.left_out)}")
    for update in updates:
        reading.document.merge(update)
    reading.takes(reading.document.full_update())
    reading.peer_edits(Rename("roadmap", "end"))


def test_a_reading_from_elsewhere_is_gone_on_from(whole_readings: list[int]) -> None:
    first = Reading(TREE)
    second = Document()
    second.merge(first.document.full_update())
    roadmap = replace(TREE)
    second.begin_at(roadmap, 0)
    whole_readings.clear()
    second.merge(
        foreign_update([first.document.full_update()], lambda m: m.tasks["t1"].update({"done": True}))
    )
    after = second.roadmap(roadmap)
    assert whole_readings == []
    place = find(after, "t1")
    assert place is not None
    assert place.node == Task("t1", done=True)
