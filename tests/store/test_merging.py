"""Updates of peers in a window: they are merged, are in the history, and never cost an edit."""

from __future__ import annotations

from pathlib import Path

import pytest

from foreign_peer import FOREIGN, foreign_update, updates_of
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.document.document import Document
from lfroadmap.store.events import Changed, Committed, Merged
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.merging import MAX_UPDATE
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.waiting_updates import MAX_WAITING
from lfroadmap.words import LANGUAGES, words
from listening import PLAN, Person
from matrices import quick_every
from merging import NOON, Peer, exchange, lineage_of, merge, missing, peer_of, state
from store_states import rows, value

EDITS: dict[str, tuple[Edit, str]] = {
    "tick": (Tick("t1", True, "2026-01-01"), "done"),
    "owner": (SetTask("t1", "owner", "Noa"), "owner"),
    "field": (SetField("g", "x"), "value"),
    "long text": (SpliceText("f", 0, 0, "x"), "value"),
    "kpi": (SetKpi("k", "current", "5"), "current"),
    "text": (Rename("t1", "Call"), "title"),
    "title": (Rename("r", "Ours"), "title"),
    "move": (Move("t2", "d"), "place"),
    "order": (Move("t2", "c", ""), "place"),
    "removal": (Remove("c"), "removed"),
    "new": (Add(Card("e", "E", tasks=(Task("n"),)), "s"), "added"),
}


@pytest.mark.parametrize("what", EDITS)
def test_a_change_of_a_peer_is_in_the_history_with_who_made_it_and_when(
    path: Path, dana: Person, what: str
) -> None:
    edit, attribute = EDITS[what]
    peer = peer_of(path)
    (update,) = peer.does(edit)
    assert merge(dana, update)[1:5] == ("merged", None, 0, 0)
    assert dana.store.roadmap == peer.roadmap == edit.on(PLAN)
    changed = dana.heard.wait(Changed)
    assert changed.merged == changed.touched
    assert changed.undone == ()
    (entry,) = queries.read(path)
    assert (entry.author, entry.origin, entry.actor) == ("noa", "bbbbbbbbbb", "")
    assert entry.attribute == attribute
    assert entry.made is not None
    assert entry.made.timestamp() * 1000 == NOON + 1000
    assert entry.at > entry.made
    changed = dana.heard.wait(Changed)
    assert changed.roadmap == peer.roadmap
    assert changed.touched
    assert TimeTravel(path).at(0) == PLAN


def test_an_update_that_is_known_writes_nothing(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    (update,) = peer.does(SetField("g", "x"))
    merge(dana, update)
    before = rows(path, "SELECT count(*) FROM updates"), rows(path, "SELECT * FROM changes")
    for again in (update, peer.document.full_update(), update):
        assert merge(dana, again).outcome == "unchanged"
    assert (rows(path, "SELECT count(*) FROM updates"), rows(path, "SELECT * FROM changes")) == before
    assert len(dana.heard.of(Changed)) == 1


def test_only_what_is_new_in_an_update_is_written(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    peer.does(SetField("g", "x"))
    merge(dana, peer.document.full_update())
    assert len(updates_of(path)[-1]) < 200


def test_updates_in_any_order_come_to_the_same_state(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    updates = [u for n in range(4) for u in peer.does(SpliceText("f", 0, n % 2, f"{n} text"))]
    updates += peer.does(Remove("t1"), Tick("t2", True, "2026-01-01"))
    for update in reversed(updates[1:]):
        assert merge(dana, update).outcome == "waiting"
    assert dana.store.roadmap == PLAN
    answer = merge(dana, updates[0])
    assert (answer.outcome, answer.waiting) == ("merged", 0)
    assert dana.store.roadmap == peer.roadmap


def test_what_only_deletes_waits_for_what_it_deletes(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    first = peer.does(SpliceText("f", 0, 0, "text"))[0]
    second = peer.does(SpliceText("f", 1, 2, ""))[0]
    assert merge(dana, second).outcome == "waiting"
    assert merge(dana, first).outcome == "merged"
    assert value(dana.store.roadmap, "f") == value(peer.roadmap, "f") == "tt"


def test_an_update_on_the_work_of_a_third_waits_for_it(path: Path, dana: Person) -> None:
    noa, avi = peer_of(path), peer_of(path, "avi", "cccccccccc")
    first = noa.does(SetField("g", "noa's"))[0]
    avi.hears(first)
    second = avi.does(SetField("g", "avi's"))[0]
    assert merge(dana, second).outcome == "waiting"
    assert dana.store.roadmap == PLAN
    dana.does(Tick("t1", True, "2026-01-01"))
    assert merge(dana, first).outcome == "merged"
    assert value(dana.store.roadmap, "g") == "avi's"


def test_a_lost_update_comes_with_the_state(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    peer.does(SetField("g", "lost"))
    later = peer.does(Tick("t1", True, "2026-01-01"))[0]
    dana.does(SetKpi("k", "current", "7"))
    assert merge(dana, later).waiting == 1
    exchange(dana, peer)
    assert dana.store.roadmap == peer.roadmap
    assert merge(dana, later).waiting == 0


@pytest.mark.proof
def test_what_waits_is_bounded(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    peer.does(SetField("g", "lost"))
    lineage = lineage_of(path)
    for n in range(MAX_WAITING + 20):
        last = dana.store.merge(peer.does(SetField("g", str(n)))[0], lineage)
    answer = dana.heard.wait(Merged, lambda event: event.number == last)
    assert (answer.outcome, answer.waiting) == ("waiting", MAX_WAITING)
    exchange(dana, peer)
    assert dana.store.roadmap == peer.roadmap


def stranger() -> Document:
    document = Document()
    document.fill(PLAN)
    return document


REFUSED = {
    "another lineage": (lambda own: own, "other", "merge_foreign"),
    "no lineage": (lambda own: own, "", "merge_foreign"),
    "another document under the same name": (lambda own: stranger().full_update(), None, "merge_foreign"),
    "no update": (lambda own: b"\xff" * 100, None, "merge_unreadable"),
    "nothing": (lambda own: b"", None, "merge_unreadable"),
    "half an update": (lambda own: own[: len(own) // 2], None, "merge_unreadable"),
    "lists in lists": (lambda own: b"u\x01" * 50_000, None, "merge_unreadable"),
    "too much": (lambda own: b"\0" * (MAX_UPDATE + 1), None, "merge_too_large"),
    "a new lineage": (
        lambda own: foreign_update([own], lambda maps: maps.meta.update({"lineage": "x"})),
        None,
        "merge_foreign",
    ),
    "no lineage any more": (
        lambda own: foreign_update([own], lambda maps: maps.meta.pop("lineage")),
        None,
        "merge_foreign",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.quick_cases(3)
def test_what_cannot_be_merged_is_refused_with_words_and_work_goes_on(
    path: Path, dana: Person, what: str
) -> None:
    make, lineage, key = REFUSED[what]
    dana.does(SetField("g", "mine"))
    before = updates_of(path)
    answer = merge(dana, make(before[0]), lineage)
    assert answer.outcome == "refused"
    assert answer.error is not None
    assert answer.error.key == key
    assert all(words(language).error(answer.error) for language in LANGUAGES)
    assert updates_of(path) == before
    dana.does(Tick("t1", True, "2026-01-01"))
    assert value(read(path), "g") == "mine"
    peer = peer_of(path)
    assert merge(dana, peer.does(SetField("g", "theirs"))[0]).outcome == "merged"
    assert dana.store.roadmap == peer.roadmap


@pytest.mark.parametrize("how", quick_every(7, FOREIGN))
@pytest.mark.quick_cases(3)
def test_foreign_values_in_an_update_cost_nothing(path: Path, dana: Person, how: str) -> None:
    _, write = FOREIGN[how]
    merge(dana, foreign_update(updates_of(path), write))
    dana.does(SetKpi("k", "baseline", "2"))
    assert read(path) == dana.store.roadmap


def test_an_update_is_sent_only_when_it_is_durable(path: Path, dana: Person) -> None:
    dana.does(SetField("g", "before"))
    assert dana.heard.of(Committed) == []
    peer = Peer(missing(dana, b"\0").update)
    found = state(dana)
    assert (found.state, found.lineage) == (peer.document.state, lineage_of(path))
    durable: list[bool] = []

    def hear(event: object) -> None:
        if isinstance(event, Committed):
            durable.append(event.updates[0] in updates_of(path))
        dana.heard(event)  # type: ignore[arg-type]

    dana.store._writer._events.listener = hear
    dana.does(SetField("g", "after"), Tick("t1", True, "2026-01-01"))
    for event in dana.heard.of(Committed):
        for update in event.updates:
            peer.hears(update)
    assert peer.roadmap == dana.store.roadmap
    assert durable
    assert all(durable)


def test_what_was_merged_is_not_sent_back(path: Path, dana: Person) -> None:
    state(dana)
    merge(dana, peer_of(path).does(SetField("g", "x"))[0])
    dana.does(Tick("t1", True, "2026-01-01"))
    assert len(dana.heard.of(Committed)) == 1


def test_what_another_window_of_the_file_wrote_is_sent(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    state(dana)
    other = Person(path, "dana")
    other.does(SetField("g", "from the other window"))
    other.leaves()
    peer.hears(dana.heard.wait(Committed).updates[0])
    assert value(peer.roadmap, "g") == "from the other window"


@pytest.mark.parametrize("nonsense", [b"", b"\xff" * 20, b"\x05", b"\x01\x80\x80"])
def test_a_state_that_is_none_is_answered_with_words(dana: Person, nonsense: bytes) -> None:
    answer = missing(dana, nonsense)
    assert answer.error is not None
    assert answer.error.key == "merge_unreadable"
    assert answer.update == b""


def test_a_week_of_work_is_a_few_rows_and_can_be_walked_back(path: Path, dana: Person) -> None:
    peer = peer_of(path)
    peer.does(*(Add(Task(f"n{n}", f"task {n}"), "c") for n in range(400)))
    merge(dana, peer.document.full_update())
    assert dana.store.roadmap == peer.roadmap
    (entry,) = queries.read(path)
    assert (entry.kind, entry.author) == ("Batch", "noa")
    assert TimeTravel(path).at(0) == PLAN
    assert TimeTravel(path).at(1) == peer.roadmap


def test_each_author_of_one_update_is_named(path: Path, dana: Person) -> None:
    noa, avi = peer_of(path), peer_of(path, "avi", "cccccccccc")
    noa.does(SetField("g", "noa's"))
    avi.does(Tick("t1", True, "2026-01-01"))
    noa.hears(avi.document.full_update())
    merge(dana, noa.document.full_update())
    found = {entry.attribute: (entry.author, entry.origin) for entry in queries.read(path)}
    assert found == {"value": ("noa", "bbbbbbbbbb"), "done": ("avi", "cccccccccc")}


def test_a_change_without_a_stamp_is_somebodys(path: Path, dana: Person) -> None:
    merge(dana, foreign_update(updates_of(path), lambda maps: maps.tasks["t1"].update({"text": "x"})))
    (entry,) = queries.read(path)
    assert (entry.author, entry.origin, entry.made) == ("", "?", None)


def test_two_windows_of_one_file_both_get_what_comes_in_once(path: Path, dana: Person) -> None:
    peer, other = peer_of(path), Person(path, "avi")
    updates = [u for n in range(20) for u in peer.does(SetField("g", f"{n}"))]
    for n, update in enumerate(updates):
        merge((dana, other)[n % 2], update)
        merge((other, dana)[n % 2], update)
        other.does(SetKpi("k", "current", str(n)))
    dana.does(Tick("t1", True, "2026-01-01"))
    exchange(dana, peer)
    exchange(other, peer)
    assert other.store.flush(20)
    assert dana.store.roadmap == other.store.roadmap == peer.roadmap == read(path)
    assert sum(entry.origin != "" for entry in queries.read(path)) == 20
    assert TimeTravel(path).at(0) == PLAN
    other.leaves()
