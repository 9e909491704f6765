"""Detection of the terminal before the program draws: one round trip that leaves no traces on the screen."""

from __future__ import annotations

import os
import select
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from lfroadmap.bidi.raw_keys import unbuffered
from lfroadmap.bidi.terminals import (
    LAST_ANSWER,
    Answers,
    DialectName,
    Environ,
    choose,
    in_tmux,
    parse_answers,
)

# No query may move the cursor: in some terminals the codes for a paragraph's direction do that.
_ALTERNATE, _NORMAL = b"\x1b[?1049h", b"\x1b[?1049l"
_QUERIES = b"\x1b[8l\x1b[8$p\x1b[>q\x1b[>c\x1b[c"
"""Reset mode 8; query its state, the name, the secondary attributes, and the primary ones, which every
terminal answers."""
_SET_MODE_8 = b"\x1b[8h"
_CLEAR_LINE = b"\r\x1b[K"
"""Clears the line in case the terminal printed a query that it does not know."""

_NOT_QUERIED = ("", "dumb", "linux", "unknown")
"""Values of TERM for terminals that print unknown queries and never reorder text."""

MAX_BYTES = 65536
"""Longest input that is read while waiting for the answers."""


class Detected(NamedTuple):
    """The result of a probe."""

    dialect: DialectName
    why: str
    """The reason for the dialect: a short name in ASCII."""
    answers: Answers = Answers()
    typed: bytes = b""
    """Keyboard input that arrived meanwhile; the caller must process it before any later input."""


def probe(
    read_fd: int, write_fd: int, environ: Environ, timeout: float = 0.3, *, covered: bytes | None = None
) -> Detected:
    """Query the terminal at two file descriptors, waiting at most `timeout` seconds for its answers.

    Where something is shown on the alternate screen already, `covered` is sent after the queries: the modes
    that it needs.

    Nothing else may read from the terminal meanwhile. Without a terminal, or with one that cannot be queried,
    the environment alone decides.
    """
    if os.name != "posix" or environ.get("TERM", "") in _NOT_QUERIED or not _are_ttys(read_fd, write_fd):
        return Detected(*choose(Answers(complete=True), environ))
    if not select.select([], [write_fd], [], timeout)[1]:  # stalled: sending the queries would block forever
        return Detected(*choose(Answers(complete=True), environ))
    with unbuffered_keys(read_fd), _queries_sent(write_fd, covered):
        data = _read_answers(read_fd, time.monotonic() + timeout)
    answers, typed = parse_answers(data)
    if in_tmux(answers, environ):
        answers = answers._replace(outer=outer_terminal(environ, timeout))
    return Detected(*choose(answers, environ), answers, typed)


def _are_ttys(*descriptors: int) -> bool:
    return all(map(os.isatty, descriptors))


@contextmanager
def unbuffered_keys(descriptor: int) -> Iterator[None]:
    """Context in which a terminal delivers keys at once, unechoed and untranslated; unread input is kept.

    Raises OSError where the terminal is gone.
    """
    import termios  # noqa: PLC0415 - POSIX only

    try:
        before = termios.tcgetattr(descriptor)
    except termios.error as error:  # which is no OSError
        raise OSError(*error.args) from error
    try:
        try:
            termios.tcsetattr(descriptor, termios.TCSANOW, unbuffered(before))
        except termios.error as error:
            raise OSError(*error.args) from error
        yield
    finally:  # also where Ctrl+C came right behind the change
        with suppress(termios.error):  # a terminal that is gone needs nothing put back
            termios.tcsetattr(descriptor, termios.TCSANOW, before)


@contextmanager
def _queries_sent(descriptor: int, covered: bytes | None) -> Iterator[None]:
    """Send the queries on the alternate screen; leaving it removes anything that they printed."""
    before, after = (_ALTERNATE, _SET_MODE_8 + _CLEAR_LINE + _NORMAL) if covered is None else (b"", covered)
    try:
        _write(descriptor, before + _QUERIES)
        yield
    finally:
        _write(descriptor, after)


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _read_answers(descriptor: int, deadline: float) -> bytes:
    """The terminal's input up to the last answer, or to a deadline on the monotonic clock."""
    data = b""
    while len(data) < MAX_BYTES and not LAST_ANSWER.search(data):
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        part = os.read(descriptor, 4096) if ready else b""
        if not part:
            break
        data += part
    return data


def outer_terminal(environ: Environ, timeout: float) -> str:
    """The name of the terminal in which tmux runs, as tmux reports it; empty if tmux cannot be run."""
    command = ["tmux", "display-message", "-p", "#{client_termtype}"]
    try:
        result = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=dict(environ),
            timeout=timeout,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):  # tmux runs on another machine, or has ended: no name
        return ""
    return result.stdout.decode("utf-8", "replace").strip()
