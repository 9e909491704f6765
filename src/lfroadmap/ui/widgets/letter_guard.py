"""A list refuses text: what is typed onto it by mistake runs no commands."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.message import Message

from lfroadmap.ui.widgets.tones import Toned

QUIET = 0.5
"""Seconds after a sign that is no command, or that opened a tab, in which the text behind it is ignored."""
TYPED_TOO = frozenset(("enter", "backspace"))
"""Keys that belong to the typing of a text though they are no letters of it."""
TABS = frozenset("123456789[]")
"""Signs that open tabs."""


class LetterGuard(Toned):
    """A widget whose letters are commands."""

    class Refused(Message):
        """A sign was typed that is no command, or a text right behind a sign that `opens_tab`."""

        def __init__(self, sign: str, *, opens_tab: bool) -> None:
            super().__init__()
            self.sign, self.opens_tab = sign, opens_tab

    clock: Callable[[], float] = staticmethod(time.monotonic)
    takes_text: ClassVar[bool] = False
    """True if digits and signs are text here, and open no tabs."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._refused_at: float | None = None
        """When a sign was last refused or ignored."""
        self._opened: tuple[str, float] | None = None
        """The sign that opened the widget's tab, and when."""

    def opened_by(self, sign: str) -> None:
        """Ignore a text that follows: the sign was its first, as in `3 calls`."""
        self._opened = (sign, self.clock())

    def on_key(self, event: events.Key) -> None:
        """Refuse a sign that is no command, and ignore the keys typed right behind it.

        Otherwise the letters of a name that is typed by mistake would be commands, one after the other.
        """
        if not _is_typed(event):
            self._refused_at = self._opened = None
            return
        if not self.ignores(event) and not self._is_unknown(event):
            return
        event.stop()
        event.prevent_default()
        opened = self._opened if self._follows_opener(event) else None
        self.refuse(opened[0] if opened else event.character or "", opens_tab=bool(opened))

    def refuse(self, sign: str, *, opens_tab: bool = False) -> None:
        """Say that a sign is no command, unless one was refused just now, and ignore a text behind it."""
        if not self._is_now(self._refused_at):
            self.post_message(self.Refused(sign, opens_tab=opens_tab))
        self._refused_at = self.clock()

    def ignores(self, event: events.Key) -> bool:
        """True for a key of a text that began with a sign that was refused, or that opened the tab."""
        return _is_typed(event) and (self._is_now(self._refused_at) or self._follows_opener(event))

    def _follows_opener(self, event: events.Key) -> bool:
        """True for a text behind the key of a tab; not for the key of another tab, nor for Enter."""
        if self._opened is None or event.key == "enter" or self._opens_tab(event):
            return False
        return self._is_now(self._opened[1])

    def _is_now(self, at: float | None) -> bool:
        return at is not None and self.clock() - at <= QUIET

    def _opens_tab(self, event: events.Key) -> bool:
        return not self.takes_text and event.character in TABS and self._is_bound(event)

    def _is_bound(self, event: events.Key) -> bool:
        return event.key in self.screen.active_bindings

    def _is_unknown(self, event: events.Key) -> bool:
        sign = event.character if event.is_printable else None
        return bool(sign and not sign.isspace() and not self._is_bound(event))


def _is_typed(event: events.Key) -> bool:
    """True for a key that types a text."""
    return (event.is_printable or event.key in TYPED_TOO) and not event.key.startswith(("alt+", "ctrl+"))
