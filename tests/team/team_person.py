"""A colleague of the tests: a roadmap's file, its store, and the client that keeps it in step with a room."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import DocumentState, Event
from lfroadmap.store.identity import Identity
from lfroadmap.store.lifecycle.creating import create_of_room
from lfroadmap.store.sqlite.file_schema import TeamRoom
from lfroadmap.store.sqlite.team_room import read_room, write_room
from lfroadmap.store.store import Store
from lfroadmap.team.client import TeamClient
from lfroadmap.team.joining import download
from lfroadmap.team.room_address import RoomAddress
from lfroadmap.team.status import TeamStatus
from listening import Listener

PATIENCE = 30.0


class Colleague:
    """Somebody with a roadmap that is in a room."""

    def __init__(self, path: Path, token: str) -> None:
        self.path, self.name, self.token = path, path.stem, token
        self.statuses: list[TeamStatus] = []
        self._came = threading.Condition()

    def share(self, address: RoomAddress, roadmap: Roadmap) -> None:
        """Make the roadmap, which is to go into the room when this person comes."""
        Store.create(self.path, roadmap, self.name)
        heard = Listener()
        store = Store(self.path, self.name)
        store.start(heard)
        number = store.document_state()
        lineage = heard.wait(DocumentState, lambda each: each.number == number).lineage
        store.close()
        write_room(self.path, TeamRoom(*address, lineage, b"", 0))

    def join(self, address: RoomAddress) -> None:
        content = download(address, self.token)
        create_of_room(self.path, content.update, TeamRoom(*address, content.lineage, b"", 0))

    def come(self) -> None:
        """Open the roadmap, and connect."""
        self.statuses.clear()
        self.heard = Listener()
        actor = self.name.encode().hex()[:20].rjust(20, "a")
        self.store = Store(self.path, self.name, Identity(actor, actor[-10:]))
        room = read_room(self.path)
        assert room is not None
        self.client = TeamClient(self.store, room, self.token, self.name, self._observe)
        self.store.start(self._hear)
        self.client.start()

    def _hear(self, event: Event) -> None:
        self.heard(event)
        self.client.deliver(event)
        with self._came:
            self._came.notify_all()

    def _observe(self, status: TeamStatus) -> None:
        with self._came:
            self.statuses.append(status)
            self._came.notify_all()

    def does(self, *edits: Edit) -> None:
        for edit in edits:
            self.store.end_burst()
            self.store.submit(edit)
        assert self.store.flush(PATIENCE)

    def go(self) -> None:
        """Leave the room and close the roadmap."""
        self.client.stop()
        assert self.store.close() == ()

    @property
    def roadmap(self) -> Roadmap:
        return self.store.roadmap

    @property
    def status(self) -> TeamStatus:
        return self.client.status

    def until(self, fits: Callable[[], object], timeout: float = PATIENCE) -> None:
        end = time.monotonic() + timeout
        with self._came:
            while not fits():
                left = end - time.monotonic()
                assert left > 0, (self.name, self.statuses[-3:])
                self._came.wait(min(left, 0.2))

    def is_in_step(self) -> None:
        self.until(lambda: self.status.phase == "in_step")


def same(*colleagues: Colleague) -> Roadmap:
    """Wait until everybody is in step and has the same roadmap."""
    for each in colleagues:
        assert each.store.flush(PATIENCE)
    for each in colleagues:
        each.is_in_step()
    first = colleagues[0]
    for each in colleagues[1:]:
        each.until(lambda each=each: each.roadmap == first.roadmap)  # type: ignore[misc]
    return first.roadmap
