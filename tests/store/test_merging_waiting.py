"""Updates of peers that wait for others stay until these come."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SetField, SetKpi
from lfroadmap.store.events import SaveFailing, WriterEnded
from lfroadmap.store.identity import Identity
from listening import Person
from merging import merge, peer_of
from store_states import value


@pytest.fixture
def dana(path: Path) -> Iterator[Person]:
    person = Person(path, "dana", Identity("a" * 22, "a" * 10))
    yield person
    assert [e for e in person.heard.events if isinstance(e, SaveFailing | WriterEnded)] == []
    person.leaves()


def test_what_waits_for_a_third_is_not_lost_while_others_work(path: Path, dana: Person) -> None:
    noa, avi, eve = peer_of(path), peer_of(path, "avi", "c" * 10), peer_of(path, "eve", "d" * 10)
    (first,) = noa.does(SetField("g", "noa"))
    avi.hears(first)
    (second,) = avi.does(SetField("g", "avi"))
    assert merge(dana, second).outcome == "waiting"
    for number in range(5):
        (other,) = eve.does(SetKpi("k", "current", str(number)))
        assert (merge(dana, other)[1:], merge(dana, other).waiting) == (("merged", None, 1, 0), 1)
    assert merge(dana, first)[1:] == ("merged", None, 0, 0)
    assert value(dana.store.roadmap, "g") == "avi"
