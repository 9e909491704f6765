"""The standard streams where one was closed before the program began."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path
from typing import BinaryIO

from lfroadmap.errors import RoadmapError


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


def fill_in_closed() -> None:
    """Put in the place of a closed stream what reads as empty, takes complaints, or refuses answers."""
    nowhere = Path(os.devnull)
    sys.stdin = sys.stdin or nowhere.open("r", encoding="utf-8")
    sys.stderr = sys.stderr or nowhere.open("w", encoding="utf-8")
    sys.stdout = sys.stdout or Closed()
