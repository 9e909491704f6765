"""What a peer may ask of a server at most: one peer costs neither the others nor the machine."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The limits of a server; sizes in bytes, times in seconds."""

    message: int = 16_000_000
    """Size of the largest message, and so of the largest update."""
    room: int = 64_000_000
    """Size of all updates of a room."""
    connections: int = 1000
    rooms: int = 16
    """Rooms that one connection may be in."""
    states: int = 8
    """Presences that one connection may have in a room."""
    state: int = 1024
    """Size of one presence."""
    messages_a_second: float = 200
    bytes_a_second: float = 8_000_000
    burst: float = 5.0
    """Seconds' worth of messages and bytes that may come at once; more of them wait."""
    queue: int = 48_000_000
    """Size of what waits for a slow peer, which is then closed."""
    queue_messages: int = 5000
    authentication: float = 10.0
    """Time from connecting to a valid token."""
    denials: int = 5
    """Invalid tokens after which a connection is closed."""


LIMITS = Limits()
