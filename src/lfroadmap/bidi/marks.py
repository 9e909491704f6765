"""Unicode's invisible direction characters, and isolating a left-to-right piece with them.

This module has no imports, so that any part of a program can use it at no cost.
"""

from __future__ import annotations

LRM, RLM, ALM = "\u200e", "\u200f", "\u061c"
"""Left-to-right, right-to-left and Arabic letter mark."""
LRE, RLE, PDF, LRO, RLO = EMBEDDINGS = "\u202a\u202b\u202c\u202d\u202e"
"""Left-to-right and right-to-left embedding, their end, left-to-right and right-to-left override."""
LRI, RLI, FSI, PDI = ISOLATES = "\u2066\u2067\u2068\u2069"
"""Left-to-right, right-to-left and first-strong isolate, and their end."""
DIRECTION_MARKS = ALM + LRM + RLM + EMBEDDINGS + ISOLATES
"""All characters that only set a direction and draw nothing."""


def isolate(text: str) -> str:
    """A left-to-right piece (a key, a path, a version) that keeps its order in a right-to-left sentence."""
    return f"{LRI}{text}{PDI}"


def isolate_rtl(text: str) -> str:
    """A right-to-left piece that keeps its order beside words and numbers of the other direction."""
    return f"{RLI}{text}{PDI}"
