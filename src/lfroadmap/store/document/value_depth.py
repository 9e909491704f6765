"""How deep the plain lists and maps of an update are nested: the Yjs library reads them with its stack.

They can stand anywhere in an update, between texts that look like them. So each place that may be the head of
one is read, the last first, so that what is inside is known. Where that takes long the update counts as too
deep.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lfroadmap.store.document.limits import MAX_DEPTH
from lfroadmap.store.document.update_reader import FIXED_SIZES, INTEGER, LIST, MAP, WITH_LENGTH

_HEAD = re.compile(rb"u(?=[\x80-\xff]{0,9}[\0-\x7f][\x74-\x7f])|v(?=[\x80-\xff]{0,9}[\0-\x7f])")
"""The head of a list with a first value, or of a map."""
_FIRST_TAG, _LAST_TAG = 116, 127
_FEW_VALUES, _VALUES_PER_HEAD = 200_000, 20
"""Values that are read at most: some 0.1 s, and more for an update with many lists."""


def check_depth(update: bytes) -> None:
    """Raise ValueError where an update nests lists and maps too deeply for the Yjs library."""
    if update.count(b"u") + update.count(b"v") <= MAX_DEPTH:
        return
    heads = list(_heads(update))
    if len(heads) <= MAX_DEPTH:
        return
    values = _Values(update, _FEW_VALUES + _VALUES_PER_HEAD * len(heads))
    for at in reversed(heads):
        values.read(at)


class _Values:
    """The lists and maps in an update, as far as they were read."""

    def __init__(self, data: bytes, most: int) -> None:
        self._data, self._left = data, most
        self._known: dict[int, tuple[int, int]] = {}
        """Place of a list or a map -> the place behind it, and how deep it is nested."""

    def read(self, at: int) -> None:
        """Read the list or the map at a place, if there is one; raises ValueError where it is too deep."""
        try:
            end, depth = self._items(at)
        except IndexError:  # a text that looks like one
            return
        if depth > MAX_DEPTH:
            raise ValueError("nested too deeply")
        if end <= len(self._data):
            self._known[at] = end, depth

    def _items(self, at: int) -> tuple[int, int]:
        """The place behind the items, and the depth; raises IndexError where there are none."""
        data, is_map, deepest = self._data, self._data[at] == MAP, 0
        count, at = _number(data, at + 1)
        for _ in range(count):
            self._left -= 1
            if self._left < 0:
                raise ValueError("too much to look through")
            if is_map:
                size, at = _number(data, at)
                at += size
            tag = data[at]
            if tag in WITH_LENGTH:
                size, at = _number(data, at + 1)
                at += size
            elif tag in FIXED_SIZES:
                at += 1 + FIXED_SIZES[tag]
            elif tag == INTEGER:
                _, at = _number(data, at + 1)
            else:
                at, depth = self._inner(at, tag)
                deepest = max(deepest, depth)
        return at, deepest + 1

    def _inner(self, at: int, tag: int) -> tuple[int, int]:
        """The place behind a list or a map, and its depth."""
        if tag not in (LIST, MAP):
            raise IndexError
        if at in self._known:
            return self._known[at]
        count, end = _number(self._data, at + 1)
        if count:  # it would be known
            raise IndexError
        return end, 1


def _number(data: bytes, at: int) -> tuple[int, int]:
    """A number, and the place behind it."""
    if data[at] < 0x80:
        return data[at], at + 1
    number = place = 0
    while data[at] >= 0x80 and place < 63:
        number |= (data[at] & 0x7F) << place
        at, place = at + 1, place + 7
    return number | data[at] << place, at + 1


def _heads(update: bytes) -> Iterator[int]:
    """The places where a list or a map may begin."""
    size = len(update)
    for found in _HEAD.finditer(update):
        at = found.start()
        if update[at] == MAP and at + 2 < size and update[at + 1] < 0x80 and update[at + 2] < 0x80:
            tag = at + 3 + update[at + 2]  # behind the key
            if tag >= size or not _FIRST_TAG <= update[tag] <= _LAST_TAG:
                continue
        yield at
