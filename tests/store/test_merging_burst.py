"""How much is read for the updates of peers: many at once are read as one, and are one event."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.store.document.document import Document
from lfroadmap.store.events import Changed, Event, Merged
from lfroadmap.store.history import queries
from lfroadmap.store.sqlite.log import Log
from lfroadmap.store.store import Store
from listening import Listener, Person
from merging import lineage_of, merge, peer_of, state

BURST = 200


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[Roadmap | None]:
    """The roadmap before each reading of a document, from here on."""
    out: list[Roadmap | None] = []
    read = Document.roadmap

    def counted(document: Document, previous: Roadmap | None = None) -> Roadmap:
        out.append(previous)
        return read(document, previous)

    monkeypatch.setattr(Document, "roadmap", counted)
    return out


def test_a_burst_of_updates_is_one_reading_and_one_event(
    path: Path, heard: Listener, readings: list[Roadmap | None]
) -> None:
    peer = peer_of(path)
    updates = peer.does(*(Tick("t1", n % 2 == 0, "2026-01-01" if n % 2 == 0 else "") for n in range(BURST)))
    updates += peer.does(*(SpliceText("f", 0, 0, "x") for _ in range(BURST)))
    updates += peer.does(*(Add(Task(f"new{n}"), "d") for n in range(BURST)))
    readings.clear()
    store, lineage = Store(path, "dana"), lineage_of(path)
    for update in updates:
        store.merge(update, lineage)
    store.start(heard)
    assert store.flush(60)
    assert {event.outcome for event in heard.of(Merged)} == {"merged"}
    assert len(heard.of(Merged)) == len(updates) == 3 * BURST
    (changed,) = heard.of(Changed)
    assert changed.roadmap == store.roadmap == peer.roadmap
    assert {"f", "new0", f"new{BURST - 1}"} <= set(changed.merged)
    assert len(readings) == 1
    assert store.close() == ()
    assert len(queries.read(path)) <= BURST + 2


def test_updates_that_come_while_the_writer_is_busy_are_read_together(
    path: Path, readings: list[Roadmap | None]
) -> None:
    peer = peer_of(path)
    first, *others = peer.does(*(Add(Task(f"new{n}"), "d") for n in range(BURST)))
    heard, all_sent = Listener(), threading.Event()

    def listen(event: Event) -> None:
        heard(event)
        if isinstance(event, Changed):
            assert all_sent.wait(60)

    store, lineage = Store(path, "dana"), lineage_of(path)
    store.start(listen)
    readings.clear()
    store.merge(first, lineage)
    heard.wait(Changed)
    for update in others:
        store.merge(update, lineage)
    all_sent.set()
    assert store.flush(60)
    assert [len(event.merged) for event in heard.of(Changed)] == [2, BURST]
    assert len(readings) == 2
    assert store.roadmap == peer.roadmap
    assert store.close() == ()


def test_a_window_that_answered_for_its_state_reads_no_more_of_the_file_for_updates(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_from: list[int] = []
    updates = Log.updates

    def counted(log: Log, after: int) -> list[tuple[int, bytes]]:
        read_from.append(after)
        return updates(log, after)

    monkeypatch.setattr(Log, "updates", counted)
    dana, peer = Person(path, "dana"), peer_of(path)
    lineage = state(dana).lineage
    assert 0 in read_from
    read_from.clear()
    for update in peer.does(Tick("t1", True, "2026-01-01"), Tick("t2", True, "2026-01-01")):
        assert merge(dana, update, lineage).outcome == "merged"
    assert read_from
    assert 0 not in read_from
    dana.leaves()
