"""Persons with the same name: other ids, or other devices, are others."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from lfroadmap.roadmap.edits import SetField, SetKpi, Tick
from lfroadmap.store.events import Undone
from lfroadmap.store.history import queries
from lfroadmap.store.identity import Identity
from lfroadmap.store.recovery.rescue import rescue
from listening import Person
from store_states import as_version, rows, worked

HERE, THERE = Identity("a" * 22, "a" * 10), Identity("b" * 22, "b" * 10)


def test_a_change_keeps_who_made_it(path: Path) -> None:
    person = Person(path, "user", HERE)
    person.does(SetField("g", "one"))
    person.leaves()
    (entry,) = queries.read(path)
    assert (entry.author, entry.actor, entry.origin, entry.made) == ("user", HERE.actor, "", None)


def test_two_persons_of_one_name_undo_their_own_steps_alone(path: Path) -> None:
    dana, noa = Person(path, "user", HERE), Person(path, "user", THERE)
    dana.does(Tick("t1", True, "2026-01-01"))
    noa.does(Tick("t2", True, "2026-01-02"))
    assert dana.undoes() == ("done", "t1")
    assert dana.undoes() == ("nothing", "")
    assert noa.undoes() == ("done", "t2")
    dana.leaves()
    noa.leaves()


def test_an_undo_never_overwrites_the_newer_work_of_somebody_of_the_same_name(path: Path) -> None:
    dana, noa = Person(path, "user", HERE), Person(path, "user", THERE)
    dana.does(SetField("g", "dana's"))
    noa.does(SetField("g", "noa's"))
    assert dana.undoes() == ("conflict", "g")
    newer = dana.heard.of(Undone)[-1].newer
    assert newer is not None
    assert newer.actor == THERE.actor
    dana.leaves()
    noa.leaves()


def test_a_person_is_known_by_the_id_after_a_change_of_the_name(path: Path) -> None:
    before = Person(path, "user", HERE)
    before.does(SetField("g", "one"))
    before.leaves()
    now = Person(path, "Dana Levi", HERE)
    now.does(SetField("g", "two"))
    assert [now.undoes(), now.undoes()] == [("done", "g"), ("done", "g")]
    now.leaves()


def test_a_rescue_keeps_who_made_a_change_and_the_shared_room(path: Path) -> None:
    worked(path, SetField("g", "one"), SetField("g", "two"))
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE changes SET origin = 'b', made = 5, actor = 'c' WHERE seq = 1")
    db.execute("INSERT INTO team VALUES('wss://a', 'room', 'line', x'0102', 7)")
    db.execute("UPDATE updates SET data = x'00' WHERE seq > 1")
    db.close()
    before = list(queries.read(path))
    assert rescue(path).lost == 0
    assert list(queries.read(path)) == before
    assert rows(path, "SELECT origin, made, actor FROM changes") == [("b", 5, "c"), ("", None, "")]
    assert rows(path, "SELECT * FROM team") == [("wss://a", "room", "line", b"", 7)]


def test_steps_of_an_old_file_become_those_of_the_first_person_of_the_name(path: Path) -> None:
    worked(path, SetField("g", "one"), SetField("g", "two"), Tick("t1", True, "2026-01-01"))
    as_version(path, 2)
    first, second = Person(path, "dana", HERE), Person(path, "dana", THERE)
    first.does(Tick("t2", True, "2026-01-02"))
    assert second.undoes() == ("nothing", "")
    second.does(SetKpi("k", "current", "5"))
    assert [first.undoes() for _ in range(2)] == [("done", "t2"), ("done", "t1")]
    assert second.undoes() == ("done", "k")
    assert second.undoes() == ("nothing", "")
    assert [first.undoes() for _ in range(3)] == [("done", "g"), ("done", "g"), ("nothing", "")]
    assert [first.redoes() for _ in range(2)] == [("done", "g"), ("done", "g")]
    first.leaves()
    second.leaves()
    people = {author for (author,) in rows(path, "SELECT author FROM steps")}
    assert people <= {HERE.actor[:8], THERE.actor[:8]}


def test_steps_of_an_old_file_are_not_anothers_of_another_name(path: Path) -> None:
    worked(path, SetField("g", "one"))
    as_version(path, 2)
    noa = Person(path, "noa", THERE)
    noa.does(Tick("t1", True, "2026-01-01"))
    assert [noa.undoes(), noa.undoes()] == [("done", "t1"), ("nothing", "")]
    noa.leaves()
    dana = Person(path, "dana", HERE)
    assert dana.undoes() == ("done", "g")
    dana.leaves()
