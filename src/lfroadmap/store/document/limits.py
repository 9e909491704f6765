"""Limits on what is read from a file: larger values are refused before memory or the stack run out."""

from __future__ import annotations

MAX_DEPTH = 5000
"""Nesting that is passed to the Yjs library; 20,000 still fit on its stack."""
MAX_TYPES = 5000
"""Nesting of shared types that is passed to the Yjs library; 12,000 still fit on its stack."""
SLOW_EVENTS = 200
"""Nesting of shared types from which events of many changes take long: each walks up, again and again."""
MAX_TEXT = 10_000_000
"""Characters of a value that is shown."""
MAX_ID = 1000
"""Characters of the id of a node that is shown, and of its position."""
# the head of a list or a map of few items; in a text such a byte never follows its letter
_FEW = (*range(1, 9), 11, 12, *range(14, 32))
_BYTE_CLASSES = bytes(1 if byte in b"uv" else 2 if byte in _FEW else 0 for byte in range(256))


def check_depth(update: bytes) -> None:
    """Raise ValueError where an update may nest lists and maps too deeply for the Yjs library."""
    if len(update) > 2 * MAX_DEPTH and update.translate(_BYTE_CLASSES).count(b"\1\2") > MAX_DEPTH:
        raise ValueError("nested too deeply")
