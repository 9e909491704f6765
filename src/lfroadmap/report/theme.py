"""The named styles of a report; its nodes use the names only, each output format its own colors."""

from __future__ import annotations

from rich.theme import Theme

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
