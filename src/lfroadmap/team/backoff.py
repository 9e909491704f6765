"""How long to wait before the next attempt to connect."""

from __future__ import annotations

import random

FIRST, MOST = 0.5, 60.0
"""Seconds before the first attempt after a loss, and between two attempts at most."""


class Backoff:
    """Doubles with each attempt; a part is random, so that not everybody comes back at once."""

    def __init__(self) -> None:
        self._seconds = FIRST

    def next(self) -> float:
        """Seconds until the next attempt."""
        seconds, self._seconds = self._seconds, min(self._seconds * 2, MOST)
        return seconds * random.uniform(0.5, 1.0)

    def reset(self) -> None:
        """Begin again, after a success."""
        self._seconds = FIRST
