"""Asking the terminal who it is, before the program draws: one round trip, nothing left behind."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace

from lfroadmap.bidi.terminals import (
    LAST_ANSWER,
    Answers,
    DialectName,
    Environ,
    choose,
    in_tmux,
    parse_answers,
)

# The cursor may not be moved to ask: what selects a paragraph's direction moves it in some terminals.
_ALTERNATE, _NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"
_QUESTIONS = b"\x1b[8l\x1b[8$p\x1b[>q\x1b[>c\x1b[c"
"""Reset mode 8; its state; the name; secondary attributes; primary ones, which every terminal answers."""
_AS_FOUND = b"\x1b[8h\r\x1b[K"
"""Set mode 8 again, and clear the line, lest a terminal printed a question that it did not understand."""

_NOT_ASKED = ("", "dumb", "linux", "unknown")
"""Values of TERM for what would print the questions, and orders nothing."""

MOST_BYTES = 65536


@dataclass(frozen=True, slots=True)
class Detected:
    """What was found out of a terminal."""

    dialect: DialectName
    why: str
    """By what sign: a short name in ASCII."""
    answers: Answers = field(default_factory=Answers)
    typed: bytes = b""
    """What came from the keyboard meanwhile; it is the program's to take as if it came now."""


def probe(read_fd: int, write_fd: int, environ: Environ, timeout: float = 0.3) -> Detected:
    """Ask the terminal behind two file descriptors; `timeout` in seconds holds if it does not answer.

    It must not be called while anything else reads from the terminal. Where there is no terminal, or one
    that cannot be asked, the environment alone decides.
    """
    if os.name != "posix" or environ.get("TERM", "") in _NOT_ASKED or not _both_terminals(read_fd, write_fd):
        return Detected(*choose(Answers(complete=True), environ))
    if not select.select([], [write_fd], [], timeout)[1]:  # stalled: asking would wait for ever
        return Detected(*choose(Answers(complete=True), environ))
    with silent_keys(read_fd), _asked(write_fd):
        data = _listen(read_fd, time.monotonic() + timeout)
    answers, typed = parse_answers(data)
    if in_tmux(answers, environ):
        answers = replace(answers, outer=outer_terminal(environ, timeout))
    return Detected(*choose(answers, environ), answers, typed)


def _both_terminals(*descriptors: int) -> bool:
    return all(map(os.isatty, descriptors))


@contextmanager
def silent_keys(descriptor: int) -> Iterator[None]:
    """Each key as it comes, not shown and not changed; nothing that waits to be read is dropped.

    Raises OSError where the terminal is gone.
    """
    import termios  # noqa: PLC0415 - only where there is one

    try:
        before = termios.tcgetattr(descriptor)
        changed = list(before)
        changed[0] &= ~(termios.ICRNL | termios.IXON)
        changed[3] &= ~(termios.ECHO | termios.ICANON)
        changed[6] = list(before[6])
        changed[6][termios.VMIN], changed[6][termios.VTIME] = 1, 0
        termios.tcsetattr(descriptor, termios.TCSANOW, changed)
    except termios.error as error:  # which is no OSError
        raise OSError(*error.args) from error
    try:
        yield
    finally:
        with suppress(termios.error):  # a terminal that is gone needs nothing put back
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


@contextmanager
def _asked(descriptor: int) -> Iterator[None]:
    """The questions on the alternate screen, which takes with it whatever they printed."""
    try:
        _write(descriptor, _ALTERNATE + _QUESTIONS)
        yield
    finally:
        _write(descriptor, _AS_FOUND + _NORMAL)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _listen(descriptor: int, until: float) -> bytes:
    """What the terminal sends until it has given its last answer, or a moment has come."""
    data = b""
    while len(data) < MOST_BYTES and not LAST_ANSWER.search(data):
        ready, _, _ = select.select([descriptor], [], [], max(0.0, until - time.monotonic()))
        part = os.read(descriptor, 4096) if ready else b""
        if not part:
            break
        data += part
    return data


def outer_terminal(environ: Environ, timeout: float) -> str:
    """The name of the terminal around tmux, as tmux knows it; nothing where it cannot be asked."""
    command = ["tmux", "display-message", "-p", "#{client_termtype}"]
    try:
        told = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=dict(environ),
            timeout=timeout,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):  # tmux is on another machine, or gone: there is no name
        return ""
    return told.stdout.decode("utf-8", "replace").strip()
