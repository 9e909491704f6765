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
UNREADABLE = 0
"""The value that stands for one that cannot be read: no attribute takes a number."""
MAX_ID = 1000
"""Characters of the id of a node that is shown, and of its position."""
