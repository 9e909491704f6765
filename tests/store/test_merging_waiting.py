"""Updates of peers that wait for others stay until these come, and what is dropped is reported."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from counting import Calls, counted
from lfroadmap.roadmap.edits import SetField, SetKpi, SpliceText, Tick
from lfroadmap.store.document.document import Document
from lfroadmap.store.events import Changed, Merged
from lfroadmap.store.identity import Identity
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.waiting_updates import MAX_WAITING, MAX_WAITING_BYTES
from listening import PLAN, Person
from merging import exchange, lineage_of, merge, peer_of
from replicas import Copy
from store_states import value

MANY = 1000


@pytest.fixture
def tries(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The updates that a document was given to apply, each time."""
    return counted(monkeypatch, Document, "receive")


def test_what_waits_for_a_third_is_not_lost_while_others_work(path: Path, dana: Person) -> None:
    noa, avi, eve = peer_of(path), peer_of(path, "avi", "c" * 10), peer_of(path, "eve", "d" * 10)
    (first,) = noa.does(SetField("g", "noa"))
    avi.hears(first)
    (second,) = avi.does(SetField("g", "avi"))
    assert merge(dana, second).outcome == "waiting"
    for number in range(5):
        (other,) = eve.does(SetKpi("k", "current", str(number)))
        assert (merge(dana, other)[1:5], merge(dana, other).waiting) == (("merged", None, 1, 0), 1)
    assert merge(dana, first)[1:5] == ("merged", None, 0, 0)
    assert value(dana.store.roadmap, "g") == "avi"


@pytest.mark.proof
@pytest.mark.parametrize("how", ["in one transaction", "one by one", "in any order"])
def test_each_update_of_many_is_tried_twice_at_most(path: Path, tries: Calls, how: str) -> None:
    peer, copy = peer_of(path), Copy(path, PLAN, "dana")
    updates = [u for n in range(MANY) for u in peer.does(SetField("g", str(n)))][::-1]
    if how == "in any order":
        random.Random(1).shuffle(updates)
    if how == "one by one":
        outcomes = [outcome for update in updates for outcome in copy.hears(update)]
    else:
        outcomes = copy.hears(*updates)
    assert copy.roadmap == peer.roadmap
    assert outcomes[-1].waiting == 0
    assert sum(outcome.dropped for outcome in outcomes) == 0
    assert len(tries) <= 2 * MANY
    copy.close()


def test_what_needs_many_others_is_tried_once_for_all_of_them(path: Path, tries: Calls) -> None:
    last, copy = peer_of(path), Copy(path, PLAN, "dana")
    firsts = []
    for n in range(40):
        (update,) = peer_of(path, f"p{n}", f"device{n:04}").does(SpliceText("f", 0, 0, f"{n} "))
        firsts.append(update)
        last.hears(update)
    joined = last.does(SpliceText("f", 0, len(last.roadmap.stages[0].cards[0].fields[0].value), "end"))[0]
    assert copy.hears(joined)[0].outcome == "waiting"
    for update in firsts:
        copy.hears(update)
    assert copy.roadmap == last.roadmap
    assert tries.count((joined,)) <= 2
    copy.close()


def test_each_update_that_made_room_is_reported(path: Path, dana: Person) -> None:
    peer, lineage = peer_of(path), lineage_of(path)
    peer.does(SetField("g", "lost"))
    for n in range(MAX_WAITING + 20):
        last = dana.store.merge(peer.does(SetField("g", str(n)))[0], lineage)
    dana.heard.wait(Merged, lambda event: event.number == last)
    answers = dana.heard.of(Merged)
    assert {answer.outcome for answer in answers} == {"waiting"}
    assert [answer.dropped for answer in answers] == [0] * MAX_WAITING + [1] * 20
    exchange(dana, peer)  # what the caller does then
    assert dana.store.roadmap == peer.roadmap == read(path)


def test_what_made_room_for_large_updates_is_reported(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    peer.does(SetField("g", "lost"))
    large = [peer.does(SetField("g", letter * (MAX_WAITING_BYTES // 2)))[0] for letter in "ab"]
    assert merge(dana, large[0])[1:5] == ("waiting", None, 1, 0)
    assert merge(dana, large[0])[1:5] == ("waiting", None, 1, 0)
    assert merge(dana, large[1])[1:5] == ("waiting", None, 1, 1)


def test_a_waiting_update_costs_no_acknowledged_edit(path: Path) -> None:
    dana = Person(path, "dana", Identity("a" * 22, "a" * 10))
    peer = peer_of(path)
    peer.does(SetField("g", "lost"))
    later = peer.does(SetField("g", "later"))[0]
    assert merge(dana, later).outcome == "waiting"
    dana.does(Tick("t1", True, "2026-01-01"))
    dana.leaves()
    dana = Person(path, "dana", Identity("a" * 22, "a" * 10))  # what waited is in memory alone
    exchange(dana, peer)
    assert dana.store.roadmap == peer.roadmap
    assert merge(dana, later)[1:5] == ("unchanged", None, 0, 0)
    dana.leaves()


def test_what_another_window_merged_lets_a_waiting_update_in(path: Path, dana: Person) -> None:
    peer, other = peer_of(path), Person(path, "avi")
    first, second = peer.does(SetField("g", "one"), SetField("g", "two"))
    assert merge(dana, second).outcome == "waiting"
    assert merge(other, first).outcome == "merged"
    assert merge(dana, first)[1:5] == ("unchanged", None, 0, 0)
    assert value(dana.store.roadmap, "g") == "two"
    other.leaves()


def test_what_waits_is_merged_when_another_window_has_merged_the_rest(path: Path, dana: Person) -> None:
    peer, other = peer_of(path), Person(path, "avi")
    first, second = peer.does(SetField("g", "one"), SetField("g", "two"))
    assert merge(dana, second).outcome == "waiting"
    assert merge(other, first).outcome == "merged"
    changed = dana.heard.wait(Changed, lambda event: value(event.roadmap, "g") == "two")
    assert changed.merged == ("g",)
    assert merge(dana, second)[1:5] == ("unchanged", None, 0, 0)
    assert read(path) == peer.roadmap
    other.leaves()
