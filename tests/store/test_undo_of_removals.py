"""Undoing a removal: what peers did meanwhile in what was removed comes back with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.events import Changed
from lfroadmap.store.history.queries import read, removed
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.identity import Identity
from listening import PLAN, Person
from merging import exchange, missing, peer_of

HERE, THERE = Identity("a" * 22, "a" * 10), "b" * 22
TICK = Tick("t1", True, "2026-01-01")
MEANWHILE: dict[str, tuple[Edit, ...]] = {
    "a tick": (TICK,),
    "a new task": (Add(Task("n", "new"), "c", ""),),
    "a new name": (Rename("c", "Noa's"),),
    "letters in a long text": (SpliceText("f", 0, 0, "noa's"),),
    "a value": (SetField("g", "noa's"),),
    "a removal in it": (Remove("t2"),),
    "another order": (Move("t2", "c", ""),),
    "a task of another card": (Add(Task("n", "new"), "d"), Move("n", "c")),
    "all of it": (TICK, Rename("c", "x"), SpliceText("f", 0, 0, "y"), Remove("t2"), Add(Task("n"), "c")),
}


@pytest.fixture
def dana(path: Path) -> Iterator[Person]:
    person = Person(path, "dana", HERE)
    yield person
    person.leaves()


def card(roadmap: Roadmap) -> object:
    """The card that was removed, as it is."""
    return next((card for card in roadmap.stages[0].cards if card.id == "c"), None)


@pytest.mark.parametrize("removal", [Remove("c"), Remove("s"), Batch((Remove("k"), Remove("c")))])
@pytest.mark.parametrize("what", MEANWHILE)
@pytest.mark.quick_cases(5)
def test_what_a_peer_did_in_it_meanwhile_comes_back_with_it(
    path: Path, dana: Person, what: str, removal: Edit
) -> None:
    peer = peer_of(path, actor=THERE)
    peer.does(*MEANWHILE[what])
    theirs = card(peer.roadmap)
    dana.does(removal)
    exchange(dana, peer)
    assert not dana.store.roadmap.stages or card(dana.store.roadmap) is None
    assert dana.undoes()[0] == "done"
    assert card(dana.store.roadmap) == theirs
    peer.hears(missing(dana, peer.document.state).update)
    assert peer.roadmap == dana.store.roadmap
    assert TimeTravel(path).at(0) == PLAN


@pytest.mark.parametrize("what", MEANWHILE)
def test_the_bin_brings_it_back_with_what_a_peer_did_in_it(path: Path, dana: Person, what: str) -> None:
    peer = peer_of(path, actor=THERE)
    peer.does(*MEANWHILE[what])
    theirs = card(peer.roadmap)
    dana.does(Remove("c"))
    exchange(dana, peer)
    (entry,) = (each for each in removed(path, dana.store.roadmap) if each.node.id == "c")
    dana.heard.clear()
    dana.does(entry.back)
    changed = dana.heard.of(Changed)[-1]
    (noa,) = changed.sources
    assert (noa.author, noa.is_own, noa.is_remote) == ("noa", False, True)
    assert changed.undone == changed.touched != ()
    assert card(changed.roadmap) == card(dana.store.roadmap) == theirs
    assert dana.undoes() == ("done", "c")
    assert TimeTravel(path).at(0) == PLAN


def test_what_was_moved_into_it_comes_back_with_it(path: Path, dana: Person) -> None:
    peer = peer_of(path, actor=THERE)
    peer.does(Move("t1", "d"), TICK)
    dana.does(Remove("d"))
    exchange(dana, peer)
    assert dana.undoes() == ("done", "d")
    assert dana.store.roadmap == peer_of(path).roadmap
    assert [task.id for task in dana.store.roadmap.stages[0].cards[1].tasks] == ["t1"]
    assert dana.redoes() == ("done", "d")
    assert dana.undoes() == ("done", "d")
    assert dana.store.roadmap == peer_of(path).roadmap
    assert TimeTravel(path).at(0) == PLAN


@pytest.mark.parametrize("edit", [Remove("c"), Remove("t1"), Remove("k"), Remove("s")])
def test_without_peers_it_is_what_it_was(path: Path, dana: Person, edit: Edit) -> None:
    dana.does(SpliceText("f", 0, 0, "text"), TICK)
    before = dana.store.roadmap
    dana.does(edit)
    step: Callable[[], tuple[str, str]]
    for step in (dana.undoes, dana.redoes, dana.undoes):
        assert step()[0] == "done"
    assert dana.store.roadmap == before == peer_of(path).roadmap


def test_the_history_names_who_did_what_came_back(path: Path, dana: Person) -> None:
    peer = peer_of(path, actor=THERE)
    peer.does(TICK, SetField("g", "noa's"))
    dana.does(Remove("c"))
    exchange(dana, peer)
    assert dana.undoes() == ("done", "c")
    changes = read(path, limit=3)
    assert [(c.kind, c.author, c.origin, c.actor) for c in changes] == [
        ("Tick", "noa", peer.device, THERE),
        ("SetField", "noa", peer.device, THERE),
        ("Add", "dana", "", HERE.actor),
    ]
    assert changes[0].made is not None
    walk = TimeTravel(path)
    assert walk.at(changes[2].number) == walk.at(0) == PLAN
    assert walk.at(walk.last) == dana.store.roadmap


@pytest.mark.parametrize(
    ("own", "theirs"),
    [
        (SetField("g", "dana's"), SetField("g", "noa's")),
        (SpliceText("f", 0, 0, "dana's"), SpliceText("f", 0, 6, "noa's")),
        (Tick("t1", True, "2026-01-01"), Tick("t1", False)),
        (Add(Task("n", "dana's"), "c"), Rename("n", "noa's")),
        (Rename("c", "dana's"), Rename("c", "noa's")),
    ],
)
def test_an_earlier_step_does_not_overwrite_what_came_back(
    path: Path, dana: Person, own: Edit, theirs: Edit
) -> None:
    peer = peer_of(path, actor=THERE)
    dana.does(own)
    exchange(dana, peer)
    dana.does(Remove("c"))
    peer.does(theirs)
    exchange(dana, peer)
    assert dana.undoes() == ("done", "c")
    there = dana.store.roadmap
    assert dana.undoes()[0] == "conflict"
    assert dana.store.roadmap == there == peer_of(path).roadmap


@pytest.mark.parametrize("removal", [Remove("f"), Remove("c"), Batch((Remove("c"), Remove("k")))])
def test_ones_own_work_in_it_that_was_undone_does_not_come_back(
    path: Path, dana: Person, removal: Edit
) -> None:
    dana.does(SpliceText("f", 0, 0, "text"), SetField("g", "value"), Add(Task("n"), "c"), Move("t2", "c", ""))
    before = dana.store.roadmap
    dana.does(removal, ResetAll(PLAN))  # which brings it back otherwise
    assert [dana.undoes()[0] for _ in range(2)] == ["done"] * 2
    assert dana.store.roadmap == before == peer_of(path).roadmap


def test_the_bin_has_it_as_it_was_removed(path: Path, dana: Person) -> None:
    dana.does(SpliceText("f", 0, 0, "text"), SetField("g", "value"))
    before = dana.store.roadmap
    dana.does(Remove("c"), ResetAll(PLAN))
    assert dana.undoes()[0] == "done"
    (entry,) = (each for each in removed(path, dana.store.roadmap) if each.node.id == "c")
    dana.does(entry.back)
    assert dana.store.roadmap == before
