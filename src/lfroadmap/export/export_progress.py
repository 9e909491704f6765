"""How far the making of a file is, for who waits for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_LOOKS = 200
"""How often it is looked whether somebody still waits, about."""


class Cancelled(Exception):
    """Nobody waits for the file any more."""


class ExportProgress:
    """Told by the thread that makes a file, read by another, which may also call it off."""

    def __init__(self) -> None:
        self.share = 0.0
        """Of the work that is done, 0.0 to 1.0; about right."""
        self.called_off = False

    def through(self, pieces: Iterable[T], about: int, first: float = 0.0, last: float = 1.0) -> Iterator[T]:
        """The pieces, about so many of them, which take the share from `first` to `last`.

        Raises CalledOff between two of them, as `reach` does.
        """
        stride = max(about // _LOOKS, 1)
        for n, piece in enumerate(pieces):
            if n % stride == 0:
                self.reach(min(first + (last - first) * n / max(about, 1), last))
            yield piece
        self.reach(last)

    def reach(self, share: float) -> None:
        """Say how far it is; raises CalledOff where nobody wants to know any more."""
        if self.called_off:
            raise Cancelled
        self.share = share
