"""How a roadmap stands with its room, for the person who works on it."""

from __future__ import annotations

from typing import Literal, NamedTuple

from lfroadmap.errors import RoadmapError

Phase = Literal["off", "connecting", "joining", "in_step", "behind", "waiting", "final"]
"""`waiting`: without a connection, tried again by itself; `final`: not before a person acts."""


class Colleague(NamedTuple):
    """Somebody else who is in the room."""

    client: int
    name: str
    node: str
    """Id of the node where they are; empty where that is unknown."""


class TeamStatus(NamedTuple):
    """The state of a connection; replaced, never changed."""

    phase: Phase = "off"
    behind: int = 0
    """Updates that were sent and not acknowledged, or could not be sent."""
    is_read_only: bool = False
    people: tuple[Colleague, ...] = ()
    error: RoadmapError | None = None
    """Why it waits, or is final."""
    last_contact: int = 0
    """When the server was heard last, in milliseconds since 1970; 0 for never."""


class Final(Exception):
    """The room is not tried again before a person acts."""

    def __init__(self, error: RoadmapError) -> None:
        super().__init__(error)
        self.error = error


class Lost(Exception):
    """There is no connection; it is tried again."""

    def __init__(self, error: RoadmapError) -> None:
        super().__init__(error)
        self.error = error
