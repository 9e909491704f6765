"""The named styles of a report; its nodes use the names only, each output format its own colors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from rich.style import Style
from rich.theme import Theme

from lfroadmap.report.palette import ToneName

THEME = Theme(
    {
        "title": "bold",
        "heading": "bold",
        "muted": "dim",
        "border": "dim",
        "accent": "cyan",
        "late": "red",
        "risk": "yellow",
        "done": "green",
        "low": "red",
        "half": "yellow",
        "high": "green",
        "fill": "blue",
    }
)
"""For a terminal whose ground is not known: its own colors, which its owner made readable on it.

Without colors the words, the signs and the percentages say the same.
"""
_TONES: Final[tuple[ToneName, ...]] = (
    "muted", "border", "accent", "late", "risk", "done", "low", "half", "high"
)  # fmt: skip
"""The styles that are tones of the palette."""


def themed(tone: Callable[[ToneName], Style]) -> Theme:
    """The styles in the tones of a screen whose ground is known."""
    styles: dict[str, str | Style] = {name: tone(name) for name in _TONES}
    return Theme({"title": "bold", "heading": "bold"} | styles)
