"""Handlers and reactive values that are looked up once for a class are those that Textual finds."""

from __future__ import annotations

from pathlib import Path

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input

from lfroadmap.ui import quick_lookups
from lfroadmap.ui.screens.main import MainScreen
from lfroadmap.ui.widgets.found_list import FoundList
from lfroadmap.ui.widgets.tab_bar import TabBar
from sitting import Sitting, sitting
from terminal import keys

MESSAGES: tuple[type[Message], ...] = (
    events.Focus,
    events.Blur,
    events.DescendantFocus,
    events.Mount,
    events.Unmount,
    events.Resize,
    events.Key,
    events.Click,
    events.ScreenResume,
    Button.Pressed,
    Input.Changed,
    FoundList.Chosen,
    TabBar.Chosen,
    MainScreen.Opened,
)


def widgets(at: Sitting) -> list[Widget]:
    return [each for screen in at.app.screen_stack for each in (screen, *screen.walk_children(Widget))]


def handlers(at: Sitting, widget: Widget, kind: type[Message]) -> None:
    """Compare the handlers of a message with those that Textual finds."""
    message = kind.__new__(kind)
    message._no_default_action, message._sender = False, at.app
    if kind in (Button.Pressed, Input.Changed):
        setattr(message, "button" if kind is Button.Pressed else "input", widget)
    name = kind.handler_name
    found = quick_lookups._handlers(widget, name, message)
    expected = quick_lookups._get_dispatch_methods(widget, name, message)
    assert list(found) == list(expected), (widget, kind)


async def test_handlers_and_values_are_those_of_textual(home: Path) -> None:
    async with sitting(home, size=(120, 40)) as at:
        for key in ("alt+2", "tab", "escape", "f2", "escape", "ctrl+n"):
            await at.type(keys(key))
            for widget in (at.app, *widgets(at)):
                for name, attribute in widget._reactives.items():
                    value = quick_lookups._read(attribute, widget, type(widget))
                    assert value == quick_lookups._get(attribute, widget, type(widget)), (widget, name)
            for widget in widgets(at):
                for kind in MESSAGES:
                    handlers(at, widget, kind)


async def test_a_handler_that_ends_the_default_ends_it(home: Path) -> None:
    async with sitting(home) as at:
        message = events.Focus()
        found = iter(quick_lookups._handlers(at.app.main, message.handler_name, message))
        names = [each.__name__ for each, _ in found]
        message.prevent_default()
        assert names
        assert list(quick_lookups._handlers(at.app.main, message.handler_name, message)) == []
