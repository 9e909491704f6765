"""A server in this process with limits of its own, so that they are reached soon."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue

from lfroadmap.team.limits import Limits
from lfroadmap.team.server.events import ServerEvent
from lfroadmap.team.server.service import Address, RoomServer
from lfroadmap.team.server.tokens import Tokens


class SmallServer:
    """Where it is, and what it reported."""

    def __init__(self, folder: Path, port: int, events: list[ServerEvent]) -> None:
        self.folder, self.port, self.events = folder, port, events

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def token(self, name: str, room: str, *, read_only: bool = False) -> str:
        tokens = Tokens(self.folder)
        try:
            return tokens.add(name, room, read_only=read_only)
        finally:
            tokens.close()

    def revoke(self, name: str) -> None:
        tokens = Tokens(self.folder)
        try:
            tokens.revoke(name)
        finally:
            tokens.close()

    def reported(self, key: str) -> int:
        return sum(event.key == key for event in self.events)


@contextmanager
def serving(folder: Path, limits: Limits) -> Iterator[SmallServer]:
    """Serve on a thread."""
    events: list[ServerEvent] = []
    ports: SimpleQueue[int] = SimpleQueue()
    server = RoomServer(folder, events.append, limits)
    thread = threading.Thread(target=server.run, args=(Address("127.0.0.1", 0), ports.put))
    thread.start()
    try:
        yield SmallServer(folder, ports.get(timeout=30), events)
    finally:
        server.end()
        thread.join(30)
        assert not thread.is_alive()
