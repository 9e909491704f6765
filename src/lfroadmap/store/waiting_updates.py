"""Updates of peers that wait for others on which they build, found by what they wait for."""

from __future__ import annotations

from collections import defaultdict
from heapq import heappop, heappush

from lfroadmap.store.document.update_reader import Clocks, Needs

MAX_WAITING, MAX_WAITING_BYTES = 1000, 16_000_000
"""Updates that wait at most, and their bytes; the oldest make room for new ones."""


def unmet(needs: Needs, clocks: Clocks) -> Needs:
    """The needs that a document with these clocks does not meet."""
    return tuple((client, clock) for client, clock in needs if clock > clocks.get(client, 0))


class WaitingUpdates:
    """The updates that wait, the oldest first, each with the clocks that it needs."""

    def __init__(self, updates: dict[bytes, Needs], dropped: int = 0) -> None:
        self._updates = updates.copy()
        self._size = sum(map(len, updates))
        self.dropped = dropped
        """Updates that made room for others."""

    def __len__(self) -> int:
        return len(self._updates)

    def __contains__(self, update: bytes) -> bool:
        return update in self._updates

    def all(self) -> dict[bytes, Needs]:
        """The updates as they are now."""
        return self._updates.copy()

    def may_be_ready(self, clocks: Clocks) -> bool:
        """True if a document with these clocks meets a need of any of them."""
        return any(len(unmet(needs, clocks)) < len(needs) for needs in self._updates.values())

    def add(self, update: bytes, needs: Needs) -> None:
        """Let an update wait; the oldest are dropped where there is no room."""
        if update not in self._updates:
            self._size += len(update)
        self._updates[update] = needs
        while len(self._updates) > MAX_WAITING or self._size > MAX_WAITING_BYTES:
            self.remove(next(iter(self._updates)))
            self.dropped += 1

    def remove(self, update: bytes) -> None:
        """Let an update wait no longer."""
        del self._updates[update]
        self._size -= len(update)


class ReadyUpdates:
    """The waiting updates, in the order in which their needs are met."""

    def __init__(self, waiting: WaitingUpdates) -> None:
        self._waiting = waiting
        self._by_client: dict[int, list[tuple[int, int, bytes, Needs]]] = defaultdict(list)
        """Client -> clock, a running number, and the updates that wait for that client."""
        self._count = 0
        for update, needs in waiting.all().items():
            self._put(update, needs)

    def next(self, clocks: Clocks) -> bytes | None:
        """An update that a document with these clocks can take, and that waits no longer; None for none."""
        for client in tuple(self._by_client):
            queue = self._by_client[client]
            while queue and queue[0][0] <= clocks.get(client, 0):
                _, _, update, needs = heappop(queue)
                rest = unmet(needs, clocks)
                if rest:
                    self._put(update, rest)
                elif update in self._waiting:
                    self._waiting.remove(update)
                    return update
        return None

    def put(self, update: bytes, needs: Needs) -> None:
        """Let an update wait again."""
        self._waiting.add(update, needs)
        self._put(update, needs)

    def _put(self, update: bytes, needs: Needs) -> None:
        client, clock = needs[0]
        self._count += 1
        heappush(self._by_client[client], (clock, self._count, update, needs))
