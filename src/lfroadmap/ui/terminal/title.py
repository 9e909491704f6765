"""The title of the terminal's window: set while the program has the screen, and given back afterwards.

The old title is kept on the terminal's own stack (XTWINOPS 22 and 23). A terminal without one ignores both.
"""

from __future__ import annotations

import unicodedata

from lfroadmap.bidi.marks import DIRECTION_MARKS

KEEP, RESTORE = "\x1b[22;0t", "\x1b[23;0t"
LONGEST = 200
"""Characters of a title; some terminals drop a longer one as a whole."""
_UNSEEN = ("Cc", "Cs", "Zl", "Zp")


def set_title(title: str) -> str:
    """What sets the title: OSC 0, for window and icon, which tmux and screen know as well."""
    return f"\x1b]0;{plain(title)}\x07"


def plain(title: str) -> str:
    """The title without control characters, which would end it, and without direction marks."""
    spaced = " ".join(title.split())
    seen = (
        sign for sign in spaced if sign not in DIRECTION_MARKS and unicodedata.category(sign) not in _UNSEEN
    )
    return "".join(seen)[:LONGEST]
