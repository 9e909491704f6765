"""Escape alone and Alt with a digit, distinguished by the time between the two characters.

A terminal sends Escape and the digit for Alt with a digit, at once. Textual waits a while for the digit, but
looks at the clock only when it is idle: where the program is busy, a digit that came much later is read
together with the Escape.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable

from textual import constants
from textual._xterm_parser import XTermParser
from textual.message import Message

ESCAPE = "\x1b"
IGNORED = 3 * constants.ESCAPE_DELAY
"""Seconds after an Escape in which a digit is not typed: it may be Alt with a digit over a slow line."""


class LoneEscapes(XTermParser):
    """A parser to which an Escape is a key of its own where nothing has come for a while."""

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(debug)
        self._clock = clock
        self._escape_at: float | None = None
        """When the Escape came that was the last character of all; None where it was another."""

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what came just now; nothing at all is the end."""
        if data and self._escape_at is not None:
            between = self._clock() - self._escape_at
            yield from self._end_escape()
            if constants.ESCAPE_DELAY <= between < IGNORED and data[0].isdecimal():
                data = data[1:]
                if not data:
                    self._escape_at = None
                    return
        if data:
            self._escape_at = self._clock() if data.endswith(ESCAPE) else None
        yield from super().feed(data)

    def tick(self) -> Iterable[Message]:
        """Parse what waits, if nothing came since."""
        yield from self._end_escape()
        yield from super().tick()

    def _end_escape(self) -> Iterable[Message]:
        """Have Textual take an Escape that was long ago as a key of its own."""
        waits = self._escape_at is not None and self._timeout_time is not None
        if waits and self._clock() - (self._escape_at or 0.0) >= constants.ESCAPE_DELAY:
            self._timeout_time = 0.0  # long past
            yield from super().tick()
