"""A server in a process of its own for the tests of the team."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from room_server import RoomServer
from team_of_people import Team


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RoomServer]:
    """A server that is not started yet."""
    with RoomServer(tmp_path / "home") as server:
        yield server


@pytest.fixture
def team(server: RoomServer, tmp_path: Path) -> Iterator[Team]:
    team = Team(server.start(), tmp_path)
    yield team
    for person in team.people:
        if hasattr(person, "client"):
            person.client.stop()
            person.store.close()
