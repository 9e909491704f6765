"""Damaged frames, and updates with whatever in them: server and programs go on, and all have the same.

`LFROADMAP_FUZZ_SECONDS` says how long each of the two goes on; without it, a few seconds.
"""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any

import pytest
from pycrdt import Array, Doc, Map, Text
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from damage import damaged
from foreign_peer import ROOTS
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history import queries
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.team.awareness import State, states_body
from lfroadmap.team.joining import download
from lfroadmap.team.wire import READ_WRITE, Auth, Kind, Step, auth, close, frame, number, status, sync
from team_of_people import Team
from team_person import Colleague, same

pytestmark = pytest.mark.proof

SECONDS = float(os.environ.get("LFROADMAP_FUZZ_SECONDS", "8"))
FRAMES = 25
"""Frames of one connection at most."""
CHECK = 400
"""Frames between two looks at the others."""
IDS = ["r", "s", "c", "d", "f", "g", "t1", "t2", "k", "", "*", *(f"x{at}" for at in range(20))]
NAMES = [
    "parent",
    "pos",
    "deleted",
    "title",
    "text",
    "done",
    "due",
    "owner",
    "value",
    "kind",
    "options",
    "is",
]


class Senseless:
    """Frames for a room: damaged ones, and sound ones with senseless content."""

    def __init__(self, room: str, token: str, sound: bytes, chance: random.Random) -> None:
        """`sound` is what the room has."""
        self._room, self._token, self._sound, self._chance = room, token, sound, chance
        self.kinds: Counter[str] = Counter()

    def frame(self) -> bytes:
        chance, room = self._chance, self._room
        kind = chance.choice(["update", "odd", "odd", "presence", "auth", "other", "bytes"])
        self.kinds[kind] += 1
        match kind:
            case "update":
                made = sync(room, chance.choice(list(Step)), self._worse(self._odd_update()))
            case "odd":
                return sync(room, Step.UPDATE, self._odd_update())
            case "presence":
                state = chance.choice(["null", "[]", '{"user": {"name": "\\u202e\\u001b[2J"}}', '{"user":7}'])
                states = [State(chance.randrange(2**32), chance.randrange(9), state) for _ in range(3)]
                made = frame(room, Kind.AWARENESS, states_body(states))
            case "auth":
                made = auth(room, Auth.TOKEN, chance.choice([self._token, "x" * 50]))
            case "other":
                body = chance.choice([b"", number(chance.randrange(2**50)), chance.randbytes(9)])
                made = frame(room, chance.choice(list(Kind)), body)
            case _:
                return chance.randbytes(chance.randrange(1, 400))
        return self._worse(made) if chance.random() < 0.5 else made

    def _worse(self, data: bytes) -> bytes:
        return damaged(data, self._chance, self._chance.randrange(100)) if data else b""

    def _odd_update(self) -> bytes:
        """A sound update of somebody who has the roadmap and writes whatever into it."""
        chance = self._chance
        doc: Doc[Any] = Doc()
        doc.apply_update(self._sound)
        before = doc.get_state()
        with doc.transaction():
            for _ in range(chance.randrange(1, 4)):
                nodes = doc.get(chance.choice(ROOTS[1:]), type=Map)
                node = chance.choice(IDS)
                found = nodes.get(node)
                if isinstance(found, Map) and chance.random() < 0.7:
                    found[chance.choice(NAMES)] = self._value(2)
                elif chance.random() < 0.2:
                    nodes.pop(node, None)
                else:
                    nodes[node] = Map({"parent": chance.choice(IDS), "pos": "V", chance.choice(NAMES): 1})
                    if chance.random() < 0.4:
                        nodes[node] = self._value(3)
        return doc.get_update(before)

    def _value(self, depth: int) -> Any:  # noqa: ANN401 - any value that a document may have
        chance = self._chance
        plain = [None, True, 7, -1, 1e300, "", "שלום", "\u202e\x1b[2J", "9" * 300, b"\0"]
        kind = chance.randrange(6 if depth else 1)
        if kind == 1:
            return Text("of a peer")
        if kind == 2:
            return Array([self._value(depth - 1)])
        if kind == 3:
            return Map({chance.choice(NAMES): self._value(depth - 1)})
        return chance.choice(plain)


def goes_on(person: Colleague, numbers: Iterator[int]) -> None:
    """Add a KPI and remove it again, each in the file here."""
    kpi = Kpi(f"new{next(numbers)}")
    person.does(Add(kpi, person.roadmap.id))
    assert find(person.roadmap, kpi.id) is not None
    person.does(Remove(kpi.id))


async def test_frames_and_updates_without_sense_cost_nobody_anything(own_team: Team) -> None:
    """Beside two people in a room: its server takes the frames, and both go on in step."""
    dana, avi = await asyncio.to_thread(own_team.two)
    chance, numbers = random.Random(SECONDS), count()
    token = own_team.token("senseless")
    content = await asyncio.to_thread(download, own_team.address, token)
    senseless = Senseless(own_team.room, token, content.update, chance)
    sent, checked, end = 0, 0, time.monotonic() + SECONDS
    while time.monotonic() < end:
        try:
            async with connect(own_team.server.url, compression=None, open_timeout=20) as socket:
                await socket.send(auth(own_team.room, Auth.TOKEN, token))
                for _ in range(chance.randrange(1, FRAMES)):
                    await socket.send(senseless.frame())
                    sent += 1
        except ConnectionClosed:
            pass
        if sent - checked >= CHECK:
            checked = sent
            await asyncio.to_thread(goes_on, dana, numbers)
            await asyncio.to_thread(same, dana, avi)
    await asyncio.to_thread(goes_on, dana, numbers)
    roadmap = await asyncio.to_thread(same, dana, avi)
    for each in (dana, avi):
        await asyncio.to_thread(each.go)
        assert await asyncio.to_thread(read, each.path)
        queries.read(each.path, limit=1000)
        each.come()
    assert await asyncio.to_thread(same, dana, avi) == roadmap
    assert own_team.server.health()[0] == 200
    print(sent, "frames:", dict(senseless.kinds))


async def test_a_server_without_sense_costs_nobody_a_roadmap(own_team: Team) -> None:
    """What a server sends: the program goes on, and its file is sound, whatever came."""
    dana, avi = await asyncio.to_thread(own_team.two)
    content = await asyncio.to_thread(download, own_team.address, dana.token)
    await asyncio.to_thread(avi.go)
    await asyncio.to_thread(dana.go)
    chance, numbers = random.Random(SECONDS), count()
    senseless = Senseless(own_team.room, dana.token, content.update, chance)
    sent = 0

    async def be_hostile(socket: ServerConnection) -> None:
        nonlocal sent
        room = own_team.room
        try:
            await socket.recv()
            if chance.random() < 0.9:
                await socket.send(auth(room, Auth.AUTHENTICATED, READ_WRITE))
                await socket.send(sync(room, Step.MISSING, b"\0\0"))
                await socket.send(sync(room, Step.STATE, b"\0"))
            for _ in range(chance.randrange(1, 5 * FRAMES)):
                await socket.send(senseless.frame())
                await socket.send(status(room, taken=chance.random() < 0.98))
                sent += 2
            if chance.random() < 0.02:
                await socket.send(close(room, chance.choice(["", "room-full"])))
            await asyncio.sleep(0.02)
        except ConnectionClosed:
            pass

    end = time.monotonic() + SECONDS
    port = own_team.server.port
    own_team.server.stop()
    async with serve(be_hostile, "127.0.0.1", port, compression=None):
        while time.monotonic() < end:
            dana.come()
            till = min(time.monotonic() + 10, end)
            while time.monotonic() < till and dana.status.phase != "final":
                await asyncio.to_thread(goes_on, dana, numbers)
                dana.client.wake()
                await asyncio.sleep(0.01)
            await asyncio.to_thread(dana.go)
            assert await asyncio.to_thread(read, dana.path)
            queries.read(dana.path, limit=100)
    own_team.server.start()
    dana.come()
    avi.come()
    await asyncio.to_thread(goes_on, dana, numbers)
    await asyncio.to_thread(same, dana, avi)
    print(sent, "frames:", dict(senseless.kinds))
