"""Who changed what is shown: another window of the same person, others, or peers on other devices."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import SetField, SetKpi, SpliceText, Tick
from lfroadmap.store.events import Changed, ChangeSource, WriterEnded
from lfroadmap.store.identity import Identity
from listening import PLAN, Person
from merging import exchange, merge, peer_of

HERE, THERE = Identity("a" * 22, "a" * 10), Identity("b" * 22, "b" * 10)


@pytest.fixture
def dana(path: Path) -> Iterator[Person]:
    person = Person(path, "dana", HERE)
    person.does(SetKpi("k", "unit", "%"))
    person.heard.clear()
    yield person
    assert person.heard.of(WriterEnded) == []
    person.leaves()


def sources(person: Person, of: str = "") -> tuple[ChangeSource, ...]:
    """Who made the next change of a node, or of anything."""
    return person.heard.wait(Changed, lambda event: not of or of in event.touched).sources


def test_another_window_of_the_same_person_is_not_another_person(path: Path, dana: Person) -> None:
    window = Person(path, "dana", HERE)
    window.does(SetField("g", "x"))
    assert sources(dana) == (ChangeSource("dana", True, False, 1),)
    window.leaves()


def test_somebody_of_the_same_name_is_another_person(path: Path, dana: Person) -> None:
    other = Person(path, "dana", THERE)
    other.does(SetField("g", "x"), Tick("t1", True, "2026-01-01"))
    assert sources(dana, "t1")[0][:3] == ("dana", False, False)
    other.leaves()


def test_letters_that_extend_a_change_name_their_author_again(path: Path, dana: Person) -> None:
    other = Person(path, "noa", THERE)
    for n, letter in enumerate("abc"):
        other.store.submit(SpliceText("f", n, 0, letter))
        assert other.store.flush(20)
        assert sources(dana) == (ChangeSource("noa", False, False, 1),)
        dana.heard.clear()
    other.leaves()


def test_own_edits_and_own_undos_are_nobody_elses(dana: Person) -> None:
    dana.does(SetField("g", "x"))
    dana.undoes()
    assert [event.sources for event in dana.heard.of(Changed)] == [()]


def test_each_peer_of_an_update_is_named_the_newest_first(path: Path, dana: Person) -> None:
    noa, avi = peer_of(path), peer_of(path, "avi", "cccccccccc")
    noa.does(SetField("g", "noa's"), SetKpi("k", "current", "5"))
    avi.does(Tick("t1", True, "2026-01-01"))
    noa.hears(avi.document.full_update())
    exchange(dana, noa)
    found = sources(dana)
    assert {source.author: source.changes for source in found} == {"noa": 2, "avi": 1}
    assert all(source.is_remote and not source.is_own for source in found)


def test_what_another_window_merged_is_the_peers(path: Path, dana: Person) -> None:
    window = Person(path, "dana", HERE)
    merge(window, peer_of(path).does(SetField("g", "x"))[0])
    assert sources(dana) == (ChangeSource("noa", False, True, 1),)
    window.leaves()


def test_undos_imports_and_resets_elsewhere_come_with_the_change(path: Path, dana: Person) -> None:
    window = Person(path, "noa", THERE)
    many = Batch(tuple(Tick(task, True, "2026-01-01") for task in ("t1", "t2")))
    for edit, kind in ((many, "Batch"), (ResetAll(replace(PLAN, title="x")), "ResetAll")):
        dana.heard.clear()
        window.does(edit)
        large = sources(dana)[0].large
        assert large is not None
        assert (large.kind, large.step) == (kind, None)
    for step in ("undo", "redo"):
        dana.heard.clear()
        getattr(window, f"{step}es")()
        large = sources(dana)[0].large
        assert large is not None
        assert large.step == step
    window.leaves()


@pytest.mark.parametrize("damage", ["upto = 'x'", "author = x'ff'", "author = CAST(x'ff' AS TEXT)"])
def test_a_damaged_change_costs_only_the_name(path: Path, dana: Person, damage: str) -> None:
    other = Person(path, "noa", THERE)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(
        "CREATE TRIGGER damage AFTER INSERT ON changes BEGIN"
        f" UPDATE changes SET {damage} WHERE seq = new.seq; END"
    )
    other.does(SetField("g", "x"))
    changed = dana.heard.wait(Changed)
    db.execute("DROP TRIGGER damage")
    db.close()
    assert changed.touched == ("g",)
    assert changed.sources == ()
    other.leaves()


def test_one_person_with_two_devices_is_counted_once(path: Path, dana: Person) -> None:
    phone, laptop = (peer_of(path, "noa", device * 10, THERE.actor) for device in "pl")
    phone.does(SetField("g", "phone"))
    laptop.does(Tick("t1", True, "2026-01-01"))
    phone.hears(laptop.document.full_update())
    exchange(dana, phone)
    assert sources(dana) == (ChangeSource("noa", False, True, 2),)
