"""Pastes as one event each: Textual's parser turns an escape sequence inside a paste into keys."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator

from textual import constants, events
from textual.message import Message

from lfroadmap.ui.terminal.lone_escapes import LoneEscapes

BEGIN, END = "\x1b[200~", "\x1b[201~"


class WholePastes(LoneEscapes):
    """A parser that sends everything between the two marks of a paste as one event."""

    def __init__(self, debug: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(debug, clock)
        self._pasted: str | None = None
        """The part of a paste that has arrived; None outside of one."""
        self._tail = ""
        """The end of what came, where it may begin a paste."""
        self._waits_since = 0.0
        self._escaped = False
        """True if the last character that Textual was given is an Escape."""

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what came; nothing at all is the end."""
        if not data:
            yield from self._rest()
            yield from super().feed("")
            return
        data, self._tail = self._tail + data, ""
        while data:
            data = yield from (self._outside(data) if self._pasted is None else self._inside(data))

    def _outside(self, data: str) -> Generator[Message, None, str]:
        if self._escaped and data.startswith(BEGIN[1:]):
            # Textual was given the mark's Escape already: let it have an empty paste to itself
            yield from (m for m in super().feed(BEGIN[1:] + END) if not isinstance(m, events.Paste))
            self._escaped, self._pasted = False, ""
            return data[len(BEGIN) - 1 :]
        keys, mark, rest = data.partition(BEGIN)
        if mark:
            self._pasted = ""
        else:
            kept = _begun("\x1b" * self._escaped + keys)
            kept = min(kept, len(keys))
            keys, self._tail = keys[: len(keys) - kept], keys[len(keys) - kept :]
            self._waits_since = time.monotonic()
        if keys:
            self._escaped = keys.endswith("\x1b")
            yield from super().feed(keys)
        return rest

    def _inside(self, data: str) -> Generator[Message, None, str]:
        pasted = (self._pasted or "") + data
        text, mark, rest = pasted.partition(END)
        self._pasted = None if mark else pasted
        if mark:
            yield events.Paste(text.replace("\0", ""))
        return rest

    def _rest(self) -> Iterator[Message]:
        """The paste of a terminal that went away before its end mark."""
        if self._pasted:
            yield events.Paste(self._pasted.replace("\0", ""))
        self._pasted = None

    def tick(self) -> Iterable[Message]:
        """Parse what waits, if nothing came since."""
        if self._tail and time.monotonic() - self._waits_since >= constants.ESCAPE_DELAY:
            rest, self._tail, self._escaped = self._tail, "", False
            yield from super().feed(rest)
        yield from super().tick()


def _begun(keys: str) -> int:
    """Characters at the end that may be the beginning of a paste's mark; Escape alone is a key."""
    return next((size for size in range(len(BEGIN) - 1, 1, -1) if keys.endswith(BEGIN[:size])), 0)
