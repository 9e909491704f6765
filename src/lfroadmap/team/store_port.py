"""A roadmap's writer for an event loop: requests that are awaited by their numbers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from lfroadmap.store.events import Committed, DocumentState, Event, Merged, MissingUpdate, WriterEnded
from lfroadmap.store.store import Store

Answer = DocumentState | MissingUpdate | Merged


class StorePort:
    """Belongs to the event loop, but for `deliver`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: dict[int, asyncio.Future[Answer]] = {}
        self.on_committed: Callable[[tuple[bytes, ...]], None] = lambda updates: None
        """Called with updates that are durable and may be sent."""
        self.on_ended: Callable[[], None] = lambda: None
        """Called when the writer ended."""

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take events on this loop from now on."""
        self._loop = loop

    def deliver(self, event: Event) -> None:
        """Take an event of the store; on any thread."""
        loop = self._loop
        if loop is not None and isinstance(event, Answer | Committed | WriterEnded):
            try:
                loop.call_soon_threadsafe(self._take, event)
            except RuntimeError:  # the loop was closed at this moment, and nobody waits any more
                self._loop = None

    def _take(self, event: Event) -> None:
        match event:
            case Committed(updates=updates):
                self.on_committed(updates)
            case DocumentState(number=number) | MissingUpdate(number=number) | Merged(number=number):
                future = self._waiting.pop(number, None)
                if future is not None and not future.done():
                    future.set_result(event)
            case _:
                self.on_ended()

    async def _answer(self, number: int) -> Answer:
        # the answer comes by the loop, and so not before it is waited for
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        return await future

    async def state(self) -> DocumentState:
        """The state of the document; from then on new updates come to `on_committed`."""
        answer = await self._answer(self._store.document_state())
        assert isinstance(answer, DocumentState)
        return answer

    async def missing(self, state: bytes) -> MissingUpdate:
        """What a peer at `state` lacks."""
        answer = await self._answer(self._store.missing(state))
        assert isinstance(answer, MissingUpdate)
        return answer

    async def merge(self, update: bytes, lineage: str) -> Merged:
        """Merge an update of a peer."""
        answer = await self._answer(self._store.merge(update, lineage))
        assert isinstance(answer, Merged)
        return answer
