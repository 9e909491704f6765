"""A server in a process of its own for the tests of the team."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hocuspocus_server import HocuspocusServer, node
from room_server import RoomServer
from team_of_people import Team


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[RoomServer]:
    """A server that is not started yet."""
    with _server_of(request, tmp_path / "home") as server:
        yield server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[RoomServer]:
    """A server that runs, for tests that leave it alone."""
    with _server_of(request, tmp_path_factory.mktemp("home")) as server:
        yield server.start()


def _server_of(request: pytest.FixtureRequest, home: Path) -> RoomServer:
    """The server that `servers.both` names; ours for all other tests."""
    if getattr(request, "param", "ours") == "ours":
        return RoomServer(home)
    node()
    return HocuspocusServer(home)


@pytest.fixture
def team(running: RoomServer, tmp_path: Path) -> Iterator[Team]:
    """People with a room of their own."""
    yield from _team(running, tmp_path)


@pytest.fixture
def own_team(server: RoomServer, tmp_path: Path) -> Iterator[Team]:
    """People with a server of their own, which may be stopped."""
    yield from _team(server.start(), tmp_path)


def _team(server: RoomServer, folder: Path) -> Iterator[Team]:
    team = Team(server, folder)
    yield team
    for person in team.people:
        if hasattr(person, "client"):
            person.client.stop()
            person.store.close()
