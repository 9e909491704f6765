"""The frames on the wire: as Hocuspocus writes them, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycrdt import Decoder, write_var_uint

from lfroadmap.team import wire
from lfroadmap.team.awareness import State, is_state, read_states, states_body
from lfroadmap.team.wire import Auth, BadFrame, Frame, Kind, Step

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBERS = st.integers(0, 2**53 - 1)


@given(NUMBERS)
def test_numbers_are_those_of_lib0(value: int) -> None:
    assert wire.number(value) == write_var_uint(value)
    assert wire.Reader(wire.number(value)).number() == value


def test_texts_count_bytes() -> None:
    assert wire.text("תוכנית") == b"\x0c" + "תוכנית".encode()
    assert Decoder(wire.text("תוכנית")).read_var_string() == "תוכנית"


def test_frames_are_those_of_the_javascript_provider() -> None:
    # as @hocuspocus/provider 4.8 sends them for the room "r"
    assert wire.auth("r", Auth.TOKEN, "s") == b"\x01r\x02\x00\x01s"
    assert wire.sync("r", Step.STATE, b"\x00") == b"\x01r\x00\x00\x01\x00"
    assert wire.status("r", taken=True) == b"\x01r\x08\x01"
    assert wire.close("r", "no") == b"\x01r\x07\x02no"
    assert wire.read_frame(b"\x09") == Frame("", Kind.PING, b"")
    message, token = wire.read_auth(wire.read_frame(b"\x01r\x02\x00\x01s\x054.8.0").body)
    assert (message, token) == (Auth.TOKEN, "s")  # the version behind the token is passed over


@given(TEXTS, st.sampled_from(Kind), st.binary(max_size=60))
def test_a_frame_is_read_as_it_was_written(key: str, kind: Kind, body: bytes) -> None:
    written = wire.frame(key, kind, body)
    if written not in (wire.PING, wire.PONG):
        assert wire.read_frame(written) == (key, kind, body)


@given(TEXTS, st.sampled_from(Step), st.binary(max_size=60))
def test_a_step_is_read_as_it_was_written(key: str, step: Step, payload: bytes) -> None:
    assert wire.read_sync(wire.read_frame(wire.sync(key, step, payload)).body) == (step, payload)


@given(TEXTS, TEXTS)
def test_a_session_is_no_part_of_the_room(room: str, session: str) -> None:
    name = room.replace("\0", "")
    assert wire.room_of(f"{name}\0{session}") == name


@given(st.binary(max_size=80))
def test_other_bytes_are_bad_frames(data: bytes) -> None:
    try:
        received = wire.read_frame(data)
        wire.read_sync(received.body)
        wire.read_auth(received.body)
        read_states(received.body)
    except BadFrame:
        pass


@pytest.mark.parametrize(
    "data",
    [b"", b"\x05ab", b"\x01r", b"\x01r\x63", b"\xff" * 20, b"\x02\xff\xfe\x00", b"\xff\xff\xff\xff\x0f\x00"],
)
def test_cut_and_unknown_frames_are_refused(data: bytes) -> None:
    with pytest.raises(BadFrame):
        wire.read_frame(data)


@given(st.lists(st.builds(State, NUMBERS, NUMBERS, TEXTS), max_size=5))
def test_presence_is_read_as_it_was_written(states: list[State]) -> None:
    assert read_states(states_body(states)) == states


def test_many_presences_are_not_read() -> None:
    with pytest.raises(BadFrame):
        read_states(wire.buffer(wire.number(2**40)))


@pytest.mark.parametrize("state", ["{}", "null", '{"user": {"name": "דנה"}}'])
def test_a_presence_is_an_object_or_gone(state: str) -> None:
    assert is_state(state, 1024)


@pytest.mark.parametrize(
    "state", ["", "1", " null", "[]", "{", "[" * 1000, '"x"', '{"a": "' + "x" * 1024 + '"}']
)
def test_other_presences_are_passed_over(state: str) -> None:
    assert not is_state(state, 1024)
