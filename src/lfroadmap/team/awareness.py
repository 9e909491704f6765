"""Presence on the wire: for each client an id, a clock that counts up, and a state as a JSON text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from lfroadmap.team.wire import BadFrame, Reader, buffer, number, text

GONE = "null"
"""The state of one who left."""
_MOST = 10_000
"""Entries that are read of one message."""


class State(NamedTuple):
    """The presence of one client."""

    client: int
    clock: int
    state: str
    """A JSON object, or `null` for one who left."""


def read_states(body: bytes) -> list[State]:
    """The states in the body of a frame of presence; raises BadFrame."""
    reader = Reader(Reader(body).buffer())
    count = reader.number()
    if count > _MOST:
        raise BadFrame("too many presences")
    return [State(reader.number(), reader.number(), reader.text()) for _ in range(count)]


def states_body(states: Iterable[State]) -> bytes:
    """The body of a frame with these states."""
    sent = [number(each.client) + number(each.clock) + text(each.state) for each in states]
    return buffer(number(len(sent)) + b"".join(sent))


def is_state(state: str, most: int) -> bool:
    """True for a JSON object of `most` bytes at most, or for the state of one who left."""
    if state == GONE or len(state.encode("utf-8", "replace")) > most:
        return state == GONE
    try:
        found = json.loads(state)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict)
