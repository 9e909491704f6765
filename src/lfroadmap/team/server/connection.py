"""One connection of a peer: its authentication, and the rooms that it is in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from websockets.exceptions import ConnectionClosed

from lfroadmap.errors import RoadmapError
from lfroadmap.team.awareness import read_states
from lfroadmap.team.limits import Limits
from lfroadmap.team.server.events import ReportEvent, report_to
from lfroadmap.team.server.outbox import Outbox
from lfroadmap.team.server.rate_limit import RateLimit
from lfroadmap.team.server.rooms import UNREADABLE, Rooms
from lfroadmap.team.server.tokens import Token, Tokens, is_valid_room
from lfroadmap.team.wire import (
    PONG,
    READ_ONLY,
    READ_WRITE,
    Auth,
    BadFrame,
    Frame,
    Kind,
    Step,
    auth,
    close,
    frame,
    read_auth,
    read_frame,
    read_sync,
    room_of,
    status,
    sync,
)

if TYPE_CHECKING:
    from websockets.asyncio.server import ServerConnection

    from lfroadmap.team.server.room import Room

DENIED = "permission-denied"
REVOKED = "revoked"
_BAD, _POLICY, _TOO_SLOW, _FORBIDDEN, _TIMEOUT = 1002, 1008, 1013, 4403, 4408
"""Codes that a connection is closed with."""
_LAST_WORDS = 1.0
"""Seconds to send what is queued before a connection is closed."""


class Services(NamedTuple):
    """What all connections of a server work with."""

    rooms: Rooms
    tokens: Tokens
    limits: Limits
    report: ReportEvent


class Membership:
    """A connection's place in a room."""

    def __init__(self, connection: Connection, key: str, token: Token) -> None:
        self._connection = connection
        self.key, self.token = key, token
        self.token_id = token.id
        self.room: Room | None = None
        """None once it has left."""

    def send(self, message: bytes) -> None:
        """Queue a message."""
        self._connection.send(message)

    def dismiss(self, reason: str) -> None:
        """End the work on the room, and say why."""
        self.send(close(self.key, reason))
        self._connection.leave(self)


class Connection:
    """A peer, from its first message to its last."""

    def __init__(self, socket: ServerConnection, services: Services) -> None:
        self._socket, self._services = socket, services
        self._rooms, self._limits = services.rooms, services.limits
        self._outbox = Outbox(self._limits, lambda: self._end(_TOO_SLOW, "too_slow"))
        self._members: dict[str, Membership] = {}
        self._denials = 0
        self._ending: asyncio.Task[None] | None = None
        self._handlers: dict[Kind, Callable[[Membership, Room, Frame], None]] = {
            Kind.SYNC: self._synchronise,
            Kind.SYNC_REPLY: self._synchronise,
            Kind.AWARENESS: self._take_presence,
            Kind.QUERY_AWARENESS: self._send_presence,
            Kind.PING: lambda member, room, frame_: self.send(frame(member.key, Kind.PONG)),
            Kind.CLOSE: lambda member, room, frame_: self.leave(member),
        }

    async def run(self) -> None:
        """Work until the connection is closed."""
        pump = asyncio.create_task(self._pump())
        timeout = asyncio.get_running_loop().call_later(self._limits.authentication, self._check_member)
        rate_limit = RateLimit(self._limits)
        try:
            async for message in self._socket:
                self._take(message)
                await rate_limit.wait(len(message))
        except ConnectionClosed:
            pass  # the peer is gone without a word
        finally:
            timeout.cancel()
            ending = [pump, *([self._ending] if self._ending else ())]
            for task in ending:
                task.cancel()
            for member in tuple(self._members.values()):
                self.leave(member)
            await asyncio.gather(*ending, return_exceptions=True)

    async def _pump(self) -> None:
        with suppress(ConnectionClosed):
            await self._outbox.pump(self._socket.send)

    def send(self, message: bytes) -> None:
        """Queue a message."""
        self._outbox.put(message)

    def _end(self, code: int, reason: str) -> None:
        """Close the connection, after what is queued where the peer takes it."""
        if self._ending is None:
            report_to(self._services.report, f"closed_{reason}")
            self._ending = asyncio.create_task(self._close(code, reason))

    async def _close(self, code: int, reason: str) -> None:
        await self._outbox.drained(_LAST_WORDS)
        await self._socket.close(code, reason)

    def _check_member(self) -> None:
        if not self._members:
            self._end(_TIMEOUT, "no_token")

    # ------------------------------------------------------------------ messages

    def _take(self, message: str | bytes) -> None:
        if self._ending is not None:
            return
        if isinstance(message, str):
            self._end(_BAD, "bad_frame")
            return
        try:
            self._handle(read_frame(message))
        except BadFrame:
            self._end(_BAD, "bad_frame")

    def _handle(self, received: Frame) -> None:
        if not received.key and received.kind in (Kind.PING, Kind.PONG):
            if received.kind is Kind.PING:
                self.send(PONG)
            return
        if received.kind is Kind.AUTH:
            self._authenticate(received)
            return
        member = self._members.get(received.key)
        handler = self._handlers.get(received.kind)
        # what comes before a token, or after its end, is passed over, and so are kinds of no use here
        if member is not None and member.room is not None and handler is not None:
            handler(member, member.room, received)

    def _authenticate(self, received: Frame) -> None:
        message, secret = read_auth(received.body)
        if message is not Auth.TOKEN or received.key in self._members:
            return
        name = room_of(received.key)
        token = self._services.tokens.find(secret, name) if is_valid_room(name) else None
        if token is None:
            self._deny(received.key)
            return
        if len(self._members) >= self._limits.rooms:
            self._end(_POLICY, "too_many_rooms")
            return
        self._enter(Membership(self, received.key, token))

    def _deny(self, key: str) -> None:
        self._denials += 1
        address = self._socket.remote_address
        report_to(self._services.report, "denied", address=address[0] if address else "")
        self.send(auth(key, Auth.DENIED, DENIED))
        if self._denials >= self._limits.denials:
            self._end(_FORBIDDEN, "invalid_tokens")

    def _enter(self, member: Membership) -> None:
        token = member.token
        try:
            room = member.room = self._rooms.enter(token.room, member)
        except RoadmapError as error:
            report_to(self._services.report, "unreadable", room=token.room, reason=error)
            self.send(close(member.key, UNREADABLE))
            return
        self._members[member.key] = member
        report_to(self._services.report, "joined", name=token.name, room=token.room)
        self.send(auth(member.key, Auth.AUTHENTICATED, READ_ONLY if token.is_read_only else READ_WRITE))
        if presence := room.presence_of_all(member.key):
            self.send(presence)

    def leave(self, member: Membership) -> None:
        """Leave a room; can be called again."""
        self._members.pop(member.key, None)
        if member.room is not None:
            room, member.room = member.room, None
            self._rooms.leave(room, member)
            report_to(self._services.report, "left", name=member.token.name, room=room.name)

    def end_invalid(self, valid: frozenset[int]) -> None:
        """Leave the rooms whose token is no longer valid, and close the connection without any."""
        for member in tuple(self._members.values()):
            if member.token.id not in valid:
                self.send(auth(member.key, Auth.DENIED, REVOKED))
                member.dismiss(REVOKED)
                if not self._members:
                    self._end(_FORBIDDEN, REVOKED)

    # ------------------------------------------------------------------ in a room

    def _synchronise(self, member: Membership, room: Room, received: Frame) -> None:
        step, payload = read_sync(received.body)
        if step is Step.STATE:
            try:
                missing = self._rooms.missing(room, payload)
            except ValueError as error:
                raise BadFrame("no state vector") from error
            self.send(sync(member.key, Step.MISSING, missing))
            if received.kind is Kind.SYNC:
                self.send(sync(member.key, Step.STATE, self._rooms.state(room)))
        elif member.token.is_read_only:
            self.send(status(member.key, taken=self._has(room, payload)))
        else:
            self._rooms.take(room, member, payload)

    def _has(self, room: Room, update: bytes) -> bool:
        try:
            return self._rooms.has(room, update)
        except ValueError:
            return False

    def _take_presence(self, member: Membership, room: Room, received: Frame) -> None:
        room.take_presence(member, read_states(received.body), self._limits)

    def _send_presence(self, member: Membership, room: Room, received: Frame) -> None:
        if presence := room.presence_of_all(member.key):
            self.send(presence)
