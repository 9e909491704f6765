"""Tokens: who may enter a room, who may write in it, and until when."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from websockets.asyncio.client import connect

from commanding import Capture, good, run, settle
from lfroadmap.errors import RoadmapError
from lfroadmap.team.limits import Limits
from lfroadmap.team.server.tokens import Tokens
from lfroadmap.team.wire import Auth, auth
from room_server import RoomServer
from small_server import SmallServer, serving
from wire_peer import Peer


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> SmallServer:
    """A server of this process, for all tests of this module."""
    with serving(tmp_path_factory.mktemp("server"), Limits(authentication=0.4)) as server:
        yield server  # type: ignore[misc]


async def test_a_read_only_token_sees_everything_and_changes_nothing(small: SmallServer) -> None:
    writer = Peer(small.url, "readable", small.token("writer", "readable"))
    reader = Peer(small.url, "readable", small.token("reader", "readable", read_only=True))
    await writer.join()
    await reader.join()
    assert reader.scope == "readonly"
    await writer.edit("x", 1)
    await reader.until(lambda: reader.values == {"x": 1})
    assert reader.no == 0  # it lacked nothing, and said so
    await reader.edit("y", 2)
    assert reader.no == 1
    await writer.edit("z", 3)
    late = Peer(small.url, "readable", writer.token)
    await late.join()
    assert late.values == {"x": 1, "z": 3}
    await reader.appear('{"user": "r"}')
    await writer.until(lambda: writer.presences)
    for peer in (writer, reader, late):
        await peer.leave()


async def test_a_token_opens_its_room_alone(small: SmallServer) -> None:
    token = small.token("one", "one")
    for room, secret in (("two", token), ("one", token[:-1]), ("one", ""), ("one", "x" * 5000), ("", token)):
        peer = Peer(small.url, room, secret)
        await peer.join(wait=False)
        await peer.until(lambda peer=peer: peer.denied)
        assert (peer.denied, peer.scope, peer.is_synced) == ("permission-denied", "", False)
        await peer.until(lambda peer=peer: peer.closed)  # a socket without a room is not kept
        await peer.leave()


async def test_a_connection_without_a_token_is_closed(small: SmallServer) -> None:
    async with connect(small.url) as socket:
        await socket.wait_closed()
        assert socket.close_code == 4408


async def test_many_wrong_tokens_close_the_connection(small: SmallServer) -> None:
    async with connect(small.url) as socket:
        for number in range(10):
            await socket.send(auth("room", Auth.TOKEN, f"lfr_{number}"))
        await socket.wait_closed()
        assert socket.close_code == 4403


async def test_revoking_acts_on_open_connections(small: SmallServer) -> None:
    peer, other = (Peer(small.url, "r", small.token(name, "r")) for name in ("gone", "stays"))
    await peer.join()
    await other.join()
    small.revoke("gone")
    await peer.until(lambda: peer.closed, timeout=3)
    assert (peer.denied, peer.closed[:4]) == ("revoked", "4403")
    await peer.leave()
    await other.edit("x", 1)
    assert other.no == 0
    await other.leave()
    await peer.join(wait=False)
    await peer.until(lambda: peer.denied)
    await peer.leave()


async def test_a_token_that_is_added_acts_at_once(small: SmallServer) -> None:
    peer = Peer(small.url, "חדר", small.token("later", "חדר"))
    await peer.join()
    await peer.edit("x", 1)
    await peer.leave()


def test_only_hashes_are_kept(tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    token = tokens.add("dana", "room", read_only=False)
    assert re.fullmatch(r"lfr_[A-Za-z0-9_-]{43}", token)
    tokens.close()
    for file in tmp_path.iterdir():
        assert token.encode() not in file.read_bytes()
        assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", " ", "a\nb", "x" * 201, "a\u202eb", "\0"])
def test_names_are_such_that_can_be_seen(name: str, tmp_path: Path) -> None:
    tokens = Tokens(tmp_path)
    with pytest.raises(RoadmapError):
        tokens.add(name, "room", read_only=False)
    with pytest.raises(RoadmapError):
        tokens.add("dana", name, read_only=False)
    tokens.close()


def test_the_command_prints_a_token_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    settle(tmp_path, monkeypatch)
    assert "There are no tokens" in good(capsys, "serve", "token", "list")
    printed = good(capsys, "serve", "token", "add", "דנה", "--room", "תוכנית")
    assert re.fullmatch(r"[A-Za-z0-9_-]+", printed.splitlines()[-1])
    good(capsys, "serve", "token", "add", "avi", "--room", "תוכנית", "--read-only")
    again = run(capsys, "serve", "token", "add", "avi", "--room", "other")
    assert (again.status, "already is a valid token" in again.err) == (1, True)
    listed = good(capsys, "serve", "token", "list").splitlines()
    assert ["דנה" in listed[0], "reads and writes" in listed[0], "avi" in listed[1]] == [True] * 3
    good(capsys, "serve", "token", "revoke", "avi")
    assert "revoked" in good(capsys, "serve", "token", "list").splitlines()[1]
    assert run(capsys, "serve", "token", "revoke", "avi").status == 1
    good(capsys, "serve", "token", "add", "avi", "--room", "other")


@pytest.mark.parametrize(
    "argv",
    [
        ("nonsense",), ("",), ("token",), ("token", "add"), ("token", "add", "x"), ("token", "revoke"),
        ("token", "list", "x"), ("token", "list", "--port", "1"), ("--room", "x"), ("--port", "65536"),
        ("--port", "-1"), ("--cert", "x"), ("token", "add", "x", "--room", "y", "--host", "z"),
    ],
)  # fmt: skip
def test_other_lines_are_not_understood(
    argv: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    settle(tmp_path, monkeypatch)
    assert run(capsys, "serve", *argv).status == 2


def test_it_says_what_is_not_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    settle(tmp_path, monkeypatch)
    monkeypatch.setattr("lfroadmap.cli.serving.find_spec", lambda name: None)
    ran = run(capsys, "serve")
    assert (ran.status, "lfroadmap[team]" in ran.err) == (1, True)


def test_files_that_are_none_of_ours_are_left_alone(server: RoomServer) -> None:
    server.folder.mkdir()
    (server.folder / "tokens.db").write_bytes(b"something else" * 100)
    ran = server.run("token", "list")
    assert (ran.returncode, "cannot be used" in ran.stderr) == (1, True)
    assert (server.folder / "tokens.db").read_bytes() == b"something else" * 100


async def test_a_damaged_room_is_closed_and_the_others_are_not(server: RoomServer) -> None:
    good_token, bad_token = server.token("a", "good"), server.token("b", "bad")
    server.start()
    for room, token in (("good", good_token), ("bad", bad_token)):
        peer = Peer(server.url, room, token)
        await peer.join()
        await peer.edit("x", 1)
        await peer.leave()
    server.stop()
    with sqlite3.connect(server.folder / "rooms.db") as db:
        db.execute("UPDATE updates SET data = x'0102' WHERE room = 'bad'")
    server.start()
    peer = Peer(server.url, "bad", bad_token)
    await peer.join(wait=False)
    other = Peer(server.url, "good", good_token)
    await other.join()
    assert (other.values, peer.is_synced) == ({"x": 1}, False)
    await other.leave()
    await peer.leave()
    assert "damaged" in server.log


async def test_the_log_names_people_and_rooms_but_nothing_in_them(server: RoomServer) -> None:
    token = server.token("דנה", "חדר")
    server.start()
    peer = Peer(server.url, "חדר", token)
    await peer.join()
    await peer.edit("secret-key", "secret-value")
    await peer.leave()
    server.stop()
    assert "דנה" in server.log and "חדר" in server.log
    assert "secret" not in server.log and token not in server.log
