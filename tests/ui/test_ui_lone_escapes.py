"""Escape and a digit: Alt with the digit by the time between them, on whatever machine."""

from __future__ import annotations

import pytest
from textual import constants, events

from lfroadmap.ui.terminal.driver import EarlyKeys
from lfroadmap.ui.terminal.keyboard import name_alt_digits
from lfroadmap.ui.terminal.lone_escapes import IGNORED
from lfroadmap.ui.terminal.pastes import BEGIN, END, WholePastes

DELAY = constants.ESCAPE_DELAY


class Typist:
    """Sends pieces to a parser at times of its own."""

    def __init__(self) -> None:
        name_alt_digits()
        self.now = 100.0
        self.parser = WholePastes(clock=lambda: self.now)
        self.keys: list[str] = []

    def send(self, piece: str, later: float = 0.0) -> Typist:
        self.now += later
        self._take(self.parser.feed(piece))
        return self

    def look(self, later: float) -> Typist:
        """The thread that listens looks at the clock."""
        self.now += later
        self._take(self.parser.tick())
        return self

    def _take(self, messages: object) -> None:
        assert hasattr(messages, "__iter__")
        for message in messages:
            if isinstance(message, events.Key):
                self.keys.append(message.key)
            elif isinstance(message, events.Paste):
                self.keys.append(f"paste {message.text}")


def test_together_or_at_once_they_are_alt_with_the_digit() -> None:
    assert Typist().send("\x1b2").keys == ["alt+2"]
    assert Typist().send("\x1b").send("2", later=DELAY / 5).keys == ["alt+2"]
    assert Typist().send("a\x1b").send("2b", later=DELAY / 5).keys == ["a", "alt+2", "b"]


@pytest.mark.parametrize("looked", [False, True])
def test_a_digit_120_ms_after_escape_is_neither_alt_nor_typed(looked: bool) -> None:
    typist = Typist().send("\x1b")
    if looked:
        typist.look(later=DELAY)
    assert typist.send("2", later=0.12 - DELAY * looked).keys == ["escape"]
    assert typist.send("3", later=0.01).keys == ["escape", "3"], "the next one is typed"


def test_only_the_digit_is_left_out_of_what_comes_with_it() -> None:
    assert Typist().send("\x1b").send("2ab", later=0.12).keys == ["escape", "a", "b"]
    assert Typist().send("\x1b").send("2\x1b3", later=0.12).keys == ["escape", "alt+3"]


def test_a_digit_long_after_escape_is_typed() -> None:
    assert Typist().send("\x1b").send("2", later=IGNORED + 0.01).keys == ["escape", "2"]
    assert Typist().send("\x1b").look(later=1).send("2", later=1).keys == ["escape", "2"]


def test_a_letter_after_escape_is_typed_whenever_it_comes() -> None:
    assert Typist().send("\x1b").send("x", later=0.12).keys == ["escape", "x"]


def test_two_escapes_and_a_digit() -> None:
    assert Typist().send("\x1b").send("\x1b", later=0.12).send("2", later=0.01).keys == ["escape", "alt+2"]


def test_a_terminal_that_names_escape_itself_leaves_no_doubt() -> None:
    assert Typist().send("\x1b[27u").send("2", later=0.12).keys == ["escape", "2"]


def test_a_paste_whose_mark_comes_in_two_pieces_is_a_paste() -> None:
    assert Typist().send("\x1b").send(f"{BEGIN[1:]}2{END}", later=0.02).keys == ["paste 2"]


def test_keys_typed_while_the_program_was_loading_are_read_as_they_stand() -> None:
    name_alt_digits()
    keys = [m.key for m in EarlyKeys(False, "\x1b2a").feed("b") if isinstance(m, events.Key)]
    assert keys == ["alt+2", "a", "b"]
