"""Updates of peers while the disk takes nothing: they are answered, and edits wait as ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField, SetKpi, Tick
from lfroadmap.store.events import Merged
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import Listener, Person
from merging import exchange, lineage_of, merge, missing, peer_of, state
from store_states import value


def test_where_the_disk_refuses_the_peer_keeps_its_work_and_edits_wait(path: Path) -> None:
    person, peer, lineage = Person(path, "dana"), peer_of(path), lineage_of(path)
    aside = path.with_name("aside")
    person.does(SetKpi("k", "current", "1"))
    path.rename(aside)
    person.store.submit(Tick("t1", True, "2026-01-01"))
    number = person.store.merge(peer.does(SetField("g", "x"))[0], lineage)
    answer = person.heard.wait(Merged, lambda event: event.number == number)
    assert answer.outcome == "failed"
    assert answer.error is not None
    assert answer.error.key == "save_moved"
    assert state_failure(person) == missing_failure(person) == "save_moved"
    assert len(person.store.unsaved) == 1
    aside.rename(path)
    assert person.store.flush(20)
    assert value(read(path), "g") == ""
    exchange(person, peer)
    assert person.store.roadmap == peer.roadmap == read(path)
    person.leaves()


def state_failure(person: Person) -> str:
    error = state(person).error
    return error.key if error else ""


def missing_failure(person: Person) -> str:
    error = missing(person, b"\0").error
    return error.key if error else ""


def test_a_file_that_is_only_read_takes_nothing_from_peers(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    peer, lineage = peer_of(path), lineage_of(path)
    monkeypatch.setattr("lfroadmap.store.sqlite.roadmap_file.is_writable", lambda _: False)
    person = Person.__new__(Person)
    person.heard, person.store = Listener(), Store(path, "dana", to_read=True)
    person.store.start(person.heard)
    answer = merge(person, peer.does(SetField("g", "x"))[0], lineage)
    assert answer.outcome == "failed"
    assert answer.error is not None
    assert answer.error.key == "save_unwritable"
    person.leaves()
    assert value(read(path), "g") == ""
