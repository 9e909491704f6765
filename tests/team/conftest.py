"""A server in a process of its own for the tests of the team."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from room_server import RoomServer


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RoomServer]:
    """A server that is not started yet."""
    with RoomServer(tmp_path / "home") as server:
        yield server
