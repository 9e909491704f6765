"""Several devices that edit one roadmap and exchange updates in any order come to the same roadmap."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.edits import Edit, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Field, Kpi, Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.document.stamps import Stamp
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import PLAN
from matrices import quick_first
from plans import edits, roadmaps
from replicas import Copy, copies
from store_states import rows

AUTHORS = ("dana", "noa", "avi")


@contextmanager
def devices(roadmap: Roadmap) -> Iterator[list[Copy]]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.roadmap"
        Store.create(path, roadmap, "dana")
        made = copies(path, roadmap, AUTHORS)
        yield made
        for copy in made:
            copy.close()


def meet(made: list[Copy]) -> None:
    """Everybody gets what the others have."""
    for _ in range(2):
        for one in made:
            for other in made:
                if one is not other:
                    one.asks(other)


def agree(made: list[Copy], first: Roadmap) -> None:
    """All have the same roadmap, in the file too, and each history leads to the first one and back."""
    meet(made)
    for copy in made:
        assert copy.roadmap == made[0].roadmap
        assert read(copy.path) == copy.roadmap
        walk = TimeTravel(copy.path)
        assert walk.at(0) == first
        assert walk.at(walk.last) == copy.roadmap
        assert walk.unreadable == 0


who = st.integers(0, len(AUTHORS) - 1)
steps = st.one_of(
    st.tuples(st.just("edit"), who, edits),
    st.tuples(st.just("type"), who, edits),
    st.tuples(st.just("send"), who, st.tuples(who, st.integers(0, 10_000), st.integers(1, 3))),
    st.tuples(st.just("undo"), who, st.none()),
    st.tuples(st.just("compact"), who, st.none()),
)


def step(made: list[Copy], kind: str, copy: Copy, what: object) -> None:
    if kind == "send":  # any update of another, or some that follow each other; others never arrive
        other, at, most = what  # type: ignore[misc]
        outbox = made[other].outbox
        at = at % len(outbox) if outbox else 0
        copy.hears(*outbox[at : at + most])
    elif kind == "undo":
        copy.undoes()
    elif kind == "compact":
        copy.compacts()
    else:
        assert isinstance(what, Edit)
        copy.does(what, at_once=kind == "type")


@given(roadmaps, st.lists(steps, max_size=14))
@examples(150)
def test_three_that_exchange_updates_in_any_order_agree_and_can_be_walked_back(
    roadmap: Roadmap, several: list[tuple[str, int, object]]
) -> None:
    with devices(roadmap) as made:
        first = made[0].roadmap
        for kind, number, what in several:
            step(made, kind, made[number], what)
        agree(made, first)


def chance_edit(chance: random.Random, roadmap: Roadmap, stem: str) -> Edit:
    """An edit that fits the roadmap."""
    nodes = [place.node for place in places(roadmap)]
    tasks = [node for node in nodes if isinstance(node, Task)]
    cards = [card.id for stage in roadmap.stages for card in stage.cards]
    task = chance.choice(tasks).id if tasks else ""
    field = next(node for node in nodes if isinstance(node, Field) and node.kind == "long")
    return chance.choice((
        Tick(task, chance.random() < 0.7, f"2026-01-{chance.randrange(10, 28)}"),
        Tick(task, chance.random() < 0.7, ""),
        SetTask(task, "owner", stem),
        SetField("g", stem),
        SetKpi("k", "current", stem),
        SpliceText(field.id, chance.randrange(len(field.value) + 1), chance.randrange(3), stem),
        Move(task, chance.choice(cards), chance.choice(("", task, "t1", "*"))),
        Add(Task(f"n{stem}", stem), chance.choice(cards)),
        Remove(task),
    ))  # fmt: skip


def worked_apart(made: list[Copy], chance: random.Random, most: int) -> None:
    for _ in range(chance.randrange(2, most)):
        copy = chance.choice(made)
        stem = f"{copy.path.stem}{chance.randrange(10**6)}"
        copy.does(chance_edit(chance, copy.roadmap, stem), at_once=chance.random() < 0.3)
        if chance.random() < 0.4:
            other = chance.choice([each for each in made if each is not copy])
            other.hears(*chance.sample(copy.outbox, min(len(copy.outbox), chance.randrange(1, 4))))


@pytest.mark.parametrize(
    "seeds",
    [range(20), *(pytest.param(range(n, n + 70), marks=pytest.mark.proof) for n in range(20, 1000, 70))],
)
def test_a_stamp_names_who_set_the_value(seeds: range) -> None:
    """After each merge; every value that is set says who set it."""
    with devices(PLAN) as made:
        for seed in seeds:
            worked_apart(made, random.Random(seed), 12)
            meet(made)
            assert made[0].roadmap == made[1].roadmap == made[2].roadmap
            for copy in made:
                check_stamps(copy)


@pytest.mark.parametrize("seeds", quick_first([range(n, n + 15) for n in range(0, 300, 15)]))
def test_typing_while_updates_come_in_can_be_walked_back(seeds: range) -> None:
    for seed in seeds:
        chance = random.Random(seed)
        with devices(PLAN) as made:
            for n in range(chance.randrange(4, 16)):
                copy = chance.choice(made)
                if chance.random() < 0.6:  # the same place again and again
                    text = f"{copy.path.stem}{n}"
                    typed = SpliceText("f", chance.randrange(6), chance.randrange(2), text)
                    copy.does(chance.choice((typed, typed, SetField("g", text))), at_once=True)
                elif chance.random() < 0.2:
                    copy.undoes()
                else:
                    other = chance.choice([each for each in made if each is not copy])
                    copy.hears(*other.outbox[-chance.randrange(1, 3) :])
            agree(made, PLAN)


def check_stamps(copy: Copy) -> None:
    """Each value that names its author has that author's stamp, by the same device."""
    checked = 0
    for place in places(copy.roadmap):
        node = place.node
        values: dict[Edit, str] = {}
        if isinstance(node, Task):
            values = {SetTask(node.id, "owner", ""): node.owner}
        elif isinstance(node, Field) and node.id == "g":
            values = {SetField(node.id, ""): node.value}
        elif isinstance(node, Kpi):
            values = {SetKpi(node.id, "current", ""): node.current}
        for edit, value in values.items():
            stamp = copy.stamp_of(edit, node.id)
            assert isinstance(stamp, Stamp)
            assert stamp.author == value.rstrip("0123456789")
            assert stamp.device == (f"device-{stamp.author}" if value else "")
            checked += bool(value)
    assert checked or copy.roadmap


def test_each_history_names_who_made_a_change_in_every_copy() -> None:
    with devices(PLAN) as made:
        dana, noa, avi = made
        dana.does(SetField("g", "dana's"))
        noa.does(Tick("t1", True, "2026-01-01"))
        avi.does(Move("t2", "d"))
        meet(made)
        for copy in made:
            found = rows(copy.path, "SELECT author, origin, attribute FROM changes ORDER BY attribute")
            assert [attribute for _, _, attribute in found] == ["done", "place", "value"]
            assert [author for author, _, _ in found] == ["noa", "avi", "dana"]
            own = [origin == "" for _, origin, _ in found]
            assert own == [copy is noa, copy is avi, copy is dana]


def test_the_newest_place_names_who_changed_an_order() -> None:
    with devices(PLAN) as made:
        dana, noa, _ = made
        dana.does(Move("t1", "d"))
        dana.does(Move("t1", "c", ""))
        noa.asks(dana)
        noa.does(Move("t2", "c", ""))
        dana.asks(noa)
        (row,) = rows(dana.path, "SELECT kind, author FROM changes ORDER BY seq DESC LIMIT 1")
        assert row == ("Move", "noa")


def test_an_undo_takes_back_ones_own_work_alone_and_never_a_peers_newer_one() -> None:
    with devices(PLAN) as made:
        dana, noa, _ = made
        noa.does(Tick("t1", True, "2026-01-01"))
        dana.asks(noa)
        assert dana.undoes().outcome == "nothing"
        dana.does(SetField("g", "dana's"))
        noa.asks(dana)
        noa.does(SetField("g", "noa's"))
        dana.asks(noa)
        outcome = dana.undoes()
        assert (outcome.outcome, outcome.node) == ("conflict", "g")
        assert outcome.newer is not None
        assert (outcome.newer.author, outcome.newer.origin) == ("noa", "device-noa")
        assert noa.undoes().outcome == "done"
        dana.asks(noa)
        place = find(dana.roadmap, "g")
        assert place is not None
        assert place.node.value == "dana's"


def test_an_undo_beside_a_peers_typing_finds_its_own_text() -> None:
    with devices(PLAN) as made:
        dana, noa, _ = made
        dana.does(SpliceText("f", 0, 0, "mine "))
        noa.asks(dana)
        noa.does(SpliceText("f", 0, 0, "theirs "))
        dana.asks(noa)
        assert dana.undoes().outcome == "done"
        place = find(dana.roadmap, "f")
        assert place is not None
        assert place.node.value == "theirs "
