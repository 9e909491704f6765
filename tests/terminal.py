"""A terminal for tests: starts a program on a pty of its own, types, and reads its screen.

with Terminal(["lfroadmap"], env={...}) as terminal:
    terminal.wait_for("Overview")
    terminal.send(keys("alt+2"), "שלום", keys("ctrl+q"))
    assert terminal.wait_exit() == 0
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Self

import pyte

from lfroadmap.bidi.line import line_of
from lfroadmap.bidi.policy import Direction, paragraph_level

NAMED = {
    "enter": "\r", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f", "escape": "\x1b",
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "insert": "\x1b[2~", "delete": "\x1b[3~", "pageup": "\x1b[5~", "pagedown": "\x1b[6~",
    "ctrl+pageup": "\x1b[5;5~", "ctrl+pagedown": "\x1b[6;5~", "alt+up": "\x1b[1;3A",
    "alt+down": "\x1b[1;3B", "ctrl+up": "\x1b[1;5A", "ctrl+down": "\x1b[1;5B", "f1": "\x1bOP",
    "f2": "\x1bOQ", "f4": "\x1bOS", "f6": "\x1b[17~", "f12": "\x1b[24~",
    "shift+right": "\x1b[1;2C", "shift+left": "\x1b[1;2D",
}  # fmt: skip
"""What a terminal sends for a key."""

# A program asks its terminal who it is and what it can; an answer keeps it from waiting.
_ANSWERS = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[6n": b"\x1b[1;1R"}


def environment(home: Path, locale: str = "en_US.UTF-8") -> dict[str, str]:
    """The environment of a person with a home, settings and roadmaps of their own under `home`."""
    passed = {name: value for name, value in os.environ.items() if name in ("PATH", "TMPDIR")}
    return passed | {
        "HOME": str(home),
        "LANG": locale,
        "USER": "dana",
        "LFROADMAP_PROGRAMS": "",  # no browser prints for a test that does not ask for one
        "LFROADMAP_DATA_DIR": str(home / "data"),
        "LFROADMAP_CONFIG_DIR": str(home / "config"),
    }


def keys(*names: str) -> str:
    """What a terminal sends for these keys: names of NAMED, `ctrl+q`, `alt+2`, or a letter."""
    return "".join(_key(name) for name in names)


def _key(name: str) -> str:
    if name in NAMED:
        return NAMED[name]
    if name.startswith("ctrl+"):
        return chr(ord(name[-1].upper()) & 0x1F)
    return "\x1b" + name[-1] if name.startswith("alt+") else name


def _set_size(terminal: int, columns: int, lines: int) -> None:
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))


class _Screen(pyte.Screen):
    """A screen that passes over what pyte does not know: private SGR and the like."""

    def select_graphic_rendition(self, *attrs: int, private: bool = False) -> None:
        if not private:
            super().select_graphic_rendition(*attrs)

    def draw(self, data: str) -> None:
        """Marks of direction draw nothing; pyte would drop what is behind them."""
        super().draw(data.replace("\u200e", ""))

    def report_device_attributes(self, *args: object, **kwargs: object) -> None:
        """The terminal answers by itself."""


class Terminal:
    """One program on one pty. Used as a context manager, it ends the program if the test did not."""

    def __init__(
        self,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        columns: int = 120,
        lines: int = 40,
        cwd: str | os.PathLike[str] | None = None,
        answers: Mapping[bytes, bytes] | None = None,
    ) -> None:
        self.screen = _Screen(columns, lines)
        self.status: int | None = None
        self.output = b""
        self._unanswered = b""
        self._answers = _ANSWERS | dict(answers or {})
        self._stream = pyte.ByteStream(self.screen)
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _set_size(0, columns, lines)
            self._become(command, env, cwd)

    @staticmethod
    def _become(command: Sequence[str], env: Mapping[str, str], cwd: str | os.PathLike[str] | None) -> None:
        """In the child: turn into the program, or end; an exception must not go on as a second test run."""
        try:
            for number in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)  # a test run in the background passes on "ignore"
            if cwd is not None:
                os.chdir(cwd)
            full = {"TERM": "xterm-256color", "COLORTERM": "truecolor", **env}
            os.execvpe(command[0], list(command), full)
        except BaseException as error:
            os.write(2, repr(error).encode())
        finally:
            os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            self.wait_exit(10)
        os.close(self._fd)

    def resize(self, columns: int, lines: int) -> None:
        """Give the window another size; the program is notified, as by a real one."""
        _set_size(self._fd, columns, lines)
        self.screen.resize(lines, columns)

    def send(self, *texts: str, gap: float = 0.0) -> None:
        """Type; with a gap in seconds, character by character."""
        for text in texts:
            for part in text if gap else [text]:
                self._write(part.encode())
                if gap:
                    self.read(gap)

    def _write(self, data: bytes) -> None:
        """Write all of it, reading meanwhile: a pty holds 4 KB, and nobody may wait for the other side."""
        while data:
            _, writable, _ = select.select([], [self._fd], [], 0.01)
            if writable:
                data = data[os.write(self._fd, data[:512]) :]
            self.read(0)

    def send_unread(self, *texts: str) -> None:
        """Type on a terminal that has stalled: nothing is read of what the program writes."""
        for text in texts:
            os.write(self._fd, text.encode())

    def take(self, most: int) -> None:
        """Take in so many bytes of what the program writes, if there are any: a slow terminal."""
        if select.select([self._fd], [], [], 0)[0]:
            self._take(os.read(self._fd, most))

    def read(self, seconds: float) -> None:
        """Take in what the program writes for this long, at least what is there already."""
        until = time.monotonic() + seconds
        while True:
            left = max(0.0, until - time.monotonic())
            readable, _, _ = select.select([self._fd], [], [], left)
            if not readable:
                return
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # the program closed its end
                data = b""
            if not data:
                time.sleep(left)
                return
            self._take(data)

    def _take(self, data: bytes) -> None:
        """Take in a piece of output: answer what it asks, and draw it."""
        self.output += data
        self._answer(data)
        self._stream.feed(data)

    def _answer(self, data: bytes) -> None:
        """Answer the questions in their order; one may come in two pieces."""
        data = self._unanswered + data
        longest = max(map(len, self._answers), default=1)
        asked = sorted((at, question) for question in self._answers if (at := data.find(question)) >= 0)
        for _, question in asked:
            os.write(self._fd, self._answers[question])
        last = max((at + len(question) for at, question in asked), default=0)
        self._unanswered = data[max(last, len(data) - longest + 1) :]

    def text(self) -> str:
        """What the screen shows, line by line."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def wait_for(self, what: str | Callable[[str], bool], timeout: float = 60.0) -> str:
        """Wait until the screen shows a text, or passes a test, and return it; raises AssertionError."""
        until = time.monotonic() + timeout
        while True:
            self.read(0.02)
            shown = self.text()
            if what in shown if isinstance(what, str) else what(shown):
                return shown
            if time.monotonic() > until:
                raise AssertionError(f"the screen never showed {what!r}:\n{shown}")

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the window: the program loses its terminal."""
        os.close(self._fd)
        self._fd = os.open(os.devnull, os.O_RDWR)

    def wait_exit(self, timeout: float = 60.0, *, stalled: bool = False) -> int:
        """Wait until the program has ended; its exit status, or minus the signal that ended it.

        A stalled terminal takes in what was written to it only afterwards.
        """
        until = time.monotonic() + timeout
        while self.status is None:
            time.sleep(0.02) if stalled else self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
            elif time.monotonic() > until:
                raise AssertionError(f"the program did not end:\n{self.text()}")
        self.read(0)
        return self.status


def as_drawn(text: str, page: Direction = "ltr") -> str:
    """A text in the order of the screen, on an interface that reads that way."""
    return line_of(text, paragraph_level(text, page)).glyphs
