"""A limit of how fast a peer sends: messages beyond it are read later, and wait on the peer's machine."""

from __future__ import annotations

import asyncio
import time

from lfroadmap.team.limits import Limits


class RateLimit:
    """The messages and bytes that a peer may still send now; both grow with time up to a burst."""

    def __init__(self, limits: Limits) -> None:
        self._rates = limits.messages_a_second, limits.bytes_a_second
        self._most = tuple(rate * limits.burst for rate in self._rates)
        self._left = list(self._most)
        self._at = time.monotonic()

    def delay(self, size: int) -> float:
        """Seconds to wait after a message of this size, before the next one is read."""
        now = time.monotonic()
        passed, self._at = now - self._at, now
        for place, (rate, cost) in enumerate(zip(self._rates, (1, size), strict=True)):
            self._left[place] = min(self._left[place] + passed * rate, self._most[place]) - cost
        return max(0.0, *(-left / rate for left, rate in zip(self._left, self._rates, strict=True)))

    async def wait(self, size: int) -> None:
        """Let the other peers have their turn, and wait where this one sends too fast."""
        await asyncio.sleep(self.delay(size))
