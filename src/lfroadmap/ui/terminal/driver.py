"""An app that speaks its terminal's dialect, and the driver that also knows what was typed before."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.message import Message
from textual.screen import Screen

from lfroadmap.bidi.dialect import PLAIN, Dialect
from lfroadmap.bidi.probe import Detected
from lfroadmap.bidi.terminals import ANSWER
from lfroadmap.bidi.textual.terminal_io import correct_mouse, encode_update
from lfroadmap.ui.terminal import title
from lfroadmap.ui.terminal.pastes import WholePastes
from lfroadmap.ui.terminal.sent_cells import SentCells

if TYPE_CHECKING:
    from lfroadmap.ui.terminal.output import Output

_BEGUN = re.compile(r"\x1b(?:P(?:>(?:\|[^\x1b\x07]*\x1b?)?)?|\[[>?]?[\d;]*\$?)\Z")


class EarlyKeys(WholePastes):
    """Begins with the keys that were typed before, and leaves out answers that come too late."""

    def __init__(self, debug: bool, typed: str) -> None:
        super().__init__(debug)
        self._waiting = typed

    def feed(self, data: str) -> Iterable[Message]:
        """Parse new input behind what waits; no input at all is the end."""
        came, self._waiting = self._waiting + data, ""
        rest = ANSWER.sub("", came)
        begun = _BEGUN.search(rest) if data else None
        if begun:
            rest, self._waiting = rest[: begun.start()], begun[0]
        return super().feed(rest) if rest or not data else ()

    def tick(self) -> Iterable[Message]:
        """Parse what waits, if nothing came since."""
        waiting, self._waiting = self._waiting, ""
        if waiting:
            yield from super().feed(waiting)
        yield from super().tick()


def driver_for(base: type[Driver], dialect: Dialect, detected: Detected | None) -> type[Driver]:
    """The driver `base` for a terminal of a dialect, which begins with what its detection left to read."""

    class DialectDriver(base):  # type: ignore[misc, valid-type]
        """Speaks the dialect from when it takes the screen until it gives it back."""

        def start_application_mode(self) -> None:
            """Take the screen."""
            super().start_application_mode()
            self._app.sent.forget()
            self.write(title.KEEP + title.set_title(self._app.title))
            if dialect.enter:
                self.write(dialect.enter_screen(_height()))

        def stop_application_mode(self) -> None:
            """Give the screen back."""
            if dialect.leave:
                self.write(dialect.leave)
            self.write(title.RESTORE)
            super().stop_application_mode()

    if sys.platform == "win32":
        return DialectDriver
    from textual.drivers.linux_driver import LinuxDriver  # noqa: PLC0415 - only where there is one

    return _steady(DialectDriver, detected) if issubclass(base, LinuxDriver) else DialectDriver


def _height() -> int:
    """Lines of the terminal that Textual draws on; 0 where it is none."""
    try:
        return os.get_terminal_size(2).lines
    except OSError:
        return 0


def _steady(base: type[Driver], detected: Detected | None) -> type[Driver]:
    """The driver `base` that no terminal can stop, which begins with what its detection left to read."""
    from lfroadmap.ui.terminal.steady_driver import SteadyDriver  # noqa: PLC0415 - only on Unix

    to_read = [detected] if detected and (detected.typed or not detected.answers.complete) else []

    class OwnDriver(SteadyDriver, base):  # type: ignore[misc, valid-type]
        """Reads the early keys first."""

        def make_parser(self) -> XTermParser:
            """The parser of the next thread that listens."""
            if not to_read:
                return super().make_parser()
            return EarlyKeys(self._debug, to_read.pop().typed.decode("utf-8", "replace"))

    return OwnDriver


class DialectApp(App[None]):
    """An app whose screen is sent in a dialect, and whose mouse points at what the person sees."""

    def __init__(self, dialect: Dialect = PLAIN, detected: Detected | None = None) -> None:
        super().__init__(driver_for(self.get_driver_class(), dialect, detected))
        self.dialect = dialect
        self.sent = SentCells()
        self.at_end = ExitStack()
        """Callbacks for the end of the app."""

    async def on_event(self, event: events.Event) -> None:
        """Take an event; the mouse's may need to be put right first."""
        if isinstance(event, events.MouseEvent) and not event.is_forwarded:
            correct_mouse(event, self.screen, self.dialect)
        if isinstance(event, events.Resize):
            self.sent.forget()  # the terminal may have wrapped or cut what it shows
        await super().on_event(event)

    def watch_title(self, new: str) -> None:
        """Give the terminal's window the app's title."""
        if self._driver is not None and not self.is_headless:
            self._driver.write(title.set_title(new))

    def on_unmount(self) -> None:
        """Undo what was set up for the time of the app."""
        self.at_end.close()

    # a terminal that does not keep up, or goes away

    def terminal_gone(self) -> None:
        """End, as there is nobody to draw for; called on any thread."""
        self.call_later(self.exit, return_code=1)

    @property
    def _output(self) -> Output | None:
        """The thread that writes to the terminal; None where Textual's own driver does."""
        output: Output | None = getattr(self._driver, "output", None)
        return output

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        output = self._output
        if output and output.is_behind and renderable is not None:
            _note_skipped(screen, renderable)
            output.skip_frame()
            return
        super()._display(screen, self.sent.changes(encode_update(renderable, screen, self.dialect)))

    def draw_skipped(self) -> None:
        """Draw what was skipped, now that the terminal has taken what was sent before."""
        self.screen._dirty_widgets.add(self.screen)
        self.screen.check_idle()

    def _print_error_renderables(self) -> None:
        if self._output and self._output.is_cut_off:
            self._exit_renderables.clear()  # nobody would read it, and writing might never end
        super()._print_error_renderables()


def _note_skipped(screen: Screen[Any], update: RenderableType) -> None:
    """Keep the parts of the screen that were to be drawn for the next time."""
    compositor = screen._compositor
    if isinstance(update, ChopsUpdate):
        compositor._dirty_regions.update(Region(x1, y, x2 - x1, 1) for y, x1, x2 in update.spans)
    else:
        compositor._dirty_regions.add(compositor.size.region)
