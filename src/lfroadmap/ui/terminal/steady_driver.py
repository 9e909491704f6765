"""Textual's driver for Unix terminals, made to outlive a terminal that stalls, is slow, or goes away."""

from __future__ import annotations

import os
import select
import sys
from codecs import getincrementaldecoder
from collections.abc import Iterable
from typing import Protocol, TextIO, cast

from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.drivers._writer_thread import WriterThread
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from lfroadmap.skeleton import SKELETON
from lfroadmap.ui.terminal.meta_modes import MetaModes
from lfroadmap.ui.terminal.output import Output
from lfroadmap.ui.terminal.pastes import WholePastes

_ALTERNATE = "\x1b[?1049h"
_NO_SIZE = (80, 24)
"""Columns and lines of a terminal that does not say how large it is."""
_LOOK = 0.1
"""Seconds between two looks whether to stop listening."""


class Owner(Protocol):
    """The methods that the app of such a driver has."""

    def terminal_gone(self) -> None:
        """End: there is nobody to draw for; called on any thread."""
        ...

    def draw_skipped(self) -> None:
        """Draw what was skipped while the terminal did not keep up."""
        ...


class SteadyDriver(LinuxDriver):
    """Never blocks the thread that draws, and has its app end when the terminal is gone."""

    @property
    def _owner(self) -> Owner:
        return cast("Owner", self._app)

    @property
    def output(self) -> Output | None:
        """The thread that writes; None where the terminal was gone before it could be taken."""
        return cast("Output | None", self._writer_thread)

    def write(self, data: str) -> None:
        """Queue data for the terminal; its alternate screen is not entered where the skeleton is on it."""
        if data == _ALTERNATE and SKELETON.hand_over():
            return
        if self.output is not None:
            self.output.write(data)

    def start_application_mode(self) -> None:
        """Take the screen, and start to listen."""

        def output(file: TextIO) -> Output:
            return Output(file, self._give_up, self._draw_skipped)

        # Textual's own start makes the thread by this name
        linux_driver.WriterThread = cast("type[WriterThread]", output)  # type: ignore[attr-defined]
        self._meta_modes = MetaModes()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        self.write(self._meta_modes.enter())

    def stop_application_mode(self) -> None:
        """Give the screen back; a terminal that does not keep up is sent only what gives it back."""
        if self.output is not None:
            self.output.drop_unsent()
        self.write(self._meta_modes.leave())
        super().stop_application_mode()

    def _get_terminal_size(self) -> tuple[int, int]:
        """Columns and lines, as `shutil` finds them, which would load three kinds of compression."""
        typed = [os.environ.get(name, "") for name in ("COLUMNS", "LINES")]
        try:
            found = os.get_terminal_size(cast("TextIO", sys.__stdout__).fileno())
        except (AttributeError, ValueError, OSError):
            found = os.terminal_size(_NO_SIZE)
        columns, lines = (int(one) if one.isdecimal() else 0 for one in typed)
        return columns or found.columns or _NO_SIZE[0], lines or found.lines or _NO_SIZE[1]

    def _sigcont_application(self, *_: object) -> None:
        """Take the screen again after the program was stopped; a hang-up sends this signal too."""
        if not self._auto_restart or not os.isatty(self.fileno):
            return
        if not self._must_signal_resume:  # SIGSTOP cannot be caught: the old threads still run
            self.suspend_application_mode()
            self._must_signal_resume = True
        super()._sigcont_application()
        self._app.call_later(self._app.refresh, layout=True)  # the screen that was taken again is empty

    def run_input_thread(self) -> None:
        """Parse keys until stopped, or until the terminal is gone."""
        parser = self.make_parser()
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            readable, _, _ = select.select([self.fileno], [], [], _LOOK)
            data = self._read() if readable else b""
            if data is None:
                self._pass_on(_rest(parser))
                self._give_up()
                return
            if text := decode(data):
                self._meta_modes.read(text)
                self._pass_on(parser.feed(text))
            self._pass_on(parser.tick())

    def make_parser(self) -> XTermParser:
        """The parser of the next thread that listens."""
        return WholePastes(self._debug)

    def _give_up(self) -> None:
        """Have the app end; called on the threads that read and write."""
        self._owner.terminal_gone()

    def _draw_skipped(self) -> None:
        """Have the app draw what was skipped; called on the thread that writes."""
        self._app.call_later(self._owner.draw_skipped)

    def _read(self) -> bytes | None:
        """The new input; None where the terminal is gone."""
        try:
            return os.read(self.fileno, 4096) or None
        except BlockingIOError:  # a program before us may have left the terminal so
            return b""
        except OSError:
            return None

    def _pass_on(self, messages: Iterable[Message]) -> None:
        for message in messages:
            self.process_message(message)


def _rest(parser: XTermParser) -> Iterable[Message]:
    """The messages of an unfinished input, such as a paste without its end, when no more can come."""
    try:
        yield from parser.feed("")
    except (EOFError, ParseError):
        return
