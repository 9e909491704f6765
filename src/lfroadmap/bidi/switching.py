"""Switching a terminal's own reordering off for a time of printing."""

from __future__ import annotations

import os
import select
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from lfroadmap.bidi.dialect import Dialect


@contextmanager
def switched(dialect: Dialect, file: IO[str]) -> Iterator[None]:
    """Send what a dialect needs before the first line and after the last, also where printing is ended."""
    if not dialect.enter:
        yield
        return
    file.write(dialect.enter)
    try:
        yield
    except BaseException:
        if _has_room(file):  # otherwise a person who cancels would wait for a stalled terminal again
            _leave(dialect, file)
        raise
    _leave(dialect, file)


def _leave(dialect: Dialect, file: IO[str]) -> None:
    file.write(dialect.leave)
    file.flush()


def _has_room(file: IO[str]) -> bool:
    """True if writing would not block."""
    return os.name != "posix" or bool(select.select([], [file], [], 0)[1])
