"""Waiting until an app is at rest, by looking at it: no message is under way, and all has its place."""

from __future__ import annotations

import asyncio

from textual import screen as screens
from textual.app import App, ScreenStackError
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widget import Widget

LOOKS = 2
"""How often in a row nothing must be found; the loop takes in what other threads sent between the looks."""


screens.UPDATE_PERIOD = 1.0
"""Seconds between two frames: they are drawn when the app is at rest, not more often where it is slow."""


_draw = Screen._compositor_refresh


def _note(self: Screen[object]) -> None:
    """Note that the screen is to be drawn: a test that looks draws all of it, and no one else sees it."""
    if self is not self.app.screen or self.app.is_inline:
        _draw(self)
        return
    self._dirty_widgets.clear()
    self.app._update_mouse_over(self)


Screen._compositor_refresh = _note  # type: ignore[method-assign]


def draw(app: App[None]) -> None:
    """Draw what changed since the last time, as a terminal would be sent it; of a batch only the end."""
    if (screen := _screen(app)) and app._exception is None and not app._batch_count:
        with app._context():
            _draw(screen)


class RestingPilot(Pilot[None]):
    """A pilot that looks for work, where Textual's posts a message to each widget and waits for its answer.

    With a hundred widgets on the screen, those messages are most of the time of a test that types.
    """

    async def _wait_for_screen(self, timeout: float = 30.0) -> bool:
        return await rest(self.app, timeout)

    async def pause(self, delay: float | None = None) -> None:
        await asyncio.sleep(delay or 0)
        await rest(self.app)


async def rest(app: App[None], seconds: float = 30.0) -> bool:
    """Wait until nothing is under way and all has its place; False if the app broke or ended."""
    loop = asyncio.get_running_loop()
    end, quiet = loop.time() + seconds, 0
    while quiet < LOOKS:
        await _let_others_run()
        screen = _screen(app)
        if screen is None or app._exception is not None:
            return False
        quiet = 0 if _ready(loop) or _at_work(app, screen) or arranges(app, screen) else quiet + 1
        if not quiet and not _ready(loop):
            await asyncio.sleep(0.001)  # a handler waits for something outside of the loop
        assert loop.time() < end, "the app never came to rest"
    return True


def _screen(app: App[None]) -> Screen[object] | None:
    try:
        return app.screen if app._running else None
    except ScreenStackError:
        return None


_looking = 0
"""How many tasks are between two looks: the tests of two windows wait for both at once."""


async def _let_others_run() -> None:
    global _looking  # noqa: PLW0603 - a loop runs in one thread
    _looking += 1
    try:
        await asyncio.sleep(0)
    finally:
        _looking -= 1


def _ready(loop: asyncio.AbstractEventLoop) -> bool:
    """Whether some task is to run on that does more than look."""
    return len(loop._ready) > _looking  # type: ignore[attr-defined]


def _at_work(app: App[None], screen: Screen[object]) -> bool:
    """Whether the app, or a widget of its screen, has a message to handle, or a new size to tell."""
    if _busy(app) or app._resize_event is not None:
        return True
    return any(_busy(widget) and _stands_on(widget, screen) for widget in app._registry)


def _busy(pump: MessagePump) -> bool:
    """Whether a pump does anything but wait for its next message."""
    queue = pump._message_queue
    return pump._running and bool(queue.values or not queue.ready_event._waiters)  # type: ignore[attr-defined]


def _stands_on(widget: Widget, screen: Screen[object]) -> bool:
    return screen in widget.ancestors_with_self


def arranges(app: App[None], screen: Screen[object]) -> bool:
    """Give everything its place, and go on with what waited for that; False if nothing had changed."""
    wanted = bool(
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if wanted:
        with app._context():
            screen._on_timer_update()
    return wanted
