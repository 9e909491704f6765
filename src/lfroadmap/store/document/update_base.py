"""Updates whose base is missing: the Yjs library would lose them, so they are found before it gets them.

Both functions take what is left of an update after everything that the document has: its structs by client,
each with a clock that counts up, then the ranges that it deletes. Numbers have seven bits a byte, the lowest
first. Raises ValueError for anything else.
Layout: https://github.com/yjs/yjs/blob/main/INTERNALS.md
"""

from __future__ import annotations

IN_WHOLE = b"template"
"""A text in every update with the whole document, and in few others."""
_LONGEST = 10
"""Bytes of the longest number."""
_SKIP = 10
"""The first byte of a gap in the structs."""


def lacks_base(left: bytes, state: bytes) -> bool:
    """True for a document at `state` if the rest of an update cannot be applied yet.

    It is certain for updates of one client, as peers send them while they work; others are known only
    afterwards, by `is_applied`.
    """
    numbers = _Numbers(left)
    if not numbers.next():
        return not _are_known(numbers, state)
    numbers.next()
    client, clock = numbers.next(), numbers.next()
    return clock > _clocks(state).get(client, 0) or numbers.is_at(_SKIP)


def is_applied(left: bytes, state: bytes) -> bool:
    """True if the rest of an update is nothing that a document at `state` lacks."""
    numbers = _Numbers(left)
    return not numbers.next() and _are_known(numbers, state)


def _are_known(numbers: _Numbers, state: bytes) -> bool:
    """True if everything is known that the ranges delete."""
    clocks = _clocks(state)
    for _ in range(numbers.next()):
        client = numbers.next()
        for _ in range(numbers.next()):
            if numbers.next() + numbers.next() > clocks.get(client, 0):
                return False
    return True


def _clocks(state: bytes) -> dict[int, int]:
    """Client -> clock, of a state vector."""
    numbers = _Numbers(state)
    return {numbers.next(): numbers.next() for _ in range(numbers.next())}


class _Numbers:
    """The numbers in a row of bytes."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def next(self) -> int:
        """The next number."""
        number = 0
        for place, byte in enumerate(self._data[self._at : self._at + _LONGEST]):
            number |= (byte & 0x7F) << (7 * place)
            if byte < 0x80:
                self._at += place + 1
                return number
        raise ValueError("no number")

    def is_at(self, byte: int) -> bool:
        """True if the next byte is this one."""
        return self._data[self._at : self._at + 1] == bytes((byte,))
