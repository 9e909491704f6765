"""Devices: a change from one's own other device is one's own by name, and is protected as others' work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from foreign_peer import foreign_update, updates_of
from lfroadmap.roadmap.edits import SetField, Tick
from lfroadmap.store.events import Changed, Undone, WriterEnded
from lfroadmap.store.history import queries
from lfroadmap.store.identity import Identity
from listening import Person
from merging import merge, peer_of

HERE, THERE = Identity("a" * 22, "a" * 10), Identity("b" * 22, "b" * 10)
LAPTOP = "c" * 10
"""Another device of the person who works HERE."""


@pytest.fixture
def dana(path: Path) -> Iterator[Person]:
    person = Person(path, "dana", HERE)
    person.does(SetField("g", "dana's"))
    yield person
    assert person.heard.of(WriterEnded) == []
    person.leaves()


def test_a_change_on_ones_other_device_is_ones_own(path: Path, dana: Person) -> None:
    laptop = peer_of(path, "Dana on the train", LAPTOP, HERE.actor)
    merge(dana, laptop.does(Tick("t1", True, "2026-01-01"))[0])
    entry = queries.read(path)[0]
    assert (entry.author, entry.origin, entry.actor) == ("Dana on the train", LAPTOP, HERE.actor)
    (source,) = dana.heard.of(Changed)[-1].sources
    assert (source.is_own, source.is_remote) == (True, True)


def test_somebody_of_the_same_name_on_another_device_is_another_person(path: Path, dana: Person) -> None:
    for device, actor in ((LAPTOP, ""), ("d" * 10, THERE.actor)):
        merge(dana, peer_of(path, "dana", device, actor).does(Tick("t1", True, device))[0])
        entry = queries.read(path)[0]
        assert (entry.author, entry.origin, entry.actor) == ("dana", device, actor)
        assert not dana.heard.of(Changed)[-1].sources[0].is_own


def test_whose_a_device_is_stands_in_the_document_once(path: Path, dana: Person) -> None:
    dana.does(Tick("t1", True, "2026-01-01"))
    dana.leaves()
    again = Person(path, "dana", HERE)
    again.does(Tick("t2", True, "2026-01-01"))
    again.leaves()
    texts = b"".join(updates_of(path))
    assert texts.count(b"device:" + HERE.device.encode()) == 1
    assert peer_of(path).document.person_of(HERE.device) == HERE.actor


def test_undo_takes_back_nothing_of_ones_other_device_and_overwrites_nothing_of_it(
    path: Path, dana: Person
) -> None:
    laptop = peer_of(path, "dana", LAPTOP, HERE.actor)
    merge(dana, laptop.does(SetField("g", "newer"))[0])
    assert dana.undoes() == ("conflict", "g")
    newer = dana.heard.of(Undone)[-1].newer
    assert newer is not None
    assert (newer.actor, newer.origin) == (HERE.actor, LAPTOP)
    assert dana.undoes() == ("nothing", "")


@pytest.mark.parametrize("device", [HERE.device, LAPTOP])
def test_a_forged_stamp_is_never_taken_back_or_overwritten_as_ones_own(
    path: Path, dana: Person, device: str
) -> None:
    forger = peer_of(path, "dana", device, HERE.actor)
    merge(dana, forger.does(SetField("g", "forged"))[0])
    assert dana.undoes() == ("conflict", "g")
    assert dana.undoes() == ("nothing", "")
    assert dana.text("g") == "forged"


@pytest.mark.parametrize("actor", [5, None, "", "short", "x" * 65, "with space", {"a": 1}, ["x" * 22]])
def test_any_value_in_the_place_of_a_person_is_nobody(path: Path, dana: Person, actor: object) -> None:
    merge(dana, foreign_update(updates_of(path), lambda maps: maps.meta.update({"device:" + LAPTOP: actor})))
    merge(dana, peer_of(path, "noa", LAPTOP).does(Tick("t1", True, "2026-01-01"))[0])
    assert queries.read(path)[0].actor == ""


def test_a_wrong_entry_of_ones_own_device_is_mended_by_the_next_window(path: Path, dana: Person) -> None:
    merge(dana, peer_of(path, "noa", HERE.device, THERE.actor).does(Tick("t1", True, "2026-01-01"))[0])
    assert peer_of(path).document.person_of(HERE.device) == THERE.actor
    again = Person(path, "dana", HERE)
    again.does(Tick("t2", True, "2026-01-01"))
    again.leaves()
    assert peer_of(path).document.person_of(HERE.device) == HERE.actor
