"""Keeping a roadmap in step with its room, on a thread of its own, for as long as its store is open."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress

from lfroadmap.errors import RoadmapError, SaveFailed
from lfroadmap.store.events import Event
from lfroadmap.store.sqlite.file_schema import TeamRoom
from lfroadmap.store.sqlite.team_room import update_room, write_rights
from lfroadmap.store.store import Store
from lfroadmap.team.backoff import Backoff
from lfroadmap.team.presence import RoomPresence
from lfroadmap.team.room_address import RoomAddress
from lfroadmap.team.session import RoomSession, SessionState, is_nothing_new
from lfroadmap.team.status import Final, Lost, Phase, TeamStatus
from lfroadmap.team.store_port import StorePort

Observe = Callable[[TeamStatus], None]
WAKE_INTERVAL = 3.0
"""Seconds between two attempts to connect that edits are the cause of."""
STOP_TIMEOUT = 3.0
"""Seconds that ending waits for the thread."""


class TeamClient:
    """The client of one roadmap that is in a room."""

    def __init__(
        self,
        store: Store,
        room: TeamRoom,
        token: str,
        name: str,
        observe: Observe,
        *,
        is_read_only: bool = False,
        is_present: bool = True,
    ) -> None:
        """`observe` is called on the client's thread with each new status; `name` is shown to others.

        `is_read_only`: as far as is known, the token only reads. `is_present`: the others see `name` in the
        room.
        """
        self._path = store.path
        self._room, self._token = room, token
        self._port = StorePort(store)
        self._presence = RoomPresence(name, is_shown=is_present)
        self._observe = observe
        self.status = TeamStatus(is_read_only=is_read_only, last_contact=room.last_contact)
        self._noted_read_only = is_read_only
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="roadmap-team", daemon=True)
        self._wake = asyncio.Event()
        self._main: asyncio.Task[None] | None = None
        self._session: RoomSession | None = None
        self._state = SessionState(self._show)
        self._unsent = 0
        """Updates of this side that no connection has sent, as far as they are known."""
        self._is_ending = False
        self._woken = 0.0

    def start(self) -> None:
        """Begin to connect."""
        self._port.attach(self._loop)
        self._thread.start()

    def deliver(self, event: Event) -> None:
        """Take an event of the store, on any thread."""
        self._port.deliver(event)

    def stop(self, seconds: float = STOP_TIMEOUT) -> None:
        """End the connection, and wait for that a little; what was confirmed is noted in the file."""
        self._is_ending = True
        self._call(self._cancel)
        if self._thread.is_alive():
            self._thread.join(seconds)

    def wake(self) -> None:
        """Try to connect now, where it waits for the next attempt."""
        self._call(self._wake.set)

    def go(self, node: str) -> None:
        """Send the others where this person is: the id of a stage or a card."""
        self._call(lambda: self._go(node))

    def _call(self, action: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop is closed: it has ended
            self._loop.call_soon_threadsafe(action)

    def _cancel(self) -> None:
        if self._main is not None:
            self._main.cancel()

    def _go(self, node: str) -> None:
        if self._presence.go(node) and self._session is not None:
            self._session.show_presence()

    # ------------------------------------------------------------ on the thread

    def _run(self) -> None:
        try:
            self._main = self._loop.create_task(self._stay())
            if self._is_ending:
                self._main.cancel()
            with suppress(asyncio.CancelledError):
                self._loop.run_until_complete(self._main)
        finally:
            self._keep()
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(asyncio.sleep(0))  # sockets close in a turn
            self._loop.close()

    async def _stay(self) -> None:
        """Connect again and again, until stopped or refused for good."""
        self._port.on_ended = self._cancel
        self._port.on_committed = self._send
        backoff, address = Backoff(), RoomAddress(self._room.server, self._room.room)
        if not await self._is_of_the_room():
            return
        while True:
            self._state = SessionState(self._show, is_read_only=self.status.is_read_only)
            self._session = RoomSession(
                address, self._token, self._room.lineage,
                port=self._port, presence=self._presence, state=self._state,
            )  # fmt: skip
            self._set(self.status._replace(phase="connecting", behind=self._unsent))
            try:
                await self._session.run()
            except Final as final:
                self._lose(final.error, "final")
                return
            except Lost as lost:
                self._lose(lost.error, "waiting")
            if self._state.is_joined:
                backoff.reset()
            self._wake.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), backoff.next())

    async def _is_of_the_room(self) -> bool:
        """True if the document is the one that was shared; from then on its updates are sent."""
        state = await self._port.state()
        if state.error is None and state.lineage != self._room.lineage:
            self._lose(RoadmapError("team_foreign"), "final")
            return False
        if self._room.acknowledged:
            missing = await self._port.missing(self._room.acknowledged)
            self._unsent = int(missing.error is None and not is_nothing_new(missing.update))
        return True

    def _send(self, updates: tuple[bytes, ...]) -> None:
        if self._session is None or not self._session.send_committed(updates):
            self._unsent += len(updates)
            self._show()
            if self._session is None and self._loop.time() - self._woken >= WAKE_INTERVAL:
                self._woken = self._loop.time()
                self._wake.set()  # somebody works here: the next attempt is now

    def _lose(self, error: RoadmapError, phase: Phase) -> None:
        self._session = None
        self._presence.forget()
        self._keep()
        self._unsent += self._state.outstanding
        contact = self._state.last_contact or self.status.last_contact
        self._set(TeamStatus(phase, self._unsent, self._state.is_read_only, (), error, contact))

    def _show(self) -> None:
        """Make the status of what is known of the connection."""
        state = self._state
        if state.last_contact and state.is_read_only != self._noted_read_only:
            self._noted_read_only = state.is_read_only
            with suppress(SaveFailed):  # it is asked for again with the next connection
                write_rights(self._path, self._room, reads_only=state.is_read_only)
        if self._session is None or not state.last_contact:
            self._set(self.status._replace(behind=self._unsent))
            return
        if state.is_joined and not state.is_read_only:
            self._unsent = 0  # the room lacked it, and was sent it
        behind = state.outstanding + (self._unsent or int(state.unsent))
        phase: Phase = "joining" if not state.is_joined else "behind" if behind else "in_step"
        people = self._presence.people
        self._set(TeamStatus(phase, behind, state.is_read_only, people, None, state.last_contact))

    def _set(self, status: TeamStatus) -> None:
        is_new = status._replace(last_contact=0) != self.status._replace(last_contact=0)
        self.status = status
        if is_new:
            self._observe(status)

    def _keep(self) -> None:
        """Note in the file what was confirmed; where the disk refuses, it is asked for again."""
        if not self._state.last_contact:
            return
        acknowledged = self._state.acknowledged or self._room.acknowledged
        noted = self._room._replace(acknowledged=acknowledged, last_contact=self._state.last_contact)
        if noted != self._room:
            self._room = noted
            with suppress(SaveFailed):
                update_room(self._path, noted)
