"""An order of ids in which each is put in, taken out and found at the same cost however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

_END = ""
"""Closes the ring: before the first id and behind the last one; no node has it."""


class LinkedOrder:
    """An order of ids."""

    def __init__(self, ids: Iterable[str] = ()) -> None:
        ring = [_END, *ids]
        self._behind = dict(zip(ring, [*ring[1:], _END], strict=True))
        self._before = {behind: before for before, behind in self._behind.items()}

    def __iter__(self) -> Iterator[str]:
        """From the first to the last."""
        here = self._behind[_END]
        while here != _END:
            yield here
            here = self._behind[here]

    def before(self, node_id: str) -> str:
        """The one before it; empty for the first."""
        return self._before[node_id]

    def behind(self, node_id: str) -> str:
        """The one behind it; empty for the last."""
        return self._behind[node_id]

    def insert(self, node_id: str, after: str) -> None:
        """Put an id behind another: empty = first, unknown = last."""
        low = after if after in self._behind else self._before[_END]
        high = self._behind[low]
        self._behind[low] = self._before[high] = node_id
        self._before[node_id], self._behind[node_id] = low, high

    def remove(self, node_id: str) -> None:
        """Take an id out."""
        low, high = self._before.pop(node_id), self._behind.pop(node_id)
        self._behind[low], self._before[high] = high, low
