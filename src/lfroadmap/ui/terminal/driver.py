"""An app that speaks its terminal's dialect, and the driver that also knows what was typed before.

Textual's reader makes its parser when it begins to listen; that is where the early keys are put in.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from typing import Any

from rich.console import RenderableType
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen

from lfroadmap.bidi.dialect import PLAIN, Dialect
from lfroadmap.bidi.filter import point, written
from lfroadmap.bidi.probe import Detected
from lfroadmap.ui.terminal.pastes import WholePastes

_ANSWER = re.compile(r"\x1b\[\??8;\d\$y|\x1bP>\|[^\x1b\x07]*(?:\x1b\\|\x07)|\x1b\[[>?][\d;]*c")
_BEGUN = re.compile(r"\x1b(?:P(?:>(?:\|[^\x1b\x07]*\x1b?)?)?|\[[>?]?[\d;]*\$?)\Z")


class EarlyKeys(WholePastes):
    """Begins with the keys that were typed before, and leaves out answers that come too late."""

    def __init__(self, debug: bool, typed: str) -> None:
        super().__init__(debug)
        self._held = typed

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what came, behind what is held; nothing at all is the end."""
        came, self._held = self._held + data, ""
        rest = _ANSWER.sub("", came)
        begun = _BEGUN.search(rest) if data else None
        if begun:
            rest, self._held = rest[: begun.start()], begun[0]
        return super().feed(rest) if rest or not data else ()

    def tick(self) -> Iterable[Message]:
        """Parse what is held, if nothing came since."""
        held, self._held = self._held, ""
        if held:
            yield from super().feed(held)
        yield from super().tick()


def driver_for(base: type[Driver], dialect: Dialect, detected: Detected | None) -> type[Driver]:
    """The driver `base` for a terminal of a dialect, which begins with what its detection left to read."""
    to_read = [detected] if detected and (detected.typed or not detected.answers.complete) else []

    class DialectDriver(base):  # type: ignore[misc, valid-type]
        """Speaks the dialect from when it takes the screen until it gives it back."""

        def start_application_mode(self) -> None:
            """Take the screen."""
            if sys.platform != "win32":
                _take_pastes_whole()
            if to_read:
                _read_first(to_read.pop())
            super().start_application_mode()
            if dialect.enter:
                self.write(dialect.enter)

        def stop_application_mode(self) -> None:
            """Give the screen back."""
            if dialect.leave:
                self.write(dialect.leave)
            super().stop_application_mode()

    return DialectDriver


def _take_pastes_whole() -> None:
    """Have the readers that begin to listen from now on take pastes whole."""
    from textual.drivers import linux_driver  # noqa: PLC0415 - only where there is one

    linux_driver.XTermParser = WholePastes  # type: ignore[attr-defined]


def _read_first(detected: Detected) -> None:
    """Have the next reader that begins to listen on this terminal begin with the early keys."""
    from textual.drivers import linux_driver  # noqa: PLC0415 - only where there is one

    def parser(debug: bool = False) -> XTermParser:
        linux_driver.XTermParser = WholePastes  # type: ignore[attr-defined]
        return EarlyKeys(debug, detected.typed.decode("utf-8", "replace"))

    linux_driver.XTermParser = parser  # type: ignore[assignment, attr-defined]


class DialectApp(App[None]):
    """An app whose screen is sent in a dialect, and whose mouse points at what the person sees."""

    def __init__(self, dialect: Dialect = PLAIN, detected: Detected | None = None) -> None:
        super().__init__(driver_for(self.get_driver_class(), dialect, detected))
        self.dialect = dialect

    async def on_event(self, event: events.Event) -> None:
        """Take an event; the mouse's may need to be put right first."""
        if isinstance(event, events.MouseEvent) and not event.is_forwarded:
            point(event, self.screen, self.dialect)
        await super().on_event(event)

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        super()._display(screen, written(renderable, screen, self.dialect))
