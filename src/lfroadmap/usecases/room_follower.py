"""Keeping a roadmap in step with its room for a command that goes on; the others see nobody there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.usecases.team import client_of

if TYPE_CHECKING:
    from lfroadmap.store.events import Event
    from lfroadmap.store.store import Store
    from lfroadmap.team.client import TeamClient
    from lfroadmap.team.status import TeamStatus


class RoomFollower:
    """The connection of a store that is open; does nothing for a roadmap that is in no room."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._client: TeamClient | None = None
        self._error: RoadmapError | None = None
        self._said = ""

    def start(self) -> None:
        """Connect, where the roadmap is in a room; the store has been started."""
        try:
            self._client = client_of(self._store, self._observe, is_present=False)
        except RoadmapError as error:
            self._error = error
        if self._client is not None:
            self._client.start()

    def deliver(self, event: Event) -> None:
        """Take an event of the store; on any thread."""
        if self._client is not None:
            self._client.deliver(event)

    def _observe(self, status: TeamStatus) -> None:
        if status.phase in ("in_step", "waiting", "final"):
            self._error = status.error

    def problem(self) -> RoadmapError | None:
        """Why the room is not reached, once for each reason; None where nothing new is to be said."""
        error = self._error
        key, before = error.key if error else "", self._said
        self._said = key
        return error if key != before else None

    def stop(self) -> None:
        """End the connection."""
        if self._client is not None:
            self._client.stop()
