"""Keys in the order in which they were pressed, and Alt with a digit as a key.

Textual forwards a key to the focused widget's own queue and looks for bindings when the key has bubbled up
again, while the keys behind it are forwarded already: letters typed quickly after Tab land in the field
before it. Here a key waits until the one before it has done all its work: it was stopped, or the app has run
its command, and the messages that the command sent have bubbled up too.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import cast

from textual import events, messages
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.app import App
from textual.errors import NoWidget
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.timer import Timer

from lfroadmap.bidi.marks import DIRECTION_MARKS

PATIENCE = 2.0
"""Seconds after which a key that got lost (its widget was removed) holds up the others no longer, nor does a
screen that has not loaded what the keys are for."""
LOOKS = 15
"""Times that a key which is still on its way is waited for again: on a busy machine a command may be slow."""

WITHOUT_INK = frozenset(f"{DIRECTION_MARKS}\u200c\u200d\u2060\u00a0\u202f\u00ad\ufe0f")
"""Typed characters that draw nothing: direction marks, joiners, blanks that do not break."""


ORDERED = (events.Key, events.Paste, events.MouseEvent)
"""What a person does, in the order in which it was done."""


DRAWING = (messages.Prompt, messages.Update, messages.Layout, messages.UpdateScroll, messages.InvokeLater)
"""Messages by which nothing is opened."""


class KeysInOrder:
    """Lets one key or click at a time through, and no key while `open` is not set."""

    def __init__(
        self, app: App[None], handle: Callable[[events.Event], Awaitable[None]], open: asyncio.Event
    ) -> None:
        self._app = app
        self._handle = handle
        self._open = open
        self._opening: asyncio.Task[None] | None = None
        self._waiting: deque[tuple[events.Event, Screen[object]]] = deque()
        """What has arrived, each event with the screen that was seen then."""
        self._busy = False
        self._waits_for: events.Event | None = None
        self._origin: MessagePump = app
        """The widget that had the focus when that event came."""
        self._carrier: MessagePump = app
        """The widget in whose queue that event is."""
        self._fuse: Timer | None = None
        self._screen: Screen[object] | None = None
        """The screen that took the last key."""
        self._coming: Screen[object] | None = None
        """The screen that is to take the next key once it has its widgets, and one of them the focus."""

    @property
    def idle(self) -> bool:
        """True if every key that arrived is processed."""
        return not self._busy and not self._waiting

    async def take(self, event: events.Event) -> None:
        """Handle an event now, or when what was typed and clicked before it is through."""
        if not isinstance(event, ORDERED) or event.is_forwarded or (self.idle and _only_points(event)):
            await self._handle(event)
        else:
            self._waiting.append((event, self._app.screen))
            if not self._busy:
                self._busy = True
                await self._next()

    async def _next(self) -> None:
        if not self._app.is_running:
            self._waiting.clear()  # the screens are going
        elif isinstance(event := self._waiting[0][0], events.MouseEvent):
            await self._point(event, self._waiting.popleft()[1])
        elif not self._open.is_set():
            self._opening = asyncio.create_task(self._go_on_after(self._open.wait()))
        elif self._app.screen is not self._screen:
            self._await_screen()
        elif ready := self._not_ready:
            self._opening = asyncio.create_task(self._go_on_after(self._until_ready(ready)))
        else:
            await self._let_through(_as_text(self._waiting.popleft()[0], self._app))

    async def _point(self, event: events.MouseEvent, seen: Screen[object]) -> None:
        """Let the mouse through; a button that was pressed on another screen means nothing on this one."""
        if not isinstance(event, events.MouseDown) or seen is self._app.screen:
            await self._let_through(event)
        else:
            self._waits_for = event
            self._done(event)

    @property
    def _not_ready(self) -> asyncio.Event | None:
        """The event that the screen with the keys waits for; None where it takes them."""
        ready: asyncio.Event | None = getattr(self._screen, "takes_keys", None)
        return None if ready is None or ready.is_set() else ready

    async def _until_ready(self, ready: asyncio.Event) -> None:
        with suppress(TimeoutError):  # it takes long: Escape must get through
            await asyncio.wait_for(ready.wait(), PATIENCE)
        ready.set()

    async def _go_on_after(self, waiting: Awaitable[object]) -> None:
        await waiting
        self._app.call_later(self._next)

    def _await_screen(self) -> None:
        """Go on when the screen that came up is there; where it went meanwhile, when another one is."""
        screen = self._coming = self._app.screen
        screen.call_later(self._came, screen)
        self._fuse = self._app.set_timer(PATIENCE, self._await_screen_again)

    def _await_screen_again(self) -> None:
        """Wait on, unless it came while the app had no time for this."""
        if self._coming is not None:
            self._await_screen()

    def _came(self, screen: Screen[object]) -> None:
        if screen is self._coming:
            self._disarm()
            self._screen, self._coming = screen, None
            self._app.call_later(self._next)

    async def _let_through(self, event: events.Event) -> None:
        target: MessagePump = self._app.focused or self._app.screen
        try:
            await self._handle(event)
        finally:
            if isinstance(event, events.MouseEvent):
                target = _under(event, self._app)
            self._waits_for, self._origin, self._carrier = event, target, target
            is_followed = event.is_forwarded and not _only_points(event)
            if is_followed and target.call_later(self._climb, target, event):
                self._light_fuse(event, LOOKS)
            else:
                self._done(event)

    def _light_fuse(self, event: events.Event, looks: int) -> None:
        self._fuse = self._app.set_timer(PATIENCE, partial(self._go_on_if_lost, event, looks))

    def _go_on_if_lost(self, event: events.Event, looks: int) -> None:
        """Wait on for a key that is on its way; letters would overtake the command that they are for."""
        if self._waits_for is event and looks and self._carrier.is_running and self._carrier.is_attached:
            self._light_fuse(event, looks - 1)
        else:
            self._done(event)

    def _climb(self, target: MessagePump, event: events.Event) -> None:
        """Follow the event from queue to queue, to where it was stopped or to the app."""
        parent = target._parent
        self._carrier = parent or self._origin
        # below the app, which sent the event, Textual marks it as stopped and yet hands it on: the app has
        # still to do what the key is for, and what was typed behind it may be in the app's queue already
        stopped = event._stop_propagation and event._sender not in (target, parent)
        step = self._climb if parent else self._climb_again
        is_over = stopped or (parent is None and not _has_more(self._origin))
        if is_over or not self._carrier.call_later(step, self._carrier, event):
            self._done(event)

    def _climb_again(self, target: MessagePump, event: events.Event) -> None:
        """Go the same way behind the messages by which a command asks for the rest to be done.

        Not where another screen came up: the next key waits for that one, and this one may do so too.
        """
        parent = target._parent
        self._carrier = parent or target
        goes_on = parent is not None and self._app.screen is self._screen
        if not goes_on or not self._carrier.call_later(self._climb_again, self._carrier, event):
            self._done(event)

    def _done(self, event: events.Event) -> None:
        if self._waits_for is not event:
            return
        self._waits_for = None
        self._disarm()
        self._busy = False
        if self._waiting:
            self._busy = True
            self._app.call_later(self._next)

    def _disarm(self) -> None:
        if self._fuse is not None:
            self._fuse.stop()
            self._fuse = None


def _has_more(origin: MessagePump) -> bool:
    """True if a message that is more than drawing waits in a widget, or in one that it is in."""
    node = origin
    while node._parent is not None:
        waiting = (node._pending_message, *node._message_queue.values)
        if any(not isinstance(message, DRAWING) for message in waiting if message is not None):
            return True
        node = node._parent
    return False


def _only_points(event: events.Event) -> bool:
    """True for the mouse without its buttons, which no key needs to wait for."""
    return isinstance(event, events.MouseEvent) and not isinstance(event, events.MouseDown | events.MouseUp)


def _under(event: events.MouseEvent, app: App[None]) -> MessagePump:
    """The widget that an event of the mouse was for."""
    if app.mouse_captured is not None:
        return app.mouse_captured
    try:
        return app.get_widget_at(event.x, event.y)[0]
    except NoWidget:
        return app.screen


def _as_text(event: events.Event, app: App[None]) -> events.Event:
    """A typed character without ink as a paste, where a text is edited: Textual drops it as a key."""
    if not isinstance(event, events.Key) or event.character not in WITHOUT_INK or app.focused is None:
        return event
    takes_letters = app.focused.check_consume_key("a", "a")
    return events.Paste(event.character) if takes_letters else event


class AltDigit(StrEnum):
    """Alt with a digit, in the form in which Textual keeps its keys."""

    ALT_0 = "alt+0"
    ALT_1 = "alt+1"
    ALT_2 = "alt+2"
    ALT_3 = "alt+3"
    ALT_4 = "alt+4"
    ALT_5 = "alt+5"
    ALT_6 = "alt+6"
    ALT_7 = "alt+7"
    ALT_8 = "alt+8"
    ALT_9 = "alt+9"


class AltEnter(StrEnum):
    """Alt with Enter, in the same form."""

    ALT_ENTER = "alt+enter"


def name_alt_digits() -> None:
    """Have Textual name Alt with a digit `alt+2`, which it reads as a letter of an Apple keyboard, `™`.

    So too with Enter, which it reads as two keys.
    """
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    table.update({f"\x1b{key.value[-1]}": (key,) for key in AltDigit})
    table["\x1b\r"] = (AltEnter.ALT_ENTER,)


def name_early_enter() -> None:
    """Have Textual read a line end as Enter: a terminal that nobody listened to yet turned it into that."""
    table = cast("dict[str, object]", ANSI_SEQUENCES_KEYS)
    table["\n"] = table["\r"]
