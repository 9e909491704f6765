"""`share`, `join`, `leave` and `team`, as people type them, with a server beside them."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from commanding import Capture, run, settle
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.store.identity import new_identity
from lfroadmap.team.room_address import RoomAddress, room_address
from lfroadmap.team.secrets import FILE, keep_token, token_for, token_in
from lfroadmap.text import one_line
from lfroadmap.words import LANGUAGES, Language, words
from room_server import RoomServer

ROOM = "תוכנית"
Do = Callable[..., SimpleNamespace]


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> Callable[[str], Do]:
    """Makes somebody with a home of their own, who types commands."""

    def named(name: str) -> Do:
        (tmp_path / name).mkdir()
        settle(tmp_path / name, monkeypatch)

        def do(*argv: str) -> SimpleNamespace:
            monkeypatch.setenv("LFROADMAP_DATA_DIR", str(tmp_path / name / "data"))
            monkeypatch.setenv("LFROADMAP_CONFIG_DIR", str(tmp_path / name / "config"))
            monkeypatch.setenv("LOGNAME", name)
            new_identity.cache_clear()  # it is one for each run of the program
            return run(capsys, *argv)

        return do

    return named


@pytest.fixture
def address(server: RoomServer) -> str:
    return f"{server.start().url}/{ROOM}"


def token_file(server: RoomServer, name: str, *, read_only: bool = False) -> str:
    file = server.home / f"{name}.token"
    file.write_text(f"some words\n{server.token(name, ROOM, read_only=read_only)}\n")
    return str(file)


def test_two_people_share_a_roadmap(
    server: RoomServer, address: str, person: Callable[[str], Do], tmp_path: Path
) -> None:
    dana, avi = person("dana"), person("avi")
    tokens = {name: token_file(server, name) for name in ("dana", "avi")}
    dana("new", "plan")
    empty = avi("join", address, "--token-file", tokens["avi"])
    assert (empty.status, "no roadmap in the room" in empty.err) == (1, True)
    shared = dana("share", "plan", address, "--token-file", tokens["dana"])
    assert (shared.status, shared.err) == (0, "") and "In step" in shared.out
    joined = avi("join", address, "--token-file", tokens["avi"], "--name", "ours")
    assert (joined.status, joined.err) == (0, "")
    dana("add", "--in", "plan", "--card", "goals", "Call the bank")
    assert dana("team").status == 0
    assert avi("team", "ours").status == 0
    assert "Call the bank" in avi("show", "ours").out
    assert "Call the bank" in avi("history", "ours").out
    # another roadmap is not mixed in, and nothing of it is left behind
    avi("new", "other")
    taken = avi("share", "other", address, "--token-file", tokens["avi"])
    assert (taken.status, "another roadmap already" in taken.err) == (1, True)
    assert "not shared" in avi("team", "other").out
    status = json.loads(avi("team", "ours", "--json").out)
    assert (status["state"], status["room"], status["unsent"], status["error"]) == (
        "in_step",
        ROOM,
        False,
        None,
    )
    # tokens are for nobody else, and in no roadmap
    kept = tmp_path / "avi" / "config" / FILE
    assert kept.stat().st_mode & 0o077 == 0
    secret = token_in(Path(tokens["avi"])).encode()
    assert secret in kept.read_bytes()
    for file in (tmp_path / "avi" / "data").rglob("*"):
        assert not file.is_file() or secret not in file.read_bytes()
    server.stop()
    dana("tick", "--in", "plan", "call the bank")
    away = dana("team", "plan")
    assert (away.status, "not reached" in away.err) == (1, True)
    assert json.loads(dana("team", "plan", "--json").out)["unsent"] is True
    server.start()
    assert dana("team", "plan").status == 0
    left = dana("leave", "plan")
    assert left.status == 0 and dana("leave", "plan").status == 1
    assert "not shared" in dana("team", "plan").out
    assert secret not in (tmp_path / "dana" / "config" / FILE).read_bytes()


def test_it_says_what_was_removed_meanwhile(
    server: RoomServer, address: str, person: Callable[[str], Do]
) -> None:
    dana, avi = person("dana"), person("avi")
    dana("new", "plan")
    dana("share", "plan", address, "--token-file", token_file(server, "dana"))
    avi("join", address, "--token-file", token_file(server, "avi"), "--name", "plan")
    assert dana("add", "--in", "plan", "--card", "goals", "one more").status == 0
    removed = avi("card", "remove", "goals", "--yes")
    assert removed.status == 0, removed.err
    avi("team")
    assert "avi removed the card" in dana("team").out
    assert "removed the card" not in dana("team").out
    assert "dana changed the card" in avi("team").out
    assert "changed the card" not in avi("team").out


def test_a_reader_is_told_so(server: RoomServer, address: str, person: Callable[[str], Do]) -> None:
    dana, eye = person("dana"), person("eye")
    reading = token_file(server, "eye", read_only=True)
    dana("new", "plan")
    refused = eye("new", "own") and eye("share", "own", address, "--token-file", reading)
    assert (refused.status, "only reads" in refused.err) == (1, True)
    dana("share", "plan", address, "--token-file", token_file(server, "dana"))
    assert eye("join", address, "--token-file", reading, "--name", "seen").status == 0
    assert "only reads" in eye("team", "seen").out
    before = eye("show", "seen").out
    server.stop()  # it is known from the start, and without the server
    for line in (("add", "--in", "seen", "--card", "goals", "mine"), ("set", "seen", "--owner", "me")):
        changed = eye(*line)
        assert (changed.status != 0, eye("show", "seen").out) == (True, before)
    assert "change nothing" in eye("add", "--in", "seen", "--card", "goals", "mine").err
    assert eye("rename", "seen", "looked at").status == 0
    server.start()
    writing = server.home / "writing"
    writing.write_text(server.token("eye writes", ROOM))
    assert eye("share", "looked at", address, "--token-file", str(writing)).status == 0
    assert eye("add", "--in", "looked at", "--card", "goals", "of all").status == 0
    assert "In step" in eye("team", "looked at").out
    dana("team")
    assert "of all" in dana("show").out
    eye("share", "looked at", address, "--token-file", reading)
    assert eye("add", "--in", "looked at", "--card", "goals", "mine").status == 1
    eye("leave", "looked at")
    assert eye("add", "--in", "looked at", "--card", "goals", "mine").status == 0


def test_wrong_tokens_and_places_are_said(
    server: RoomServer, address: str, person: Callable[[str], Do]
) -> None:
    dana = person("dana")
    dana("new", "plan")
    wrong = server.home / "wrong"
    wrong.write_text("lfr_wrong\n")
    denied = dana("share", "plan", address, "--token-file", str(wrong))
    assert (denied.status, "not valid for the room" in denied.err) == (1, True)
    gone = dana("share", "plan", "ws://127.0.0.1:9/x", "--token-file", str(wrong))
    assert (gone.status, "is not reached" in gone.err) == (1, True)
    assert "not shared" in dana("team", "plan").out
    for argv in (("share", "plan"), ("join",), ("share", "plan", address), ("join", address)):
        assert dana(*argv).status == 2


@pytest.mark.parametrize(
    ("typed", "server", "room"),
    [
        ("ws://h:1/r", "ws://h:1", "r"),
        ("wss://h.example/a/b/r", "wss://h.example/a/b", "r"),
        ("ws://[::1]:8737/תוכנית", "ws://[::1]:8737", "תוכנית"),
        ("ws://h/%D7%90%20b", "ws://h", "א b"),
    ],
)
def test_a_room_has_an_address(typed: str, server: str, room: str) -> None:
    found = room_address(typed)
    assert found == RoomAddress(server, room)
    assert room_address(str(found)) == room_address(found.shown) == found


@given(
    st.text(min_size=1, max_size=40) | st.sampled_from(["a/b", "9%25", "a?b#c", "x\u202ey", "ב ג", "a\\b"])
)
def test_an_address_is_shown_in_letters_and_read_again(room: str) -> None:
    room = unicodedata.normalize("NFC", room.encode(errors="replace").decode()).strip()
    assume(room)
    address = RoomAddress("wss://h:1", room)
    assert room_address(address.shown) == address
    assert one_line(address.shown) == address.shown and address.shown.isprintable()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_room_with_a_hebrew_name_is_readable_in_a_sentence(language: Language) -> None:
    said = words(language)("team.left", name="x", address=RoomAddress("ws://h:1", "תוכנית 2027").shown)
    assert ("\u2066" if language == "he" else "") + "ws://h:1/תוכנית 2027" in said


@pytest.mark.parametrize(
    "typed",
    ["", "x", "http://h/r", "ws://h", "ws://h/", "ws:///r", "ws://h:x/r", "ws://u:p@h/r", "ws://h/r?q",
     "ws://h:99999999/r", "ws://[x/r", "ws://h/" + "r" * 3000],
)  # fmt: skip
def test_other_texts_are_no_address(typed: str) -> None:
    with pytest.raises(UsageError):
        room_address(typed)


def test_tokens_that_others_can_read_are_not_used(tmp_path: Path) -> None:
    address = RoomAddress("ws://h", "r")
    keep_token(tmp_path, address, "lfr_1")
    assert token_for(tmp_path, address) == "lfr_1"
    keep_token(tmp_path, RoomAddress("ws://h", "s"), "lfr_2")
    keep_token(tmp_path, address, None)
    assert token_for(tmp_path, address) is None
    (tmp_path / FILE).chmod(0o644)
    with pytest.raises(RoadmapError, match="team_tokens_open"):
        token_for(tmp_path, address)
    (tmp_path / FILE).chmod(0o600)
    for damaged in (b"{", b"[]", b'{"a": 1}', b"\xff"):
        (tmp_path / FILE).write_bytes(damaged)
        with pytest.raises(RoadmapError, match="team_tokens_damaged"):
            token_for(tmp_path, address)


def test_a_token_file_has_the_token_on_its_last_line(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("for dana\n lfr_abc \n\n")
    assert token_in(file) == "lfr_abc"
    for text in ("", " \n", "x" * 5000, "a\x00b"):
        file.write_text(text)
        with pytest.raises(RoadmapError, match="team_no_token"):
            token_in(file)
    os.mkfifo(tmp_path / "pipe")
    for other in (tmp_path, tmp_path / "pipe", tmp_path / "none"):
        with pytest.raises(RoadmapError, match="team_token_file"):
            token_in(other)
