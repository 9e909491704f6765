"""Progress of an export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_CHECKS = 200
"""Approximate number of checks for cancellation."""


class Cancelled(Exception):
    """The export was cancelled."""


class ExportProgress:
    """Progress of an export; set by the worker, read and cancelled by the UI."""

    def __init__(self) -> None:
        self.share = 0.0
        """Approximate share of the work done, 0.0 to 1.0."""
        self.is_cancelled = False

    def track(self, pieces: Iterable[T], expected: int, first: float = 0.0, last: float = 1.0) -> Iterator[T]:
        """The pieces, about `expected` of them, which move the share from `first` to `last`.

        Raises Cancelled between two of them, as `reach` does.
        """
        stride = max(expected // _CHECKS, 1)
        for n, piece in enumerate(pieces):
            if n % stride == 0:
                self.reach(min(first + (last - first) * n / max(expected, 1), last))
            yield piece
        self.reach(last)

    def reach(self, share: float) -> None:
        """Set the share; raises Cancelled if the export was cancelled."""
        if self.is_cancelled:
            raise Cancelled
        self.share = share
