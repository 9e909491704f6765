"""An order of ids with insertion, removal and lookup at constant cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_END = ""
"""The sentinel before the first id and behind the last one; no node has it."""


class LinkedOrder:
    """An order of ids as a doubly linked ring."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        ring = [_END, *ids]
        self._next = dict(zip(ring, [*ring[1:], _END], strict=True))
        self._previous = {next: before for before, next in self._next.items()}

    def __iter__(self) -> Iterator[str]:
        """The ids from first to last."""
        here = self._next[_END]
        while here != _END:
            yield here
            here = self._next[here]

    def previous(self, node_id: str) -> str:
        """The id before it; empty for the first."""
        return self._previous[node_id]

    def next(self, node_id: str) -> str:
        """The id behind it; empty for the last."""
        return self._next[node_id]

    def insert(self, node_id: str, after: str) -> None:
        """Insert an id behind another: empty = first, unknown = last."""
        low = after if after in self._next else self._previous[_END]
        high = self._next[low]
        self._next[low] = self._previous[high] = node_id
        self._previous[node_id], self._next[node_id] = low, high

    def remove(self, node_id: str) -> None:
        """Remove an id."""
        low, high = self._previous.pop(node_id), self._next.pop(node_id)
        self._next[low], self._previous[high] = high, low
