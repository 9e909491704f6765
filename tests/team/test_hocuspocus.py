"""Hocuspocus with our server: what is durable, refused and relayed between servers."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pycrdt import Map

from hocuspocus_server import ROOT, SCRIPT, HocuspocusServer, node
from lfroadmap.team.limits import LIMITS
from lfroadmap.team.wire import Step, sync
from wire_peer import Peer

ROOM = "תוכנית 2026"
proof = pytest.mark.proof


@pytest.fixture
def hocuspocus(tmp_path: Path) -> Iterator[HocuspocusServer]:
    """A server that is not started yet."""
    node()
    with HocuspocusServer(tmp_path / "home") as server:
        yield server


@contextmanager
def redis() -> Iterator[str]:
    """A Redis of the test's own; where it is."""
    program = shutil.which("redis-server")
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("needs redis-server")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    argv = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert any("accept connections" in line for line in process.stdout)
            yield f"127.0.0.1:{port}"
        finally:
            process.kill()


@proof
async def test_what_makes_no_sense_is_not_acknowledged(hocuspocus: HocuspocusServer) -> None:
    peer = Peer(hocuspocus.url, ROOM, hocuspocus.token("dana", ROOM))
    hocuspocus.start()
    peer.url = hocuspocus.url
    for update in (b"\xff" * 40, b"\x01\x05\x01", b""):
        await peer.join()
        await peer.until(lambda: peer.yes == peer.sent)
        assert peer.socket is not None
        before = peer.yes
        await peer.socket.send(sync(ROOM, Step.UPDATE, update))
        await peer.until(lambda: peer.left)
        assert peer.yes == before
        await peer.leave()


@proof
async def test_an_update_whose_base_is_missing_sends_its_peer_away(hocuspocus: HocuspocusServer) -> None:
    token = hocuspocus.token("dana", ROOM)
    hocuspocus.start()
    peer = Peer(hocuspocus.url, ROOM, token)
    await peer.join()
    await peer.until(lambda: peer.yes == peer.sent > 0)  # the server has asked for what it lacks
    peer.cards["a"] = 1
    peer._outgoing.clear()  # the base is lost on the way
    before = peer.yes
    await peer.edit("b", 2, wait=False)
    await peer.until(lambda: peer.left)
    await peer.leave()
    assert peer.yes == before, "nothing follows the closing, an acknowledgement neither"
    await peer.join()
    await peer.until(lambda: peer.yes == peer.sent > 0)
    other = Peer(hocuspocus.url, ROOM, token)
    await other.join()
    assert other.values == {"a": 1, "b": 2}
    await other.leave()
    await peer.leave()


@proof
async def test_two_who_share_at_once_are_not_mixed(hocuspocus: HocuspocusServer) -> None:
    token = hocuspocus.token("dana", ROOM)
    hocuspocus.start()
    first, second = Peer(hocuspocus.url, ROOM, token), Peer(hocuspocus.url, ROOM, token)
    for peer, lineage in ((first, "one"), (second, "two")):
        await peer.join()
        peer.doc.get("meta", type=Map)["lineage"] = lineage
    await first.push()
    await first.until(lambda: first.yes == first.sent)
    await second.push()
    await second.until(lambda: second.left)
    await first.edit("x", 1)
    assert first.doc.get("meta", type=Map)["lineage"] == "one"
    await first.leave()
    await second.leave()


@proof
async def test_rights_are_those_of_the_token(hocuspocus: HocuspocusServer) -> None:
    token, other_room = hocuspocus.token("dana", ROOM), hocuspocus.token("avi", "another")
    reading = hocuspocus.token("reader", ROOM, read_only=True)
    hocuspocus.start()
    for wrong in (other_room, token[:-1], "", "x" * 5000):
        peer = Peer(hocuspocus.url, ROOM, wrong)
        await peer.join(wait=False)
        await peer.until(lambda peer=peer: peer.denied)  # type: ignore[misc]
        assert (peer.denied, peer.is_synced) == ("permission-denied", False)
        await peer.leave()
    dana, reader = Peer(hocuspocus.url, ROOM, token), Peer(hocuspocus.url, ROOM, reading)
    await dana.join()
    await reader.join()
    assert reader.scope == "readonly"
    await reader.edit("y", 2)
    await dana.edit("x", 1)
    await reader.until(lambda: reader.values.get("x") == 1)
    assert (reader.no, dana.values) == (1, {"x": 1})
    assert hocuspocus.run("token", "revoke", "reader").returncode == 0
    await reader.until(lambda: reader.left == "revoked", timeout=5)
    await dana.leave()
    await reader.leave()


@proof
async def test_presences_are_few_small_and_ones_own(hocuspocus: HocuspocusServer) -> None:
    tokens = [hocuspocus.token(name, ROOM) for name in ("good", "bad")]
    hocuspocus.start()
    good, bad = (Peer(hocuspocus.url, ROOM, token) for token in tokens)
    await good.join()
    await bad.join()
    await good.appear('{"user": "good"}', clock=5)
    await bad.until(lambda: bad.presences)
    await bad.appear('{"user": "forged"}', clock=9, client=good.doc.client_id)
    await bad.appear('{"user": "' + "x" * 2000 + '"}', client=1)
    for client in range(2, 20):
        await bad.appear("{}", client=client)
    await bad.edit("x", 1)
    await good.until(lambda: good.values)
    others = good.presences.keys() - {good.doc.client_id}
    assert len(others) == LIMITS.states and 1 not in others
    assert "forged" not in str(good.presences)
    await good.leave()
    await bad.leave()


@proof
async def test_where_the_disk_refuses_nothing_is_acknowledged_or_told(hocuspocus: HocuspocusServer) -> None:
    token = hocuspocus.token("dana", ROOM)
    hocuspocus.start()
    dana, avi = Peer(hocuspocus.url, ROOM, token), Peer(hocuspocus.url, ROOM, token)
    await dana.join()
    await avi.join()
    await dana.edit("before", 1)
    await avi.until(lambda: avi.values)
    with sqlite3.connect(hocuspocus.folder / hocuspocus.rooms_file) as db:
        db.execute("CREATE TRIGGER full BEFORE INSERT ON updates BEGIN SELECT RAISE(ABORT, 'full'); END")
    acknowledged = dana.yes
    await dana.edit("x", 2, wait=False)
    await dana.until(lambda: dana.closed)
    await avi.until(lambda: avi.closed)
    assert (dana.yes, avi.values) == (acknowledged, {"before": 1})
    assert hocuspocus.process is not None
    assert await asyncio.to_thread(hocuspocus.process.wait, 20) == 1
    assert "Nothing can be written" in hocuspocus.log
    with sqlite3.connect(hocuspocus.folder / hocuspocus.rooms_file) as db:
        db.execute("DROP TRIGGER full")
    for peer in (dana, avi):
        await peer.leave()
    hocuspocus.start()
    await dana.join()
    await avi.join()
    await avi.until(lambda: avi.values == {"before": 1, "x": 2})
    await dana.leave()
    await avi.leave()


@proof
async def test_two_servers_tell_each_other_what_comes(hocuspocus: HocuspocusServer, tmp_path: Path) -> None:
    token = hocuspocus.token("dana", ROOM)
    with redis() as where, HocuspocusServer(tmp_path / "second") as second:
        second.folder = hocuspocus.folder
        hocuspocus.start("--redis", where)
        second.start("--redis", where)
        dana, avi = Peer(hocuspocus.url, ROOM, token), Peer(second.url, ROOM, token)
        await dana.join()
        await dana.edit("x", 1)
        await avi.join()
        assert avi.values == {"x": 1}
        await avi.edit("y", 2)
        await dana.until(lambda: dana.values == {"x": 1, "y": 2})
        await dana.appear('{"user": "דנה"}')
        await avi.until(lambda: any("דנה" in each.state for each in avi.presences.values()))
        for peer in (dana, avi):
            await peer.leave()
    with sqlite3.connect(hocuspocus.folder / hocuspocus.rooms_file) as db:
        assert db.execute("SELECT count(*) FROM updates").fetchone()[0] == 2  # each is written once


def test_a_folder_without_tokens_is_not_served(tmp_path: Path) -> None:
    ran = subprocess.run([node(), str(SCRIPT), "--data", str(tmp_path)],
                         capture_output=True, text=True, check=False)  # fmt: skip
    assert (ran.returncode, "lfroadmap serve token add" in ran.stderr) == (1, True)


def test_its_limits_and_packages_are_those_of_the_tests() -> None:
    found = dict(re.findall(r"([A-Z]+) = ([\d_]+)", SCRIPT.read_text()))
    assert [int(found[name]) for name in ("MESSAGE", "ROOM", "PRESENCE", "PRESENCES")] == [
        LIMITS.message, LIMITS.room, LIMITS.state, LIMITS.states
    ]  # fmt: skip
    own = json.loads((SCRIPT.parent / "package.json").read_text())["dependencies"]
    assert own.items() <= json.loads((ROOT / "package.json").read_text())["devDependencies"].items()
