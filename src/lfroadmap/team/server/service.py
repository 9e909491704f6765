"""The server: takes connections until it is stopped."""

from __future__ import annotations

import asyncio
import ipaddress
import os
import socket
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from ssl import SSLContext
from typing import NamedTuple

from websockets.asyncio.server import Server as SocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from lfroadmap import __version__
from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.json_text import json_text
from lfroadmap.team.limits import LIMITS, Limits
from lfroadmap.team.quiet_log import LOGGER
from lfroadmap.team.server.connection import Connection, Services
from lfroadmap.team.server.events import ReportEvent, report_to
from lfroadmap.team.server.room_log import RoomLog
from lfroadmap.team.server.rooms import Rooms
from lfroadmap.team.server.server_files import serving_alone
from lfroadmap.team.server.tokens import Tokens

HEALTH = "/health"
TOKEN_CHECK = 0.25
"""Seconds between two looks for tokens that were revoked."""
PING_INTERVAL, PING_TIMEOUT, CLOSE_TIMEOUT = 20.0, 20.0, 2.0
GOING_AWAY, TRY_LATER = 1001, 1013


class Address(NamedTuple):
    """Where a server listens; port 0 is any free one."""

    host: str
    port: int
    tls: SSLContext | None = None

    @property
    def is_loopback(self) -> bool:
        """True if nobody but this machine reaches it; raises RoadmapError for a name that is not known."""
        try:
            found = socket.getaddrinfo(self.host, None, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise RoadmapError("serve_host", host=self.host) from error
        return all(ipaddress.ip_address(str(at[0]).partition("%")[0]).is_loopback for *_, at in found)


class RoomServer:
    """A server of the rooms in a folder."""

    def __init__(self, folder: Path, report: ReportEvent, limits: Limits = LIMITS) -> None:
        self._folder, self._report, self._limits = folder, report, limits
        self._connections: set[Connection] = set()
        self._ended: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._is_ended = False

    def end(self) -> None:
        """End in good order; may be called on any thread, and by a signal."""
        self._is_ended = True
        if self._loop is not None and self._ended is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ended.set)

    def run(self, address: Address, ready: Callable[[int], None]) -> None:
        """Serve until stopped; `ready` is called with the port once connections are taken.

        Raises RoadmapError where it cannot: beyond this machine it is not done without tokens.
        """
        is_loopback = address.is_loopback
        with serving_alone(self._folder):
            tokens = Tokens(self._folder)
            try:
                if not is_loopback and not tokens.valid():
                    raise RoadmapError("serve_needs_token", host=address.host)
                asyncio.run(self._serve(address, tokens, ready))
            finally:
                tokens.close()

    async def _serve(self, address: Address, tokens: Tokens, ready: Callable[[int], None]) -> None:
        self._loop, self._ended = asyncio.get_running_loop(), asyncio.Event()
        log = RoomLog(self._folder)
        self._rooms = Rooms(log, self._limits, self._report)
        self._services = Services(self._rooms, tokens, self._limits, self._report)
        try:
            async with await self._listen(address) as server:
                port: int = next(iter(server.sockets)).getsockname()[1]
                ready(port)
                watch = asyncio.create_task(self._watch_tokens(tokens))
                if not self._is_ended:
                    await self._ended.wait()
                watch.cancel()
                self._rooms.commit()
                server.close(code=GOING_AWAY, reason="the server ends")
                await server.wait_closed()
        finally:
            self._rooms.close()
            log.close()

    async def _listen(self, address: Address) -> SocketServer:
        try:
            return await serve(
                self._connected, address.host, address.port, ssl=address.tls, process_request=self._answer,
                max_size=self._limits.message, compression=None, ping_interval=PING_INTERVAL,
                ping_timeout=PING_TIMEOUT, close_timeout=CLOSE_TIMEOUT, server_header=None,
                open_timeout=self._limits.authentication,
                logger=LOGGER,
            )  # fmt: skip
        except OSError as error:
            reason = os.strerror(error.errno) if error.errno else str(error)
            raise RoadmapError(
                "serve_address", host=address.host, port=address.port, reason=reason
            ) from error

    async def _connected(self, peer: ServerConnection) -> None:
        if len(self._connections) >= self._limits.connections:
            await peer.close(TRY_LATER, "too many connections")
            return
        connection = Connection(peer, self._services)
        self._connections.add(connection)
        try:
            await connection.run()
        finally:
            self._connections.discard(connection)

    def _answer(self, peer: ServerConnection, request: Request) -> Response | None:
        """The answer to what is no WebSocket: the health of the server, for monitoring."""
        if request.path.partition("?")[0] == HEALTH:
            failure = self._rooms.failure
            health = {
                "status": "ok" if failure is None else "not-saved",
                "version": __version__,
                "rooms": len(self._rooms.names),
                "connections": len(self._connections),
            }
            code = HTTPStatus.OK if failure is None else HTTPStatus.SERVICE_UNAVAILABLE
            answer = peer.respond(code, json_text(health, compact=True) + "\n")
            del answer.headers["Content-Type"]
            answer.headers["Content-Type"] = "application/json"
            return answer
        return None

    async def _watch_tokens(self, tokens: Tokens) -> None:
        while True:
            await asyncio.sleep(TOKEN_CHECK)
            try:
                if tokens.have_changed():
                    valid = tokens.valid()
                    for connection in tuple(self._connections):
                        connection.end_invalid(valid)
            except RoadmapError as error:
                report_to(self._report, "tokens_unreadable", reason=error)
