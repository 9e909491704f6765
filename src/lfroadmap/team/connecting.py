"""Opening a connection to a server, and showing the token of a room."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidURI

from lfroadmap.errors import RoadmapError
from lfroadmap.team.quiet_log import LOGGER
from lfroadmap.team.room_address import RoomAddress
from lfroadmap.team.status import Final, Lost
from lfroadmap.team.wire import READ_ONLY, Auth, BadFrame, Frame, Kind, auth, read_auth, read_frame

CONNECT_TIMEOUT, ANSWER_TIMEOUT, CLOSE_TIMEOUT = 10.0, 5.0, 1.5
PING_INTERVAL = 20.0
LARGEST = 32_000_000
"""Bytes of a message that is read; larger ones than the store merges are refused there, with words."""


@asynccontextmanager
async def connected(address: RoomAddress) -> AsyncIterator[ClientConnection]:
    """A connection to a server; raises Lost where it is not reached or goes, Final where it never will be."""
    socket: ClientConnection | None = None
    try:
        async with connect(
            address.server, max_size=LARGEST, compression=None, open_timeout=CONNECT_TIMEOUT,
            close_timeout=CLOSE_TIMEOUT, ping_interval=PING_INTERVAL, ping_timeout=PING_INTERVAL,
            user_agent_header=None, proxy=None, logger=LOGGER,
        ) as socket:  # fmt: skip
            yield socket
    except (InvalidURI, UnicodeError) as error:
        raise Final(RoadmapError("team_address_unusable", address=address.shown)) from error
    except (OSError, TimeoutError, InvalidHandshake, ConnectionClosed) as error:
        raise Lost(RoadmapError("team_unreachable", server=address.server)) from error
    finally:
        if socket is not None:
            socket.transport.abort()  # it is open still where closing was cancelled


async def authenticate(socket: ClientConnection, address: RoomAddress, token: str) -> bool:
    """Show the token; True where it only reads.

    Raises Final where it is refused, and Lost where the server stays silent.
    """
    await socket.send(auth(address.room, Auth.TOKEN, token))
    try:
        async with asyncio.timeout(ANSWER_TIMEOUT):
            while True:
                received = frame_for(address, await socket.recv())
                if received is not None and received.kind is Kind.AUTH:
                    return is_read_only(received, address)
    except TimeoutError as error:
        raise Lost(RoadmapError("team_silent", server=address.server)) from error


def is_read_only(received: Frame, address: RoomAddress) -> bool:
    """True if the rights are for reading only; raises Final where there are none, or no more."""
    try:
        message, text = read_auth(received.body)
    except BadFrame as error:
        raise Lost(RoadmapError("team_silent", server=address.server)) from error
    if message is Auth.DENIED:
        raise Final(RoadmapError("team_denied", room=address.room))
    return text == READ_ONLY


def frame_for(address: RoomAddress, message: str | bytes) -> Frame | None:
    """A frame for this room; None for others, and for what a newer server may say."""
    if isinstance(message, str):
        return None
    try:
        received = read_frame(message)
    except BadFrame:
        return None
    return received if received.key == address.room else None
