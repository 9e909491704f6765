"""Changes of peers are named after the stamps that came with them, not after those that were there before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from foreign_peer import Maps, foreign_update, updates_of
from lfroadmap.machine import milliseconds_now
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.document.stamps import stamp_text
from lfroadmap.store.events import Undone
from lfroadmap.store.history import queries
from lfroadmap.store.history.change_entries import ChangeEntry
from lfroadmap.store.identity import Identity
from listening import Person
from merging import NOON, Peer, merge, peer_of
from store_states import rows, value

NOA, AVI, NOBODY = ("noa", "b" * 10), ("avi", "c" * 10), ("", "?")
DANA = stamp_text("dana", "a" * 10, NOON)
LAST = 253402300799999
"""The last millisecond of the year 9999."""


def newest(path: Path) -> ChangeEntry:
    return next(iter(queries.read(path)))


def author(path: Path) -> tuple[str, str]:
    entry = newest(path)
    return entry.author, entry.origin


def test_an_order_is_named_after_who_changed_it_though_ones_own_clock_is_ahead(
    path: Path, dana: Person
) -> None:
    dana.does(Add(Task("t3"), "c"), Move("t1", "c"))
    assert milliseconds_now() > NOON + 10**6  # a peer's clock is far behind
    merge(dana, peer_of(path).does(Move("t3", "c", ""))[0])
    assert author(path) == NOA
    assert [task.id for task in dana.store.roadmap.stages[0].cards[0].tasks] == ["t3", "t2", "t1"]


def test_an_undo_does_not_take_the_order_of_a_peer_for_ones_own(path: Path, dana: Person) -> None:
    dana.does(Move("t1", "c"))
    merge(dana, peer_of(path).does(Move("t1", "c", ""))[0])
    assert author(path) == NOA
    after = dana.store.roadmap
    assert dana.undoes()[0] == "conflict"
    assert dana.store.roadmap == after


UNSTAMPED: dict[str, tuple[Edit, Callable[[Maps], object]]] = {
    "a mark": (Tick("t1", True, "2026-01-01"), lambda m: m.tasks["t1"].update({"done": False})),
    "an owner": (SetTask("t1", "owner", "Noa"), lambda m: m.tasks["t1"].update({"owner": "x"})),
    "a title": (Rename("r", "Ours"), lambda m: m.meta.update({"title": "theirs"})),
    "a text": (SpliceText("f", 0, 0, "ours"), lambda m: m.fields["f"]["value"].insert(0, "theirs")),
    "a place": (Move("t1", "d"), lambda m: m.tasks["t1"].update({"parent": "c"})),
    "an order": (Move("t1", "c"), lambda m: m.tasks["t1"].update({"pos": "0000001"})),
    "a removal": (Remove("t2"), lambda m: m.tasks["t1"].update({"deleted": True})),
    "a removal of what was moved": (Move("t1", "d"), lambda m: m.tasks["t1"].update({"deleted": True})),
    "what comes back": (Remove("t1"), lambda m: m.tasks["t1"].update({"deleted": False})),
    "a plain map": (SetField("g", "ours"), lambda m: m.fields.update({"g": {"parent": "c", "pos": "V"}})),
}


@pytest.mark.parametrize("what", UNSTAMPED)
def test_a_value_without_a_stamp_is_not_named_after_an_older_one(path: Path, dana: Person, what: str) -> None:
    own, write = UNSTAMPED[what]
    dana.does(own)
    merge(dana, foreign_update(updates_of(path), write))
    assert author(path) == NOBODY
    assert newest(path).made is None


@pytest.mark.parametrize("turn", range(6))  # which of two stamps stays is decided by random numbers
def test_typing_at_once_is_named_after_who_typed(path: Path, dana: Person, turn: int) -> None:
    peer = peer_of(path)
    dana.does(SpliceText("f", 0, 0, f"ours {turn}"))
    merge(dana, peer.does(SpliceText("f", 0, 0, "theirs"))[0])
    assert author(path) == NOA


def test_a_node_that_was_moved_out_of_what_is_removed_here_is_named_after_who_moved_it(
    path: Path, dana: Person
) -> None:
    peer = peer_of(path)
    dana.does(Remove("c"))
    merge(dana, peer.does(Move("t1", "d"))[0])
    assert (newest(path).kind, *author(path)) == ("Add", *NOA)


def test_each_of_two_that_sort_one_list_is_named(path: Path, dana: Person) -> None:
    dana.does(*(Add(Task(f"n{n}"), "d") for n in range(6)))
    noa, avi = peer_of(path), peer_of(path, *AVI)
    noa.does(Move("n0", "d"))
    avi.does(Move("n5", "d", ""))
    noa.hears(avi.document.full_update())
    merge(dana, noa.document.full_update())
    found = {(entry.node, entry.author) for entry in list(queries.read(path))[:2]}
    assert found == {("n0", "noa"), ("n5", "avi")}


def test_a_stamp_that_names_the_person_of_this_window_does_not_make_a_change_own(
    path: Path, dana: Person
) -> None:
    forger = Peer(peer_of(path).document.full_update(), "dana", "a" * 10)
    dana.does(SetField("g", "dana's"))
    (first,) = forger.does(Tick("t1", True, "2026-01-01"))
    forger.hears(updates_of(path)[-1])
    (second,) = forger.does(SetField("g", "forged"))
    merge(dana, first)
    merge(dana, second)
    assert dana.undoes() == ("conflict", "g")
    newer = dana.heard.of(Undone)[-1].newer
    assert newer is not None
    assert (newer.author, newer.origin) == ("dana", "a" * 10)
    assert dana.undoes() == ("nothing", "")
    assert value(dana.store.roadmap, "g") == "forged"


NAMES = (
    "a|b\\|c",
    "two\nlines",
    "\x1b]0;x\x07",
    "\u202eabc",
    "\0",
    "x" * 1_000_000,
    "a" * 100,
    "",
    "\\",
    "|" * 100,
)
TIMES = ("9999999999999999999", "-5", "1e9", "", "0", str(LAST), "٣", "9" * 5000)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
@pytest.mark.parametrize("made", TIMES, ids=range(len(TIMES)))
@pytest.mark.quick_cases(9)
def test_any_stamp_gives_a_row_that_can_be_read(path: Path, name: str, made: str) -> None:
    dana = Person(path, "dana", Identity("a" * 22, "a" * 10))
    for stamp in (f"{stamp_text(name, 'b' * 10, 0)[:-1]}{made}", f"{name}|{name}|{made}"):

        def write(maps: Maps, stamp: str = stamp) -> None:
            maps.tasks["t1"].update({"owner": f"x{len(stamp)}", "owner@": stamp})
            maps.tasks["t2"].update({"pos": "zzzzzzz", "place@": stamp})
            maps.meta.update({"title": f"x{len(stamp)}", "title@": stamp})

        assert merge(dana, foreign_update(updates_of(path), write)).outcome == "merged"
    for entry in queries.read(path):
        assert len(entry.author) <= 100
        assert len(entry.origin) <= 64
        assert entry.made is None or entry.made.year >= 1970
    merge(dana, peer_of(path).does(Tick("t2", True, "2026-01-01"))[0])
    assert author(path) == NOA  # and a forged time hides nobody
    dana.leaves()


def test_the_device_of_a_stamp_has_only_characters_of_an_id(path: Path, dana: Person) -> None:
    for device in ("a\nb", "\x1b[2J", "\u202e", "ב"):
        stamp = f"noa|{device}|{NOON}"
        merge(dana, foreign_update(
            updates_of(path), lambda m, s=stamp: m.tasks["t1"].update({"owner": s, "owner@": s})  # type: ignore[misc]
        ))  # fmt: skip
    assert rows(path, "SELECT DISTINCT author, origin FROM changes") == [NOBODY]


def test_a_stamp_is_found_at_each_length(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    for length in (*range(1, 100, 7), 100):
        peer.author = "ש" * length
        merge(dana, peer.does(SetField("g", str(length)))[0])
        assert newest(path).author == peer.author


@pytest.mark.parametrize("shape", [{"kind": "date"}, {"role": "goals"}, {"direction": "ltr"}])
def test_another_shape_of_a_field_is_named_after_who_gave_it_that(
    path: Path, dana: Person, shape: dict[str, str]
) -> None:
    """The other stamps of the field may be of somebody who removed it and took that back meanwhile."""
    stamps = {f"{name}@": stamp_text("noa", "b" * 10, NOON) for name in shape}
    merge(dana, foreign_update(updates_of(path), lambda m: m.fields["g"].update({**shape, **stamps})))
    rows_of_it = list(queries.read(path))
    assert [(entry.author, entry.origin, entry.node) for entry in rows_of_it] == [(*NOA, "g")] * 2
