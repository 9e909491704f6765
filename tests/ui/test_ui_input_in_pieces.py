"""What a terminal sends is the same input however the system hands it over: whole, or in any pieces."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.message import Message

from lfroadmap.ui.terminal.driver import EarlyKeys
from lfroadmap.ui.terminal.keyboard import name_alt_digits
from lfroadmap.ui.terminal.meta_modes import MetaModes
from lfroadmap.ui.terminal.pastes import WholePastes
from lfroadmap.ui.terminal.steady_driver import SteadyDriver
from terminal import keys

INPUT = (
    "aמשימה 😀\r"
    + keys("down", "alt+2")
    + "\x1b[200~הדבקה\nab\x1b[201~"
    + "\x1b[?1036;2$y"
    + "ש"
    + keys("f1")
).encode()


class Pieces(SteadyDriver):
    """The driver's reading thread, to which the system hands over these pieces."""

    def __init__(self, pieces: list[bytes], parser: XTermParser, readable: int) -> None:
        self._pieces, self._parser, self.fileno = pieces, parser, readable
        self.exit_event = threading.Event()
        self._meta_modes = MetaModes()
        self.came: list[Message] = []

    def make_parser(self) -> XTermParser:
        return self._parser

    def process_message(self, message: Message) -> None:
        self.came.append(message)

    def _read(self) -> bytes | None:
        return self._pieces.pop(0) if self._pieces else None

    def _give_up(self) -> None:
        self.exit_event.set()


@pytest.fixture
def readable() -> Iterator[int]:
    """A descriptor that always has something to read."""
    read, write = os.pipe()
    os.write(write, b"x")
    yield read
    os.close(read)
    os.close(write)


def seen(pieces: list[bytes], parser: XTermParser, readable: int) -> list[tuple[str, str | None]]:
    driver = Pieces(pieces, parser, readable)
    driver.run_input_thread()
    return [
        ("paste", event.text) if isinstance(event, events.Paste) else (event.key, event.character)
        for event in driver.came
        if isinstance(event, events.Key | events.Paste)
    ]


@pytest.mark.parametrize("early", [False, True])
def test_input_that_is_cut_anywhere_is_read_as_a_whole(readable: int, early: bool) -> None:
    def parser() -> XTermParser:
        return EarlyKeys(False, "") if early else WholePastes(False)

    name_alt_digits()
    whole = seen([INPUT], parser(), readable)
    typed = [character for key, character in whole if key != "paste"]
    assert typed[:11] == [*"aמשימה 😀", "\r", None, None]
    assert ("paste", "הדבקה\nab") in whole
    for cut in range(1, len(INPUT)):
        assert seen([INPUT[:cut], INPUT[cut:]], parser(), readable) == whole
    assert seen([INPUT[at : at + 1] for at in range(len(INPUT))], parser(), readable) == whole
