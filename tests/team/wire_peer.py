"""A peer of the tests: a Yjs document that is kept in step over a socket, without a store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from pycrdt import Doc, Map, TransactionEvent
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from lfroadmap.team.awareness import State, read_states, states_body
from lfroadmap.team.wire import (
    Auth,
    Frame,
    Kind,
    Reader,
    Step,
    auth,
    frame,
    read_auth,
    read_frame,
    read_sync,
    sync,
)

PATIENCE = 20.0


class Peer:
    """A document and a connection to a room; the document outlives connections."""

    def __init__(self, url: str, room: str, token: str) -> None:
        self.url, self.room, self.token = url, room, token
        self.doc: Doc[Any] = Doc()
        self.cards: Map[Any] = self.doc.get("cards", type=Map)
        self.socket: ClientConnection | None = None
        self.scope = self.denied = self.closed = self.left = ""
        self.yes = self.no = self.sent = 0
        """Acknowledged and refused updates, and those that were sent, of this connection."""
        self.presences: dict[int, State] = {}
        self.is_synced = False
        self._outgoing: list[bytes] = []
        self._applying = False
        self._came = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None
        self._subscription = self.doc.observe(self._note)

    def _note(self, event: TransactionEvent) -> None:
        if not self._applying:
            self._outgoing.append(event.update)

    async def join(self, *, wait: bool = True) -> None:
        self.scope = self.denied = self.closed = self.left = ""
        self.yes = self.no = self.sent = 0
        self.is_synced = False
        self._outgoing.clear()
        self.socket = await connect(self.url, max_size=None, compression=None, ping_interval=None)
        self._task = asyncio.create_task(self._read(self.socket))
        await self.socket.send(auth(self.room, Auth.TOKEN, self.token))
        await self.socket.send(sync(self.room, Step.STATE, self.doc.get_state()))
        if wait:
            await self.until(lambda: self.is_synced)

    async def _read(self, socket: ClientConnection) -> None:
        try:
            async for message in socket:
                assert isinstance(message, bytes)
                await self._take(socket, read_frame(message))
                async with self._came:
                    self._came.notify_all()
        except ConnectionClosed:
            pass
        async with self._came:
            self.closed = self.closed or f"{socket.close_code} {socket.close_reason}"
            self._came.notify_all()

    async def _take(self, socket: ClientConnection, received: Frame) -> None:
        assert received.key == self.room
        match received.kind:
            case Kind.SYNC | Kind.SYNC_REPLY:
                await self._synchronise(socket, *read_sync(received.body))
            case Kind.AUTH:
                message, text = read_auth(received.body)
                if message is Auth.DENIED:
                    self.denied = text
                else:
                    self.scope = text
            case Kind.SYNC_STATUS:
                if received.body == b"\1":
                    self.yes += 1
                else:
                    self.no += 1
            case Kind.CLOSE:
                self.left = Reader(received.body).text()
            case Kind.AWARENESS:
                self.presences |= {each.client: each for each in read_states(received.body)}

    async def _synchronise(self, socket: ClientConnection, step: Step, payload: bytes) -> None:
        if step is Step.STATE:
            self.sent += 1
            await socket.send(sync(self.room, Step.MISSING, self.doc.get_update(payload)))
            return
        self._applying = True
        self.doc.apply_update(payload)
        self._applying = False
        self.is_synced = self.is_synced or step is Step.MISSING

    async def until(self, fits: Callable[[], object], timeout: float = PATIENCE) -> None:
        async with asyncio.timeout(timeout), self._came:
            await self._came.wait_for(fits)

    async def push(self) -> None:
        """Send what was edited."""
        assert self.socket is not None
        updates, self._outgoing = self._outgoing, []
        for update in updates:
            self.sent += 1
            await self.socket.send(sync(self.room, Step.UPDATE, update))

    async def edit(self, key: str, value: object, *, wait: bool = True) -> None:
        """Set a value, send it, and wait until it is acknowledged."""
        self.cards[key] = value
        if self.socket is not None:
            await self.push()
            if wait:
                await self.until(lambda: self.yes + self.no >= self.sent)

    async def appear(self, state: str, clock: int = 1, client: int | None = None) -> None:
        assert self.socket is not None
        presence = State(self.doc.client_id if client is None else client, clock, state)
        await self.socket.send(frame(self.room, Kind.AWARENESS, states_body([presence])))

    async def leave(self) -> None:
        if self.socket is not None:
            await self.socket.close()
            self.socket = None
        if self._task is not None:
            await self._task
            self._task = None

    def abandon(self) -> None:
        """Drop the connection of a server that is gone."""
        self.socket = None
        self._task = None

    @property
    def values(self) -> dict[str, Any]:
        return dict(self.cards.items())
