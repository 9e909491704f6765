"""Two modes of xterm without which Alt with a digit types a character: `²` for Alt with 2.

In mode 1036 Meta, in mode 1039 Alt sends Escape before the key. The terminal is asked how they are before
they are set, and they are reset at the end, unless they were set before.
"""

from __future__ import annotations

import os
import re

MODES = ("1036", "1039")
SET_BEFORE = ("1", "3")
"""Answers of a terminal in which a mode is set, or always set."""
_ANSWER = re.compile(r"\x1b\[\?(1036|1039);(\d)\$y")
_LONGEST = 16
"""Characters of the longest answer."""


class MetaModes:
    """The two modes of one terminal."""

    def __init__(self) -> None:
        self._answers: dict[str, str] = {}
        self._tail = ""

    def enter(self) -> str:
        """The characters that ask for the modes and set them."""
        self._answers = {}
        # Apple's terminal prints a part of the question, as Textual knows too, and has neither mode
        asks = os.environ.get("TERM_PROGRAM") != "Apple_Terminal"
        asked = "".join(f"\x1b[?{mode}$p" for mode in MODES) if asks else ""
        return asked + "".join(f"\x1b[?{mode}h" for mode in MODES)

    def read(self, came: str) -> None:
        """Look for the terminal's answers in what it sent; one may come in pieces."""
        if len(self._answers) < len(MODES):
            came = self._tail + came
            self._answers |= dict(_ANSWER.findall(came))
            self._tail = came[-_LONGEST:]

    def leave(self) -> str:
        """The characters that reset the modes which were not set before."""
        changed = (mode for mode in MODES if self._answers.get(mode) not in SET_BEFORE)
        return "".join(f"\x1b[?{mode}l" for mode in changed)
