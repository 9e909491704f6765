"""A count of the types in types that updates may make: before the Yjs library reads them with its stack."""

from __future__ import annotations

import re

from lfroadmap.store.document.limits import MAX_TYPES

_TYPE_SIZE = 8
"""Bytes of an update that a nested type takes at least."""
_FEW_CHANGES = 4000
"""Bytes of an update whose events are quick in any nesting."""
# an item with a type: under a parent named by its id, or next to an item named by client and clock; one
# pattern for each first byte, as a search for a single byte is far faster than one for a class of bytes
_UNDER_ID = (b"\x07\0", b"\x27\0")
_LONG_VALUE = re.compile(
    rb"\x27\0[\x80-\xff]{0,9}[\0-\x7f][\x80-\xff]{0,9}[\0-\x7f]\x05value\x02"
)  # the text of a long field, which nothing is nested in
_RARE, _FREQUENT = b"\x47\x87\xa7\xc7\xe7", b"\x67"
_NEXT_TO_ID = {
    first: re.compile(
        re.escape(bytes((first,))) + rb"[\x80-\xff]{0,9}[\0-\x7f][\x80-\xff]{0,9}[\0-\x7f][\0\1\3-\6]"
    )
    for first in _RARE + _FREQUENT
}


class NestedTypes:
    """The number of types in types that the updates of a document may hold, at most."""

    def __init__(self) -> None:
        self._size = self._count = 0

    def count(self, update: bytes) -> None:
        """Count an update in."""
        self._size += len(update)
        if self._size > _TYPE_SIZE * MAX_TYPES:
            self._count += _nested_types(update)
        else:
            self._count += len(update) // _TYPE_SIZE

    @property
    def may_be_deep(self) -> bool:
        """True if the document may be nested too deeply to be read as a whole."""
        return self._count > MAX_TYPES

    def may_slow_events(self, update: bytes) -> bool:
        """True if the events of an update that was counted in may take long."""
        return len(update) > _FEW_CHANGES and self._count > MAX_TYPES // 4

    def measured(self, depth: int) -> None:
        """Note how deep types are nested in the document."""
        self._count = depth


def _nested_types(update: bytes) -> int:
    rare = len(update) - len(update.translate(None, _RARE))
    searched = _FREQUENT
    if rare > MAX_TYPES // 2:
        rare, searched = 0, _FREQUENT + _RARE
    found = sum(len(_NEXT_TO_ID[first].findall(update)) for first in searched)
    under_id = sum(map(update.count, _UNDER_ID))
    if under_id > MAX_TYPES // 2:
        under_id -= len(_LONG_VALUE.findall(update))
    return under_id + rare + found
