"""A list refuses letters that are no commands, so that a name typed by mistake does not run commands."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual import events
from textual.message import Message

from lfroadmap.ui.widgets.tones import Toned

QUIET = 0.5
"""Seconds after a letter that is no command in which the letters that follow are ignored."""
TYPED_TOO = frozenset(("enter", "backspace"))
"""Keys that belong to the typing of a text though they are no letters of it."""


class LetterGuard(Toned):
    """A widget whose letters are commands."""

    class Refused(Message):
        """A letter was typed that is no command."""

        def __init__(self, letter: str) -> None:
            super().__init__()
            self.letter = letter

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.clock: Callable[[], float] = time.monotonic
        self._refused_at: float | None = None
        """When a letter was last refused or ignored."""

    def on_key(self, event: events.Key) -> None:
        """Refuse a letter that is no command, and ignore the keys typed right behind it.

        Otherwise the letters of a name that is typed by mistake would be commands, one after the other.
        """
        if not event.is_printable and event.key not in TYPED_TOO:
            self._refused_at = None
            return
        now, last = self.clock(), self._refused_at
        following = last is not None and now - last <= QUIET
        if following or self._is_unknown_letter(event):
            event.stop()
            event.prevent_default()
            self._refused_at = now
            if not following:
                self.post_message(self.Refused(event.character or ""))

    def _is_unknown_letter(self, event: events.Key) -> bool:
        letter = event.character if event.is_printable else None
        return bool(letter and letter.isalpha() and event.key not in self.screen.active_bindings)
