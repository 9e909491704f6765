"""A program on a pty, watched by the clock: when a key's answer was on the screen, and what it cost."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyte

from tests.terminal import Terminal, keys

Look = Callable[[pyte.Screen], Hashable]
"""What of a screen is looked at; a key is answered when it is another."""

QUIET = 0.06
"""Seconds without a byte after which a key's work is taken to be done."""
PATIENCE = 20.0
"""Seconds to wait for an answer."""

_SYNC_LENGTH = len(b"\x1b[?2026h")
_SYNC = re.compile(rb"\x1b\[\?2026([hl])")


@dataclass(frozen=True, slots=True)
class Answer:
    """How a key was answered."""

    seen: float
    """Seconds until the answer was on the screen."""
    settled: float
    """Seconds until the last byte."""
    written: int
    """Bytes."""


class Watch(Terminal):
    """A program whose output is stamped as it arrives and drawn later, so that drawing delays no stamp."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._heard: list[tuple[float, bytes]] = []
        self._drawn = 0
        self._half_drawn = False
        self._tail = b""
        """The last bytes that were drawn: a piece of output may end within a mark."""
        self.began = time.perf_counter()
        super().__init__(command, env)

    def _take(self, data: bytes) -> None:
        self._heard.append((time.perf_counter(), data))
        self.output += data
        self._answer(data)

    def wait_until_written(self, text: str) -> None:
        """Wait until the program has written a text in one piece; raises AssertionError."""
        until = time.perf_counter() + PATIENCE
        while text.encode() not in self.output:
            self.read(0.002)
            if time.perf_counter() > until:
                self.catch_up()
                raise AssertionError(f"{text!r} was never written:\n{self.text()}")

    def press(self, key: str, look: Look) -> Answer:
        """Press a key and wait until the screen answers it and is quiet; raises AssertionError."""
        self.catch_up()
        first, before = self._drawn, look(self.screen)
        sent = time.perf_counter()
        os.write(self._fd, keys(key).encode())
        seen = self._first_sight(look, before, sent + PATIENCE)
        if seen is None:
            raise AssertionError(f"{key} was not answered:\n{self.text()}")
        written = sum(len(data) for _, data in self._heard[first:])
        return Answer(seen - sent, self._heard[-1][0] - sent, written)

    def press_for(self, key: str, other: Watch, look: Look) -> float:
        """Press a key; seconds until the screen of another program shows it. Raises AssertionError."""
        other.listen()
        other.catch_up()
        before, sent = look(other.screen), time.perf_counter()
        os.write(self._fd, keys(key).encode())
        seen = other._first_sight(look, before, sent + PATIENCE)
        if seen is None:
            raise AssertionError(f"{key} did not come:\n{other.text()}")
        return seen - sent

    def _first_sight(self, look: Look, before: Hashable, until: float) -> float | None:
        """When the screen first looked another; the stamp of the piece of output that made it so."""
        while time.perf_counter() < until:
            self.listen()
            seen = None
            for stamp in self.draw_pieces():
                if seen is None and look(self.screen) != before:
                    seen = stamp
            if seen is not None:
                return seen
        return None

    def listen(self) -> None:
        """Read until the program has been quiet for a while."""
        known = -1
        while known != len(self._heard):
            known = len(self._heard)
            last = self._heard[-1][0] if self._heard else 0.0
            self.read(max(QUIET - (time.perf_counter() - last), 0.002))

    def catch_up(self) -> None:
        """Draw all that was written."""
        for _ in self.draw_pieces():
            pass

    def draw_pieces(self) -> Iterator[float]:
        """Draw what was not drawn yet; the stamps of the pieces after which a person sees the screen.

        A terminal shows nothing of a synchronized update before its end.
        """
        while self._drawn < len(self._heard):
            stamp, data = self._heard[self._drawn]
            self._drawn += 1
            self._stream.feed(data)
            for mark in _SYNC.findall(self._tail + data):
                self._half_drawn = mark == b"h"
            self._tail = (self._tail + data)[-_SYNC_LENGTH + 1 :]
            if not self._half_drawn:
                yield stamp
