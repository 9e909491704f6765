"""Ids of new nodes."""

from __future__ import annotations

import os


def new_id() -> str:
    """An id that no other node has: 16 hexadecimal digits."""
    return os.urandom(8).hex()
