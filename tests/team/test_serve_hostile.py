"""Peers that mean harm, or are broken: they cost nobody else anything."""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pycrdt import Doc, Map
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from lfroadmap.team.limits import Limits
from lfroadmap.team.server.rate_limit import RateLimit
from lfroadmap.team.wire import PING, PONG, Auth, Kind, Step, auth, buffer, frame, number, sync, text
from matrices import quick_first
from room_server import RoomServer
from small_server import SmallServer, serving
from wire_peer import Peer

SMALL = Limits(
    message=200_000, room=300_000, connections=8, rooms=3, states=2, messages_a_second=500, burst=2,
    queue=400_000, queue_messages=300,
)  # fmt: skip


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallServer]:
    with serving(tmp_path_factory.mktemp("server"), SMALL) as server:
        yield server


FRAMES = {
    "empty": b"",
    "cut": b"\x04roo",
    "unknown kind": frame("r", Kind.SYNC)[:2] + b"\x63",
    "no step": frame("r", Kind.SYNC, b"\x09\x00"),
    "cut step": frame("r", Kind.SYNC, b"\x02\x50abc"),
    "no state vector": sync("r", Step.STATE, b"\xff\xff\xff"),
    "huge presence": frame("r", Kind.AWARENESS, buffer(number(2**50))),
    "cut token": frame("r", Kind.AUTH, b"\x00\x50abc"),
}
UPDATES = {
    "nonsense": b"\xff" * 40,
    "cut": b"\x01\x05\x01",
    "empty": b"",
    "deep": b"\x01\x01\x01\x00" + b"\x27\x00\x01\x00\x01a\x01" * 500 + b"\x00",
}


@pytest.mark.parametrize("data", FRAMES.values(), ids=FRAMES)
async def test_a_bad_frame_ends_its_connection_alone(data: bytes, small: SmallServer) -> None:
    name = f"frame {data[:8].hex()} {len(data)}"
    token = small.token(name, "r")
    other = Peer(small.url, "r", token)
    await other.join()
    async with connect(small.url) as bad:
        await bad.send(auth("r", Auth.TOKEN, token))
        await bad.send(data)
        await asyncio.wait_for(bad.wait_closed(), 10)
        assert bad.close_code == 1002
    await other.edit(name, 1)
    assert other.no == 0
    await other.leave()


@pytest.mark.parametrize("update", UPDATES.values(), ids=UPDATES)
async def test_an_update_without_sense_is_refused(update: bytes, small: SmallServer) -> None:
    token = small.token(f"update {update[:8].hex()} {len(update)}", "u")
    bad, other = Peer(small.url, "u", token), Peer(small.url, "u", token)
    await bad.join()
    await other.join()
    assert bad.socket is not None
    await bad.socket.send(sync("u", Step.UPDATE, update))
    await bad.until(lambda: bad.no == 1)
    await other.edit("x", 1)
    assert other.no == 0
    await bad.leave()
    await other.leave()


async def test_an_update_whose_base_is_missing_is_asked_for_and_healed(small: SmallServer) -> None:
    token = small.token("gap", "gap")
    peer = Peer(small.url, "gap", token)
    await peer.join()
    peer.cards["a"] = 1
    peer._outgoing.clear()  # the base is lost on the way
    await peer.edit("b", 2, wait=False)
    await peer.until(lambda: peer.no == 1 and peer.yes >= 2)
    other = Peer(small.url, "gap", token)
    await other.join()
    assert other.values == {"a": 1, "b": 2}
    await other.leave()
    await peer.leave()


async def test_twice_the_same_update_changes_nothing(small: SmallServer) -> None:
    token = small.token("twice", "twice")
    peer = Peer(small.url, "twice", token)
    await peer.join()
    await peer.edit("a", 1)
    assert peer.socket is not None
    for _ in range(3):
        await peer.socket.send(sync("twice", Step.UPDATE, peer.doc.get_update()))
    await peer.until(lambda: peer.yes == 5)
    assert peer.no == 0
    await peer.leave()


async def test_a_message_that_is_too_large_is_not_read(small: SmallServer) -> None:
    peer = Peer(small.url, "large", small.token("large", "large"))
    await peer.join()
    await peer.edit("x", "y" * 300_000, wait=False)
    await peer.until(lambda: peer.closed)
    assert peer.closed.startswith("1009")
    await peer.leave()


async def test_a_room_has_an_end(small: SmallServer) -> None:
    token = small.token("full", "full")
    peer = Peer(small.url, "full", token)
    await peer.join()
    await peer.until(lambda: peer.yes)
    for at in range(5):
        await peer.edit(f"x{at}", random.Random(at).randbytes(40_000).hex(), wait=False)
    await peer.until(lambda: peer.no)
    assert small.reported("room_full") == 1
    await peer.leave()
    other = Peer(small.url, "full", token)
    await other.join()
    assert 0 < len(other.values) < 5
    await other.leave()


@pytest.mark.proof
async def test_one_who_does_not_read_is_closed_and_holds_nobody_up(small: SmallServer) -> None:
    token = small.token("slow", "slow")
    writer = Peer(small.url, "slow", token)
    await writer.join()
    raw = socket.create_connection(("127.0.0.1", small.port))
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    raw.setblocking(False)
    async with connect(small.url, sock=raw, max_queue=1, close_timeout=0.2) as slow:
        await slow.send(auth("slow", Auth.TOKEN, token))
        slow.transport.pause_reading()
        for turn in range(400):
            await writer.edit("x", str(turn % 10) * 80_000)  # acknowledged each time
            if small.reported("closed_too_slow"):
                break
        assert small.reported("closed_too_slow") == 1
        assert writer.no == 0
    await writer.leave()


async def test_presences_are_few_small_and_ones_own(small: SmallServer) -> None:
    good, bad = (Peer(small.url, "p", small.token(name, "p")) for name in ("good", "bad"))
    await good.join()
    await bad.join()
    await good.appear('{"user": "good"}', clock=5)
    await bad.until(lambda: bad.presences)
    await bad.appear('{"user": "forged"}', clock=9, client=good.doc.client_id)
    await bad.appear('{"user": "' + "x" * 2000 + '"}', client=1)
    await bad.appear("[1]", client=2)
    for client in (3, 4, 5):
        await bad.appear("{}", client=client)
    await good.until(lambda: 4 in good.presences)
    await bad.edit("x", 1)
    await good.until(lambda: good.values)
    assert sorted(good.presences) == [3, 4]
    await good.leave()
    await bad.leave()


async def test_what_is_no_use_is_passed_over(small: SmallServer) -> None:
    token = small.token("kinds", "k")
    peer = Peer(small.url, "k", token)
    await peer.join()
    assert peer.socket is not None
    await peer.socket.send(frame("k", Kind.STATELESS, text("hello")))
    await peer.socket.send(sync("another", Step.UPDATE, b"\0\0"))
    await peer.socket.send(frame("k", Kind.QUERY_AWARENESS))
    await peer.edit("x", 1)
    assert peer.no == 0
    await peer.leave()
    async with connect(small.url) as plain:
        await plain.send(PING)
        assert await plain.recv() == PONG
        await plain.send("a text")
        with pytest.raises(ConnectionClosed):
            await plain.recv()


async def test_a_connection_is_in_a_few_rooms_at_most(small: SmallServer) -> None:
    async with connect(small.url) as many:
        for place in range(4):
            await many.send(auth(f"m{place}", Auth.TOKEN, small.token(f"m{place}", f"m{place}")))
        await many.wait_closed()
        assert many.close_code == 1008


async def test_there_are_only_so_many_connections(small: SmallServer) -> None:
    sockets = [await connect(small.url) for _ in range(9)]
    await asyncio.wait_for(sockets[-1].wait_closed(), 10)
    assert sockets[-1].close_code == 1013
    for each in sockets:
        await each.close()


def test_who_sends_too_much_waits() -> None:
    rate_limit = RateLimit(Limits(messages_a_second=100, bytes_a_second=1000, burst=1))
    assert rate_limit.delay(10) == 0
    assert rate_limit.delay(3000) > 1.5
    few = RateLimit(Limits(messages_a_second=10, burst=1))
    assert [few.delay(1) > 0 for _ in range(12)][9:] == [False, True, True]


@pytest.mark.parametrize("length", quick_first([5, 60, 400]))
async def test_random_bytes_end_connections_and_nothing_else(length: int, small: SmallServer) -> None:
    chance = random.Random(length)
    token = small.token(f"random {length}", "random")
    keeper = Peer(small.url, "random", token)
    await keeper.join()
    doc: Doc[Map[int]] = Doc()
    doc.get("cards", type=Map)["x"] = 1
    valid = doc.get_update()
    for _ in range(15):
        async with connect(small.url) as bad:
            await bad.send(auth("random", Auth.TOKEN, token))
            try:
                for _ in range(10):
                    damaged = bytearray(valid)
                    damaged[chance.randrange(len(damaged))] = chance.randrange(256)
                    await bad.send(sync("random", Step.UPDATE, bytes(damaged)))
                await bad.send(chance.randbytes(length))
            except ConnectionClosed:
                continue
    await keeper.edit(f"y{length}", 1)
    assert keeper.no == 0
    await keeper.leave()


@pytest.mark.proof
async def test_it_speaks_tls(server: RoomServer) -> None:
    cert, key = server.home / "cert.pem", server.home / "key.pem"
    made = subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", key, "-out", cert, "-days", "2", "-subj", "/CN=localhost", "-addext",
         "subjectAltName=IP:127.0.0.1"],
        capture_output=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    server.start("--cert", str(cert), "--key", str(key))
    context = ssl.create_default_context(cafile=cert)
    async with connect(f"wss://127.0.0.1:{server.port}", ssl=context) as encrypted:
        await encrypted.send(PING)
        assert await encrypted.recv() == PONG


def test_a_certificate_that_is_none_is_said(server: RoomServer, tmp_path: Path) -> None:
    (tmp_path / "no.pem").write_text("no certificate")
    ran = server.run("--cert", str(tmp_path / "no.pem"), "--key", str(tmp_path / "no.pem"))
    assert (ran.returncode, "cannot be used" in ran.stderr) == (1, True)
