"""Updates of a hostile peer: they are refused, cost little, and spoil neither the document nor what waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from counting import Calls, counted
from foreign_peer import Maps, foreign_update, nest, updates_of
from forged_updates import ANY, circular, collected, in_root, panicking, update, value, valueless
from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.update_base import MAX_READ, read_clocks
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.merging import MAX_RELOADS
from lfroadmap.store.replica import Replica
from lfroadmap.store.sqlite.file_format import read
from listening import PLAN, Person
from merging import exchange, lineage_of, merge, peer_of
from replicas import Copy
from store_states import rows
from store_states import value as plain

MANY = 40


@pytest.fixture
def reloads(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """Each reading of the whole document because it was spoiled."""
    return counted(monkeypatch, Replica, "_reload")


class Panic(BaseException):
    """As the Yjs library panics."""


@pytest.fixture(params=[Panic, RuntimeError, RecursionError, KeyError])
def poison(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A title with which reading a document fails, by errors of several sorts."""
    roadmap, text = Document.roadmap, "poison"

    def failing(self: Document, previous: Roadmap | None = None) -> Roadmap:
        found = roadmap(self, previous)
        if found.title == text:
            raise request.param(text)
        return found

    monkeypatch.setattr(Document, "roadmap", failing)
    return text


def poisoned(path: Path, text: str) -> bytes:
    return foreign_update(updates_of(path), lambda maps: maps.meta.update({"title": text}))


def test_what_cannot_be_read_afterwards_is_refused_and_the_rest_is_merged(
    path: Path, dana: Person, poison: str
) -> None:
    bad, peer = poisoned(path, poison), peer_of(path)
    answer = merge(dana, bad)
    assert (answer.outcome, answer.error and answer.error.key) == ("refused", "merge_unreadable")
    assert merge(dana, peer.does(SetField("g", "theirs"))[0]).outcome == "merged"
    dana.does(SetKpi("k", "current", "5"))
    assert plain(dana.store.roadmap, "g") == "theirs"
    assert read(path) == dana.store.roadmap


@pytest.mark.parametrize("is_first", [True, False])
def test_of_several_updates_the_one_that_cannot_be_read_is_refused(
    path: Path, poison: str, is_first: bool
) -> None:
    bad, peer, copy = poisoned(path, poison), peer_of(path), Copy(path, PLAN, "dana")
    good = peer.does(SetField("g", "theirs"), Tick("t1", True, "2026-01-01"))
    assert copy.merges(good[0])[0].outcome == "merged"
    outcomes = copy.merges(*((bad, good[1]) if is_first else (good[1], bad)))
    assert sorted(outcome.outcome for outcome in outcomes) == ["merged", "refused"]
    assert copy.roadmap == peer.roadmap == read(path)
    assert len(rows(path, "SELECT * FROM changes")) == 2
    assert TimeTravel(path).at(0) == PLAN
    copy.close()


def test_a_waiting_update_that_cannot_be_read_does_not_keep_its_base_out(
    path: Path, dana: Person, poison: str
) -> None:
    peer = peer_of(path)
    (first,) = peer.does(SetField("g", "theirs"))
    second = foreign_update([*updates_of(path), first], lambda maps: (
        maps.fields["g"].update({"value": "more"}), maps.meta.update({"title": poison}))
    )  # fmt: skip
    assert merge(dana, second).outcome == "waiting"
    assert merge(dana, first)[1:5] == ("merged", None, 0, 1)
    assert dana.store.roadmap == peer.roadmap == read(path)


def test_large_updates_that_are_applied_in_part_cost_few_readings(path: Path, reloads: Calls) -> None:
    peer, copy = peer_of(path), Copy(path, PLAN, "dana")
    good = peer.does(SetField("g", "theirs"))[0]
    outcomes = copy.merges(*(circular(n, MAX_READ) for n in range(1000, 1000 + 2 * MANY, 2)), good)
    assert len(reloads) == MAX_RELOADS
    assert {outcome.outcome for outcome in outcomes} == {"dropped"}
    assert sum(outcome.dropped for outcome in outcomes) == MANY + 1
    assert copy.merges(good)[0].outcome == "merged"
    assert copy.roadmap == peer.roadmap == read(path)
    copy.close()


def test_what_the_library_panics_at_is_merged(path: Path, dana: Person, reloads: Calls) -> None:
    peer = peer_of(path)
    merge(dana, peer.does(SetField("g", "ours"))[0])
    for n in range(1000, 1005):
        assert merge(dana, panicking(n)).outcome == "merged"
    assert merge(dana, peer.does(SetField("g", "theirs"))[0]).outcome == "merged"
    assert dana.store.roadmap == peer.roadmap == read(path)
    assert reloads == []


def test_what_needs_itself_or_what_is_missing_costs_no_reading(
    path: Path, dana: Person, reloads: Calls
) -> None:
    for n in range(1000, 1000 + 2 * MANY, 2):
        assert merge(dana, circular(n)).outcome == "refused"
    avi = peer_of(path, "avi", "c" * 10)
    for n in range(MANY):  # each on the work of another, who is not here
        noa = peer_of(path)
        avi.hears(noa.does(SetField("g", f"noa {n}"))[0])
        assert merge(dana, avi.does(SetField("g", f"avi {n}"))[0]).outcome == "waiting"
    assert merge(dana, b"\1\1\1\0\x2f").outcome == "refused"
    exchange(dana, avi)
    assert dana.store.roadmap == avi.roadmap
    assert reloads == []


def test_a_change_of_the_lineage_by_an_update_costs_few_readings(path: Path, reloads: Calls) -> None:
    copy = Copy(path, PLAN, "dana")
    bad = [
        foreign_update(updates_of(path), lambda maps, n=n: maps.meta.update({"lineage": f"{n}"}))  # type: ignore[misc]
        for n in range(MANY)
    ]
    outcomes = {outcome.outcome for outcome in copy.merges(*bad)}
    assert outcomes == {"refused", "dropped"}
    assert len(reloads) == MAX_RELOADS
    assert lineage_of(path) == copy.lineage
    copy.close()


@pytest.mark.parametrize("deep", [False, True])
def test_a_key_without_a_value_is_passed_over(path: Path, dana: Person, deep: bool) -> None:
    assert merge(dana, valueless()).outcome == "merged"
    if deep:  # then the library cannot write its values as JSON, and they are read one by one
        merge(dana, foreign_update(updates_of(path), nest(2000)))
    dana.does(Tick("t1", True, "2026-01-01"))
    assert find(dana.store.roadmap, "x") is not None
    assert read(path) == dana.store.roadmap
    merge(dana, panicking(5))
    dana.does(Tick("t1", False, ""))
    assert read(path) == dana.store.roadmap


def test_a_key_without_a_value_in_a_root_never_makes_a_file_unopenable(path: Path) -> None:
    document = Document()
    for each in (*updates_of(path), panicking(5), foreign_update(updates_of(path), nest(2000))):
        document.merge(each)
    assert find(document.roadmap(), "t1") is not None
    assert document._depth() > 2000


def into_the_kpis(maps: Maps) -> None:
    del maps.tasks["t2"]
    maps.kpis["t2"] = {"parent": "r", "pos": "a1"}


def out_of_the_kpis(maps: Maps) -> None:
    del maps.kpis["t2"]
    maps.tasks["t2"] = {"parent": "c", "pos": "V"}


def test_ids_that_are_removed_and_made_again_have_rows_that_can_be_walked_back(
    path: Path, dana: Person
) -> None:
    peer = peer_of(path)
    for n in range(4):
        for each in peer.does(Remove("t1"), Add(Task("t1", f"again {n}"), "d"), Move("t1", "c")):
            assert merge(dana, each).outcome == "merged"
        merge(dana, foreign_update(updates_of(path), into_the_kpis))
        merge(dana, foreign_update(updates_of(path), out_of_the_kpis))
        peer = peer_of(path)
        assert dana.store.roadmap == peer.roadmap == read(path)
    assert TimeTravel(path).at(0) == PLAN
    assert TimeTravel(path).unreadable == 0


@pytest.mark.parametrize("title", [5, None, True, ["x"], {"a": 1}, "x" * 100_000, "\u202e\x1b]0;x\x07\0"])
def test_any_title_of_the_roadmap_leaves_it_usable(path: Path, dana: Person, title: object) -> None:
    merge(dana, foreign_update(updates_of(path), lambda m: m.meta.update({"title": title, "title@": title})))
    dana.does(Rename("r", "Ours"))
    assert read(path).title == dana.store.roadmap.title == "Ours"
    assert TimeTravel(path).at(0) == PLAN


@pytest.mark.proof
def test_ten_thousand_siblings_at_one_position(path: Path, dana: Person) -> None:
    answer = merge(dana, foreign_update(updates_of(path), lambda maps: [
        maps.tasks.update({f"n{n:05}": {"parent": "c", "pos": "V"}}) for n in range(10_000)
    ]))  # fmt: skip
    assert answer.outcome == "merged"
    order = [task.id for task in dana.store.roadmap.stages[0].cards[0].tasks if task.id.startswith("n")]
    assert order == sorted(order)
    assert len(order) == 10_000
    dana.does(Move("n05000", "c", ""))
    peer = peer_of(path)
    assert peer.roadmap == dana.store.roadmap == read(path)
    merge(dana, peer.does(Move("n00007", "c", "n09000"))[0])
    assert dana.store.roadmap == peer.roadmap == read(path)
    assert rows(path, "SELECT kind, author FROM changes ORDER BY seq DESC LIMIT 1") == [("Move", "noa")]


@pytest.mark.parametrize("size", [1, MAX_READ])
def test_nobody_can_use_up_the_clock_of_this_window(path: Path, dana: Person, size: int) -> None:
    dana.does(SetField("g", "first"))
    clocks = read_clocks(peer_of(path).document.state)
    for client, clock in clocks.items():
        items = [collected(2**32 - 2 - clock), in_root("x", "y", ANY, value("z" * size))]
        assert merge(dana, update({client: items}, clock)).outcome == "refused"
    dana.does(SetField("g", "second"), SetField("g", "third"))
    assert plain(read(path), "g") == "third"
