"""The terminal that a command runs in: what it does to right-to-left text, and leaving it as it was found."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO, cast

from lfroadmap.cli.signals import unwinding
from lfroadmap.skeleton import SKELETON

if TYPE_CHECKING:
    from lfroadmap.bidi.dialect import Dialect
    from lfroadmap.bidi.probe import Detected
    from lfroadmap.bidi.terminals import DialectName


def dialect_of(bidi: str, detected: Detected | None) -> Dialect:
    """The dialect of the setting, or with `auto` the one that was detected."""
    from lfroadmap.bidi.dialect import DIALECTS

    return DIALECTS[detected.dialect if detected else cast("DialectName", bidi)]


def detect(out: TextIO) -> Detected:
    """The dialect by the terminal's own answers; without a terminal, by the environment."""
    from lfroadmap.bidi.probe import Detected, probe
    from lfroadmap.bidi.terminals import Answers, choose

    if sys.stdin.isatty() and out.isatty():
        return probe(sys.stdin.fileno(), out.fileno(), os.environ, covered=SKELETON.modes)
    return Detected(*choose(Answers(complete=True), os.environ))


def give_back(typed: bytes) -> None:
    """Put keys back, so that the next program reads them as if they were typed now."""
    import fcntl
    import termios

    try:
        for byte in typed:
            fcntl.ioctl(sys.stdin.fileno(), termios.TIOCSTI, bytes([byte]))
    except OSError:  # some systems forbid it, and there is no other way
        return


def lasting(dialect: Dialect) -> Dialect:
    """The dialect for lines that stay when the program has ended."""
    from lfroadmap.bidi.dialect import DIALECTS

    # mlterm is set by a switch for the whole window: switched back, it would turn them around
    return DIALECTS["word"] if dialect.name == "mlterm" else dialect


@contextmanager
def detecting(bidi: str, known: Detected | None) -> Iterator[Future[Detected | None]]:
    """Wait for the terminal's answers, unless they are known, while something else is done."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(lambda: (known or detect(sys.stderr)) if bidi == "auto" else None)


@contextmanager
def keeping_keys() -> Iterator[None]:
    """Keep keys unread and unchanged for a program that is about to listen, and end by unwinding.

    Afterwards the terminal takes keys as it did before, whatever ended what was done here.
    """
    if os.name != "posix":
        yield
        return
    from lfroadmap.bidi.probe import unbuffered_keys

    with unwinding(), unbuffered_keys(sys.stdin.fileno()):
        yield
