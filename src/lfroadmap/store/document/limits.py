"""Limits on what is read from a file: larger values are refused before memory or the stack run out."""

from __future__ import annotations

import re

MAX_DEPTH = 5000
"""Nesting that is passed to the Yjs library; 20,000 still fit on its stack."""
MAX_TYPES = 5000
"""Nesting of shared types that is passed to the Yjs library; 12,000 still fit on its stack."""
MAX_TEXT = 10_000_000
"""Characters of a value that is shown."""
MAX_ID = 1000
"""Characters of the id of a node that is shown, and of its position."""
_TYPE_SIZE = 8
"""Bytes of an update that a nested type takes at least."""
# an item with a type: under a parent named by its id, or next to an item named by client and clock; one
# pattern for each first byte, as a search for a single byte is far faster than one for a class of bytes
_UNDER_ID = (b"\x07\0", b"\x27\0")
_RARE, _FREQUENT = b"\x47\x87\xa7\xc7\xe7", b"\x67"
_NEXT_TO_ID = {
    first: re.compile(
        re.escape(bytes((first,))) + rb"[\x80-\xff]{0,9}[\0-\x7f][\x80-\xff]{0,9}[\0-\x7f][\0\1\3-\6]"
    )
    for first in _RARE + _FREQUENT
}
# the head of a list or a map of few items; in a text such a byte never follows its letter
_FEW = (*range(1, 9), 11, 12, *range(14, 32))
_BYTE_CLASSES = bytes(1 if byte in b"uv" else 2 if byte in _FEW else 0 for byte in range(256))


def check_depth(update: bytes) -> None:
    """Raise ValueError where an update may nest lists and maps too deeply for the Yjs library."""
    if len(update) > 2 * MAX_DEPTH and update.translate(_BYTE_CLASSES).count(b"\1\2") > MAX_DEPTH:
        raise ValueError("nested too deeply")


class NestedTypes:
    """The number of types in types that the updates of a document may hold, at most."""

    def __init__(self) -> None:
        self._size = self._count = 0

    def may_be_deep(self, update: bytes) -> bool:
        """Count an update in; True where the document may be nested too deeply to be read as a whole."""
        self._size += len(update)
        if self._size > _TYPE_SIZE * MAX_TYPES:
            self._count += _nested_types(update)
        else:
            self._count += len(update) // _TYPE_SIZE
        return self._count > MAX_TYPES

    def measured(self, depth: int) -> None:
        """Note how deep types are nested in the document."""
        self._count = depth


def _nested_types(update: bytes) -> int:
    rare = len(update) - len(update.translate(None, _RARE))
    searched = _FREQUENT
    if rare > MAX_TYPES // 2:
        rare, searched = 0, _FREQUENT + _RARE
    found = sum(len(_NEXT_TO_ID[first].findall(update)) for first in searched)
    return sum(map(update.count, _UNDER_ID)) + rare + found
