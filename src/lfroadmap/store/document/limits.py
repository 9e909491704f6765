"""How much of a file is believed: what no roadmap reaches is refused before memory or the stack run out."""

from __future__ import annotations

DEEP = 5000
"""Lists in lists that are let through to the document's library; 20,000 still fit on its stack."""
# the head of a list or a map of few items; where a text holds its letter, no such byte comes behind it
_FEW = (*range(1, 9), 11, 12, *range(14, 32))
_SORTS = bytes(1 if byte in b"uv" else 2 if byte in _FEW else 0 for byte in range(256))


def check_depth(update: bytes) -> None:
    """Raise ValueError where an update may nest lists and maps deeper than the document's library bears."""
    if len(update) > 2 * DEEP and update.translate(_SORTS).count(b"\1\2") > DEEP:
        raise ValueError("nested too deeply")
