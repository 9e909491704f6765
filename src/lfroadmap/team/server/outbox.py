"""What is to be sent to a peer; one that does not read is closed before it fills the memory."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from lfroadmap.team.limits import Limits


class Outbox:
    """Messages for one peer, in order."""

    def __init__(self, limits: Limits, overflow: Callable[[], None]) -> None:
        self._limits, self._overflow = limits, overflow
        self._messages: deque[bytes] = deque()
        self._size = 0
        self._ready = asyncio.Event()
        self._is_over = False

    def put(self, message: bytes) -> None:
        """Queue a message; where too much waits, everything is dropped and `overflow` is called once."""
        if self._is_over:
            return
        self._messages.append(message)
        self._size += len(message)
        self._ready.set()
        if self._size > self._limits.queue or len(self._messages) > self._limits.queue_messages:
            self._is_over = True
            self._messages.clear()
            self._overflow()

    async def pump(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        """Send what is queued, until cancelled; raises what `send` raises."""
        while True:
            await self._ready.wait()
            while self._messages:
                message = self._messages.popleft()
                self._size -= len(message)
                await send(message)
            self._ready.clear()

    async def drained(self, seconds: float) -> None:
        """Wait until everything was handed over, or for so long."""
        end = asyncio.get_running_loop().time() + seconds
        while self._messages and asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.01)
