"""The standard streams where one was closed before the program began, or is a terminal that stalls."""

from __future__ import annotations

import io
import os
import select
import sys
from pathlib import Path
from typing import BinaryIO, TextIO

from lfroadmap.errors import RoadmapError

PATIENCE = 0.5
"""Seconds that a remark waits for a terminal that takes nothing."""


class Closed(io.TextIOBase):
    """A standard output that was closed: a command that has something to say there raises RoadmapError."""

    def write(self, text: str) -> int:
        """Refuse, unless there is nothing to write."""
        if text:
            raise RoadmapError("output_closed")
        return 0

    @property
    def buffer(self) -> BinaryIO:
        """Refuse the bytes too."""
        raise RoadmapError("output_closed")


def remark(text: str, stream: TextIO, end: str = "\n") -> None:
    """Print what only helps a person; dropped where a terminal takes nothing, or is gone.

    It is for programs that have other work to do than to wait for their terminal.
    """
    try:
        if _has_room(stream):
            print(text, end=end, file=stream, flush=True)
    except OSError:  # the reader is gone, and the work goes on
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _has_room(stream: TextIO) -> bool:
    """Whether a terminal takes something now or soon; anything else may be waited for."""
    if os.name != "posix" or not stream.isatty():
        return True
    return bool(select.select([], [stream], [], PATIENCE)[1])


def fill_in_closed() -> None:
    """Put in the place of a closed stream what reads as empty, takes complaints, or refuses answers."""
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open("r", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    sys.stdout = sys.stdout or Closed()
