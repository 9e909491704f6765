"""The server as several people use it: real processes, real sockets."""

from __future__ import annotations

import asyncio
import json
import signal
import sqlite3
import time

import pytest

from room_server import RoomServer
from servers import both
from wire_peer import Peer

ROOM = "תוכנית 2026"


@both
async def test_edits_reach_the_others_and_are_acknowledged(server: RoomServer) -> None:
    token, other = server.token("dana", ROOM), server.token("אבי", ROOM)
    server.start()
    dana, avi = Peer(server.url, ROOM, token), Peer(server.url, ROOM, other)
    await dana.join()
    await avi.join()
    assert (dana.scope, avi.scope) == ("read-write", "read-write")
    await dana.edit("א", "שלום")
    assert (dana.yes, dana.no) == (2, 0)  # one of them for what the server lacked: nothing
    await avi.until(lambda: avi.values == {"א": "שלום"})
    await asyncio.gather(dana.edit("x", 1), avi.edit("y", 2))
    await dana.until(lambda: dana.values == {"א": "שלום", "x": 1, "y": 2})
    await avi.until(lambda: avi.values == dana.values)
    late = Peer(server.url, ROOM, token)
    await late.join()
    assert late.values == dana.values
    for peer in (dana, avi, late):
        await peer.leave()


@both
async def test_work_offline_meets_the_others_on_return(server: RoomServer) -> None:
    token = server.token("team", ROOM)
    server.start()
    dana, avi = Peer(server.url, ROOM, token), Peer(server.url, ROOM, token)
    for peer, name in ((dana, "dana"), (avi, "avi")):
        for number in range(200):
            await peer.edit(f"{name}{number}", number)
    await dana.join()
    await avi.join()
    for peer in (dana, avi):
        await peer.until(lambda peer=peer: len(peer.values) == 400)
        await peer.leave()


@both
async def test_an_acknowledged_update_survives_every_end(server: RoomServer) -> None:
    token = server.token("dana", ROOM)
    for round_, number in enumerate((signal.SIGKILL, signal.SIGTERM, signal.SIGINT)):
        server.start()
        peer = Peer(server.url, ROOM, token)
        await peer.join()
        await peer.edit(f"k{round_}", round_)
        assert await asyncio.to_thread(server.stop, number) == (-9 if number is signal.SIGKILL else 0)
        await peer.leave()
    server.start()
    peer = Peer(server.url, ROOM, token)
    await peer.join()
    assert peer.values == {"k0": 0, "k1": 1, "k2": 2}
    await peer.leave()


async def test_a_terminated_server_says_goodbye(server: RoomServer) -> None:
    token = server.token("dana", ROOM)
    server.start()
    peer = Peer(server.url, ROOM, token)
    await peer.join()
    assert await asyncio.to_thread(server.stop) == 0
    await peer.until(lambda: peer.closed)
    assert peer.closed.startswith("1001")
    await peer.leave()


@both
@pytest.mark.proof
async def test_a_restored_backup_is_filled_by_the_clients(server: RoomServer) -> None:
    token = server.token("dana", ROOM)
    server.start()
    peer = Peer(server.url, ROOM, token)
    await peer.join()
    await peer.edit("old", 1)
    backup = server.home / server.rooms_file
    with sqlite3.connect(server.folder / server.rooms_file) as live, sqlite3.connect(backup) as copy:
        live.backup(copy)
    await peer.edit("new", 2)
    await asyncio.to_thread(server.stop)
    await peer.leave()
    for companion in server.folder.glob(f"{server.rooms_file}*"):
        companion.unlink()
    (server.folder / server.rooms_file).write_bytes(backup.read_bytes())
    server.start()
    await peer.join()
    await peer.until(lambda: peer.yes == peer.sent > 0)
    other = Peer(server.url, ROOM, token)
    await other.join()
    assert other.values == {"old": 1, "new": 2}
    await peer.leave()
    await other.leave()


@both
async def test_rooms_are_apart(server: RoomServer) -> None:
    one, two = server.token("one", "one"), server.token("two", "two")
    server.start()
    first, second = Peer(server.url, "one", one), Peer(server.url, "two", two)
    await first.join()
    await second.join()
    await first.edit("x", 1)
    await second.edit("y", 2)
    assert (first.values, second.values) == ({"x": 1}, {"y": 2})
    for peer in (first, second):
        await peer.leave()


@both
@pytest.mark.proof
async def test_a_room_of_many_updates_is_folded(server: RoomServer) -> None:
    token = server.token("dana", ROOM)
    server.start()
    peer = Peer(server.url, ROOM, token)
    await peer.join()
    for number in range(1200):
        await peer.edit(f"k{number % 7}", number, wait=False)
    await peer.until(lambda: peer.yes == peer.sent)
    await peer.leave()
    other = Peer(server.url, ROOM, token)
    await other.join()
    assert sorted(other.values.values()) == list(range(1193, 1200))
    await other.leave()
    assert await asyncio.to_thread(server.stop) == 0
    with sqlite3.connect(server.folder / server.rooms_file) as db:
        assert db.execute("SELECT count(*) FROM updates").fetchone()[0] <= 500


@both
async def test_presence_is_shown_and_goes_with_its_peer(server: RoomServer) -> None:
    token = server.token("dana", ROOM)
    server.start()
    dana, avi = Peer(server.url, ROOM, token), Peer(server.url, ROOM, token)
    await dana.join()
    await dana.appear('{"user": "דנה"}')
    await avi.join()
    await avi.until(lambda: dana.doc.client_id in avi.presences)
    assert json.loads(avi.presences[dana.doc.client_id].state) == {"user": "דנה"}
    await dana.leave()
    await avi.until(lambda: avi.presences[dana.doc.client_id].state == "null")
    await avi.leave()


def test_health_is_answered_and_tells_nothing_of_what_is_in_rooms(server: RoomServer) -> None:
    server.token("dana", ROOM)
    server.start()
    status, body = server.health()
    found = json.loads(body)
    assert status == 200
    assert found.keys() == {"status", "version", "rooms", "connections"}
    assert (found["status"], found["rooms"]) == ("ok", 0)


def test_beyond_this_machine_nothing_is_served_without_a_token(server: RoomServer) -> None:
    refused = server.run("--host", "0.0.0.0", "--port", "0")
    assert refused.returncode == 1
    assert "no token that is valid" in refused.stderr
    server.token("dana", ROOM)
    server.start("--host", "0.0.0.0")
    assert server.health()[0] == 200
    assert server.stop() == 0


def test_a_folder_has_one_server(server: RoomServer) -> None:
    server.start()
    second = server.run("--port", "0")
    assert second.returncode == 1
    assert "Another server" in second.stderr


@pytest.mark.proof
def test_a_port_that_is_taken_is_said(server: RoomServer) -> None:
    server.start()
    other = RoomServer(server.home.parent / "other")
    taken = other.run("--port", str(server.port))
    assert taken.returncode == 1
    assert "Nothing can be served" in taken.stderr


@both
@pytest.mark.proof
async def test_no_acknowledged_edit_is_lost_by_kills_at_random_moments(server: RoomServer) -> None:
    await _kill_often(server, 50)


async def test_no_acknowledged_edit_is_lost_by_a_few_kills(server: RoomServer) -> None:
    await _kill_often(server, 2)


async def _kill_often(server: RoomServer, times: int) -> None:
    """Type while the server is killed: what was acknowledged is there afterwards, for a peer without it."""
    token = server.token("dana", ROOM)
    acknowledged: dict[str, int] = {}
    for round_ in range(times):
        server.start()
        peer = Peer(server.url, ROOM, token)
        await peer.join()
        assert acknowledged.items() <= peer.values.items()
        before, count = peer.yes, 0
        deadline = time.monotonic() + 0.05 + 0.003 * (round_ * 37 % 50)
        while time.monotonic() < deadline:
            await peer.edit(f"{round_}.{count}", count, wait=False)
            count += 1
            await asyncio.sleep(0)
        server.stop(signal.SIGKILL)
        await peer.until(lambda peer=peer: peer.closed)
        sure = peer.yes - before - 1  # the first may be for what the server lacked
        acknowledged |= {f"{round_}.{number}": number for number in range(max(sure, 0))}
        await peer.leave()
    assert acknowledged
    server.start()
    last = Peer(server.url, ROOM, token)
    await last.join()
    assert acknowledged.items() <= last.values.items()
    await last.leave()
