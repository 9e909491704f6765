"""The official JavaScript provider of Hocuspocus joins our server, edits, and meets others there."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from room_server import RoomServer
from wire_peer import Peer

ROOT = Path(__file__).parents[2]
ROOM = "תוכנית"
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(
        not os.environ.get("CI")
        and not (shutil.which("node") and (ROOT / "node_modules" / "@hocuspocus" / "provider").exists()),
        reason="needs node, and npm install --no-package-lock",
    ),
]


class Provider:
    """The provider in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.events: list[dict[str, Any]] = []

    def command(self, **what: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(what).encode() + b"\n")

    async def until(self, fits: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """The next event that fits."""
        assert self._process.stdout is not None
        async with asyncio.timeout(20):
            while line := await self._process.stdout.readline():
                event: dict[str, Any] = json.loads(line)
                self.events.append(event)
                if fits(event):
                    return event
        raise AssertionError(self.events)

    async def shows(self, cards: dict[str, object]) -> None:
        await self.until(lambda event: event.get("cards") == cards)

    async def is_in_step(self) -> None:
        await self.until(lambda event: event.get("number") == 0)


@asynccontextmanager
async def provider(url: str, token: str, *more: str) -> AsyncIterator[Provider]:
    script = ROOT / "tests" / "team" / "provider.mjs"
    process = await asyncio.create_subprocess_exec(
        "node", str(script), url, ROOM, token, *more,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    try:
        yield Provider(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 5)
        except TimeoutError:
            process.kill()
            await process.wait()


@pytest.mark.parametrize("sessions", ["", "sessions"])
async def test_it_joins_edits_and_meets_others(sessions: str, server: RoomServer) -> None:
    token = server.token("js", ROOM)
    server.start()
    peer = Peer(server.url, ROOM, server.token("dana", ROOM))
    await peer.join()
    await peer.edit("before", "שלום")
    async with provider(server.url, token, sessions) as other:
        await other.until(lambda event: event.get("scope") == "read-write")
        await other.shows({"before": "שלום"})
        other.command(set=["from js", 1], appear="אבי")
        await peer.until(lambda: peer.values.get("from js") == 1)
        await other.is_in_step()
        await peer.until(lambda: any("אבי" in state.state for state in peer.presences.values()))
        other.command(text=["long", "abc"])
        await peer.until(lambda: "long" in peer.values)
        await peer.appear('{"user": "דנה"}')
        await other.until(lambda event: "דנה" in event.get("users", ()))
        other.command(connect=False)
        await peer.until(lambda: any(state.state == "null" for state in peer.presences.values()))
        other.command(set=["offline", 2])
        await peer.edit("meanwhile", 3)
        other.command(connect=True)
        await peer.until(lambda: peer.values.get("offline") == 2)
        await other.until(lambda event: event.get("cards", {}).get("meanwhile") == 3)
    await peer.leave()


async def test_its_rights_are_kept(server: RoomServer) -> None:
    token = server.token("reader", ROOM, read_only=True)
    server.start()
    peer = Peer(server.url, ROOM, server.token("dana", ROOM))
    await peer.join()
    async with provider(server.url, token) as reader:
        await reader.until(lambda event: event.get("scope") == "readonly")
        await reader.until(lambda event: event["event"] == "synced")
        reader.command(set=["x", 1])
        await peer.edit("y", 2)
        await reader.until(lambda event: event.get("cards", {}).get("y") == 2)
        assert peer.values == {"y": 2}
    async with provider(server.url, "wrong") as nobody:
        await nobody.until(lambda event: event.get("reason") == "permission-denied")
    await peer.leave()
