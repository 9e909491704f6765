"""Keys that are pressed one after the other for one command, as `d d`: they arrive as one key of that name.

No time matters: the first one waits for the next, which ends it whatever it is. Nothing is delayed where a
text is written. A screen that asks for a key gets every one as it is pressed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple, Protocol, runtime_checkable

from textual import events
from textual.app import App
from textual.widget import Widget

from lfroadmap.ui.key_layouts import LATIN_LETTERS
from lfroadmap.ui.widgets.chrome import Footer
from lfroadmap.ui.widgets.letter_guard import LetterGuard


@runtime_checkable
class TakesEveryKey(Protocol):
    """A screen for which no key is a command."""

    def take_key(self, event: events.Key) -> None:
        """Take a key as it is pressed."""
        ...


class Begun(NamedTuple):
    """A key that waits for the next one."""

    key: str
    focused: Widget | None
    """What had the focus when it was pressed."""
    sign: str
    footers: tuple[Footer, ...]
    """Where it is shown."""


class KeySequences:
    """Hands events on, with two keys as one where a command has them."""

    def __init__(self, app: App[None], handle: Callable[[events.Event], Awaitable[None]]) -> None:
        self._app, self._handle = app, handle
        self._begun: Begun | None = None
        self._is_used = False

    def use(self, keys: str) -> None:
        """Take the keys of all commands, as the settings have them."""
        self._is_used = " " in keys
        self._end()

    async def take(self, event: events.Event) -> None:
        """Handle an event, or hold a key that begins a sequence."""
        if isinstance(event, events.Key) and not event.is_forwarded:
            if isinstance(screen := self._app.screen, TakesEveryKey):
                screen.take_key(event)
                return
            if self._is_used and not self._passes(event):
                return
        elif isinstance(event, events.MouseDown | events.Paste):
            self._end()
        await self._handle(event)

    def _passes(self, event: events.Key) -> bool:
        """True if a key is to be handled: as itself, or as the sequence that it ends."""
        begun, focused = self._end(), self._app.focused
        if _writes(focused, event) or (isinstance(focused, LetterGuard) and focused.ignores(event)):
            return True
        active = self._app.screen.active_bindings
        if begun is None or begun.focused is not focused:
            if not any(keys.startswith(f"{event.key} ") for keys in active):
                return True
            self._begin(event, focused)
            return False
        sequence = f"{begun.key} {event.key}"
        if sequence in active:
            event.key, event.character = sequence, None
            return True
        if event.key != "escape" and isinstance(focused, LetterGuard):
            focused.refuse(f"{begun.sign}{event.character or ''}")
        return False

    def _begin(self, event: events.Key, focused: Widget | None) -> None:
        sign = event.character or event.key
        self._begun = Begun(event.key, focused, sign, tuple(self._app.screen.query(Footer)))
        for footer in self._begun.footers:
            footer.show_begun(LATIN_LETTERS.get(sign, sign))

    def _end(self) -> Begun | None:
        """Wait no longer; returns the key that waited."""
        begun, self._begun = self._begun, None
        for footer in begun.footers if begun else ():
            footer.show_begun("")
        return begun


def _writes(focused: Widget | None, event: events.Key) -> bool:
    """True if the key is a part of a text that is written where the focus is, or begins one."""
    if focused is None:
        return False
    begins = getattr(focused, "takes_text", False) and event.is_printable
    return bool(begins) or focused.check_consume_key(event.key, event.character)
