"""Looking at a room before a roadmap is made of it: what is in it, and whether it can be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Literal, NamedTuple

from websockets.asyncio.client import ClientConnection

from lfroadmap.errors import RoadmapError
from lfroadmap.store.document.document import Document
from lfroadmap.store.document.yjs_document import library_errors
from lfroadmap.store.merging import MAX_UPDATE
from lfroadmap.team.connecting import authenticate, connected, frame_for
from lfroadmap.team.room_address import RoomAddress
from lfroadmap.team.status import Final, Lost
from lfroadmap.team.wire import BadFrame, Kind, Step, read_sync, sync

DOWNLOAD_TIMEOUT = 120.0
_NOTHING = b"\0"
"""The state vector of an empty document."""


JoinStep = Literal["reaching", "receiving", "reading", "writing"]
"""What is done while a roadmap is made of a room, in this order."""
ReportStep = Callable[[JoinStep], None]


class RoomContent(NamedTuple):
    """The whole document in a room; `lineage` is empty where there is no roadmap in it."""

    update: bytes
    lineage: str
    is_read_only: bool


def download(address: RoomAddress, token: str, report: ReportStep = lambda step: None) -> RoomContent:
    """What is in a room; raises RoadmapError where it cannot be reached, entered or read.

    `report` is called at the beginning of each step, and what it raises ends the work.
    """
    report("reaching")
    try:
        update, is_read_only = asyncio.run(_download(address, token, report))
    except (Final, Lost) as error:
        raise error.error from error
    report("reading")
    return _content(update, is_read_only)


async def _download(address: RoomAddress, token: str, report: ReportStep) -> tuple[bytes, bool]:
    """The whole document, and whether the token only reads."""
    async with connected(address) as socket:
        is_read_only = await authenticate(socket, address, token)
        report("receiving")
        await socket.send(sync(address.room, Step.STATE, _NOTHING))
        async with asyncio.timeout(DOWNLOAD_TIMEOUT):
            return await _whole(socket, address), is_read_only


async def _whole(socket: ClientConnection, address: RoomAddress) -> bytes:
    while True:
        received = frame_for(address, await socket.recv())
        if received is not None and received.kind is Kind.CLOSE:
            raise Lost(RoadmapError("team_sent_away", server=address.server))
        if received is not None and received.kind in (Kind.SYNC, Kind.SYNC_REPLY):
            try:
                step, payload = read_sync(received.body)
            except BadFrame:
                continue
            if step is Step.MISSING:
                return payload


def _content(update: bytes, is_read_only: bool) -> RoomContent:
    """The content of a whole document; raises RoadmapError where it is too large or makes no sense."""
    if len(update) > MAX_UPDATE:
        raise RoadmapError("merge_too_large")
    scratch = Document()
    try:
        scratch.merge(update)
        with library_errors():
            return RoomContent(update, scratch.lineage if scratch.is_roadmap else "", is_read_only)
    except ValueError as error:
        raise RoadmapError("merge_unreadable") from error
