"""Pastes with escape sequences in them come as one event, in whatever pieces they arrive."""

from __future__ import annotations

import random

import pytest
from textual import events

from lfroadmap.ui.terminal.pastes import BEGIN, END, WholePastes

HOSTILE = "x\x1b[31mANSI\x1b[2K \x1b abc\x1b]0;title\x07 \x00 שלום\r\nsecond"


def messages_of(parser: WholePastes, pieces: list[str]) -> list[tuple[str, str]]:
    out = []
    for piece in pieces:
        for message in parser.feed(piece):
            if isinstance(message, events.Paste):
                out.append(("paste", message.text))
            elif isinstance(message, events.Key):
                out.append(("key", message.key))
    return out


EXPECTED = [("key", "a"), ("paste", HOSTILE.replace("\0", "")), ("key", "b"), ("paste", ""), ("key", "up")]
SENT = f"a{BEGIN}{HOSTILE}{END}b{BEGIN}{END}\x1b[A"


def test_a_paste_is_one_event_whatever_is_in_it() -> None:
    assert messages_of(WholePastes(), [SENT]) == EXPECTED


@pytest.mark.parametrize("seed", range(30))
def test_it_does_not_matter_how_the_terminal_cuts_it(seed: int) -> None:
    cuts = sorted(random.Random(seed).sample(range(1, len(SENT)), 9))
    pieces = [SENT[a:b] for a, b in zip([0, *cuts], [*cuts, len(SENT)], strict=True)]
    assert messages_of(WholePastes(), pieces) == EXPECTED


def test_keys_alone_are_keys() -> None:
    assert messages_of(WholePastes(), ["\x1b[2~", "q\x1b[5~"]) == [
        ("key", "insert"),
        ("key", "q"),
        ("key", "pageup"),
    ]


def test_a_paste_that_the_terminal_never_ends_is_kept() -> None:
    parser = WholePastes()
    assert messages_of(parser, [f"{BEGIN}half a text"]) == []
    assert [m.text for m in parser.feed("") if isinstance(m, events.Paste)] == ["half a text"]
