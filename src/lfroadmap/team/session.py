"""One connection to a room: token, what each side lacks, then every update as it comes.

Nothing is sent to the room before what the room has was merged here: two roadmaps that have nothing in common
are never mixed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from dataclasses import dataclass

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

from lfroadmap.errors import RoadmapError
from lfroadmap.machine import milliseconds_now
from lfroadmap.team.awareness import read_states, states_body
from lfroadmap.team.connecting import authenticate, connected, frame_for, is_read_only
from lfroadmap.team.presence import REPEAT, RoomPresence
from lfroadmap.team.room_address import RoomAddress
from lfroadmap.team.status import Final, Lost
from lfroadmap.team.store_port import StorePort
from lfroadmap.team.wire import BadFrame, Frame, Kind, Reader, Step, frame, read_sync, sync

MOST_REFUSALS = 3
"""Updates that a server refuses one after another, after which it is not tried again."""
_EMPTY = (b"", b"\0\0")
"""Updates with nothing in them."""


@dataclass(slots=True)
class SessionState:
    """What is known of a connection; changed in place, and `changed` is called then."""

    changed: Callable[[], None]
    is_joined: bool = False
    is_read_only: bool = False
    outstanding: int = 0
    """Updates that were sent and not acknowledged."""
    unsent: bool = False
    """True where this side has what may not be sent, as the token only reads."""
    last_contact: int = 0
    acknowledged: bytes = b""
    """State vector of the document when everything was acknowledged last."""


class RoomSession:
    """A connection; `run` returns only by raising Lost or Final."""

    def __init__(
        self,
        address: RoomAddress,
        token: str,
        lineage: str,
        *,
        port: StorePort,
        presence: RoomPresence,
        state: SessionState,
    ) -> None:
        """`lineage` is that of the roadmap."""
        self._address, self._token, self._lineage = address, token, lineage
        self._port, self._presence, self._state = port, presence, state
        self._socket: ClientConnection
        self._waiting: list[bytes] = []
        """Updates that came before what the room had."""
        self._committed: list[bytes] = []
        """Updates of this side since what the room lacks was asked for, until that was sent."""
        self._server_state: bytes | None = None
        self._is_merged = False
        self._refusals = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: asyncio.Future[None]

    async def run(self) -> None:
        """Connect, join, and stay in step until the connection is lost; raises Lost or Final."""
        self._failed = asyncio.get_running_loop().create_future()
        try:
            async with connected(self._address) as self._socket:
                await self._work()
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            self._failed.cancel()

    async def _work(self) -> None:
        self._state.is_read_only = await authenticate(self._socket, self._address, self._token)
        self._heard()
        reading, repeating = asyncio.create_task(self._read()), asyncio.create_task(self._repeat_presence())
        self._tasks |= {reading, repeating}
        await self._ask()
        done, _ = await asyncio.wait((reading, self._failed), return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
        raise _lost(self._address)

    def _heard(self) -> None:
        self._state.last_contact = milliseconds_now()
        self._state.changed()

    # ----------------------------------------------------------------- receiving

    async def _read(self) -> None:
        async for message in self._socket:
            received = frame_for(self._address, message)
            if received is not None:
                with suppress(BadFrame):  # what makes no sense is passed over
                    await self._take(received)

    async def _take(self, received: Frame) -> None:
        match received.kind:
            case Kind.SYNC | Kind.SYNC_REPLY:
                await self._synchronise(*read_sync(received.body))
            case Kind.SYNC_STATUS:
                await self._take_status(taken=Reader(received.body).number() == 1)
            case Kind.AWARENESS:
                if self._presence.take(read_states(received.body)):
                    self._state.changed()
            case Kind.QUERY_AWARENESS:
                await self._send_presence()
            case Kind.AUTH:
                self._state.is_read_only = is_read_only(received, self._address)
            case Kind.CLOSE if Reader(received.body).text() == "room-full":
                raise Final(RoadmapError("team_room_full", room=self._address.room))
            case Kind.CLOSE:
                raise Lost(RoadmapError("team_sent_away", server=self._address.server))
            case _:
                pass

    async def _synchronise(self, step: Step, payload: bytes) -> None:
        if step is Step.STATE:
            self._server_state = payload
            if self._is_merged:
                await self._send_missing()
        elif step is Step.MISSING:
            await self._merge_base(payload)
        elif self._is_merged:
            self._start(self._merge_live(payload))
        else:
            self._waiting.append(payload)

    async def _merge_base(self, payload: bytes) -> None:
        """Merge what the room has and this side lacks; then what came meanwhile, and what the room lacks."""
        if payload not in _EMPTY:
            merged = await self._port.merge(payload, self._lineage)
            if merged.outcome == "refused" and merged.error is not None:
                raise Final(_refusal(merged.error))
            if merged.outcome == "failed":
                raise _lost(self._address, merged.error)
        waiting, self._waiting = self._waiting, []
        self._is_merged = True
        for update in waiting:
            self._start(self._merge_live(update))
        if self._server_state is not None and not self._state.is_joined:
            await self._send_missing()

    async def _merge_live(self, update: bytes) -> None:
        """Merge an update as it comes; one without sense is passed over, as by everybody else."""
        merged = await self._port.merge(update, self._lineage)
        if merged.outcome == "failed":
            self._fail(_lost(self._address, merged.error))
        elif merged.outcome == "refused" and merged.error is not None and merged.error.key == "merge_foreign":
            self._fail(Final(_refusal(merged.error)))
        elif merged.outcome in ("waiting", "dropped"):
            await self._ask()

    async def _ask(self) -> None:
        """Ask for all that the room has and this side lacks, and be asked for the reverse."""
        state = await self._port.state()
        if state.error is not None:
            self._fail(_lost(self._address, state.error))
        elif state.lineage != self._lineage:
            self._fail(Final(RoadmapError("team_foreign")))
        else:
            await self._socket.send(sync(self._address.room, Step.STATE, state.state))

    def _start(self, work: Coroutine[object, object, None]) -> None:
        """Do something beside reading, such as waiting for the disk."""
        task = asyncio.create_task(_quiet(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        task.add_done_callback(lambda _: work.close())  # it may have been cancelled before it began

    def _fail(self, error: Lost | Final) -> None:
        if not self._failed.done():
            self._failed.set_exception(error)

    # ------------------------------------------------------------------- sending

    def send_committed(self, updates: tuple[bytes, ...]) -> bool:
        """Send what is durable here now; False where it comes later, or may not be sent."""
        if not self._state.is_joined:
            self._committed += updates
            return False
        if self._state.is_read_only:
            return False
        self._start(self._send_updates(updates))
        return True

    async def _send_updates(self, updates: Sequence[bytes]) -> None:
        for update in updates:
            self._state.outstanding += 1
            self._state.changed()
            await self._socket.send(sync(self._address.room, Step.UPDATE, update))

    async def _send_missing(self) -> None:
        """Send what the room lacks; after that this side is in step, or waits for the acknowledgement."""
        assert self._server_state is not None
        self._committed.clear()
        missing = await self._port.missing(self._server_state)
        if missing.error is not None:
            raise _lost(self._address, missing.error)
        state, was_joined = self._state, self._state.is_joined
        state.is_joined = True
        if state.is_read_only:
            state.unsent = not is_nothing_new(missing.update)
        else:
            state.outstanding += 1
            await self._socket.send(sync(self._address.room, Step.MISSING, missing.update))
            await self._send_updates(self._committed.copy())
        if not was_joined:
            await self._send_presence()
        state.changed()

    async def _take_status(self, *, taken: bool) -> None:
        self._state.outstanding = max(self._state.outstanding - 1, 0)
        self._heard()
        if not taken:
            self._refusals += 1
            if self._refusals >= MOST_REFUSALS:
                raise Final(RoadmapError("team_updates_refused", server=self._address.server))
            await self._ask()
        elif self._state.outstanding == 0:
            self._refusals = 0
            self._start(self._note_acknowledged())

    async def _note_acknowledged(self) -> None:
        state = await self._port.state()
        if state.error is None and self._state.outstanding == 0:
            self._state.acknowledged = state.state
            self._state.changed()

    async def _send_presence(self) -> None:
        if not self._presence.is_shown:
            return
        body = states_body([self._presence.own()])
        await self._socket.send(frame(self._address.room, Kind.AWARENESS, body))

    def show_presence(self) -> None:
        """Send the others where this person is now."""
        if self._state.is_joined:
            self._start(self._send_presence())

    async def _repeat_presence(self) -> None:
        while True:
            await asyncio.sleep(REPEAT)
            if self._state.is_joined:
                await self._send_presence()


async def _quiet(work: Coroutine[object, object, None]) -> None:
    """Work on a connection; its loss is seen where it is read."""
    with suppress(ConnectionClosed):
        await work


def is_nothing_new(update: bytes) -> bool:
    """True if an update has no new content; deletions, which every one repeats, are not looked at."""
    return update[:1] in (b"", b"\0")


def _lost(address: RoomAddress, error: RoadmapError | None = None) -> Lost:
    return Lost(error or RoadmapError("team_unreachable", server=address.server))


def _refusal(error: RoadmapError) -> RoadmapError:
    return RoadmapError("team_foreign") if error.key == "merge_foreign" else error
