"""What a tick takes to be on the disk, and a peer's tick to be an event: the store without a screen."""

from __future__ import annotations

import queue
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from benchmarks.table import Row, lines
from lfroadmap.roadmap.edits import Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.roadmap.tree import places
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.stamps import stamp_text
from lfroadmap.store.events import Changed, DocumentState, Event, MissingUpdate, Saved
from lfroadmap.store.identity import new_identity
from lfroadmap.store.sqlite.disk import connect_new
from lfroadmap.store.store import Store

STAGES, TASKS = 10, 5000
"""Stages of the large roadmap, and the tasks of each."""
TICKS = 10
"""Ticks of each kind in one run."""
ROW = 500
"""Bytes of a row of SQLite that a tick is compared with; a tick writes about as many."""
DAY = "2026-03-15"
OWN, OF_PEER, OF_PEER_LARGE = 6, 12, 120
"""Limits of the ratios."""
E = TypeVar("E", bound=Event)


def measure(runs: int) -> Iterator[str]:
    """Rows, own ticks and a peer's in turn; times of the clock, each with one sync of the disk."""
    with tempfile.TemporaryDirectory() as folder:
        windows = {
            "ordinary": Window(Path(folder, "ordinary"), load(DEFAULT).roadmap("ordinary")),
            "large": Window(Path(folder, "large"), large()),
        }
        written = _rows(Path(folder, "rows"))
        rows: list[float] = []
        for _ in range(runs * TICKS):
            rows.append(next(written))
            for window in windows.values():
                window.measure()
        for window in windows.values():
            window.store.close()
    yield from lines("from an edit to its event, on the disk", list(_table(rows, **windows)))


def _table(rows: list[float], ordinary: Window, large: Window) -> Iterator[Row]:
    yield Row("a row in a file of SQLite", "ms", rows)
    yield Row("own tick", "ms", ordinary.own, rows, OWN)
    yield Row("own tick, 50,000 tasks", "ms", large.own, rows, OWN)
    yield Row("a peer's tick", "ms", ordinary.of_peer, ordinary.own, OF_PEER)
    yield Row("a peer's tick, 50,000 tasks", "ms", large.of_peer, large.own, OF_PEER_LARGE)
    yield Row("the first one of a peer", "ms", [ordinary.first])
    yield Row("the first one of a peer, 50,000 tasks", "ms", [large.first])
    yield Row("opening to the state for peers, 50,000 tasks", "ms", [large.joining])


def large() -> Roadmap:
    """A roadmap of 50,000 tasks, as many in each stage."""
    stages = (Stage(f"s{s}", "Stage", (Card(f"c{s}", "Card", (), tuple(_tasks(s))),)) for s in range(STAGES))
    return Roadmap("large", "Large", stages=tuple(stages))


def _tasks(stage: int) -> Iterator[Task]:
    return (Task(f"s{stage}t{n}", f"Task {n} of a long list") for n in range(TASKS))


def _rows(path: Path) -> Iterator[float]:
    """Milliseconds that each of any number of rows takes to be on the disk."""
    db = connect_new(path)
    db.execute("CREATE TABLE rows(data BLOB)")
    while True:
        began = time.perf_counter()
        db.execute("INSERT INTO rows VALUES(?)", (bytes(ROW),))
        yield (time.perf_counter() - began) * 1e3


class Window:
    """A window of a roadmap, and a peer who works at the same one; both tick their own task."""

    def __init__(self, path: Path, roadmap: Roadmap) -> None:
        Store.create(path, roadmap, "dana")
        self.own: list[float] = []
        self.of_peer: list[float] = []
        self._events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        tasks = [place.node.id for place in places(roadmap) if isinstance(place.node, Task)]
        self._task, self._peer_task = tasks[len(tasks) // 2], tasks[len(tasks) // 3]
        began = time.perf_counter()
        self.store = Store(path, "dana", new_identity())
        self.store.start(self._events.put)
        self.store.document_state()
        self._lineage = self._wait(DocumentState).lineage
        self.joining = (time.perf_counter() - began) * 1e3
        self._peer = Document()
        self.store.missing(b"\0")
        self._peer.merge(self._wait(MissingUpdate).update)
        self._at_peer = self._peer.roadmap()
        self.first = self._tick_of_peer(done=True)

    def measure(self) -> None:
        """Tick or untick both tasks."""
        done = len(self.own) % 2 == 0
        self.own.append(self._tick(done=done))
        self.of_peer.append(self._tick_of_peer(done=not done))

    def _tick(self, *, done: bool) -> float:
        def tick() -> None:
            self.store.submit(Tick(self._task, done, DAY if done else ""))
            self.store.flush()

        return self._milliseconds(tick, Saved)

    def _tick_of_peer(self, *, done: bool) -> float:
        edit = Tick(self._peer_task, done, DAY if done else "")
        stamp = stamp_text("noa", "b" * 10, time.time_ns() // 1_000_000)
        self._at_peer = self._peer.apply(edit, self._at_peer, stamp)
        (update,) = self._peer.take_updates()
        return self._milliseconds(lambda: self.store.merge(update, self._lineage), Changed)

    def _milliseconds(self, action: Callable[[], object], kind: type[Event]) -> float:
        """From the action to the event; what was left of earlier ones is passed over."""
        self.store.flush()
        while not self._events.empty():
            self._events.get()
        began = time.perf_counter()
        action()
        self._wait(kind)
        return (time.perf_counter() - began) * 1e3

    def _wait(self, kind: type[E]) -> E:
        while True:
            event = self._events.get(timeout=60)
            if isinstance(event, kind):
                return event
