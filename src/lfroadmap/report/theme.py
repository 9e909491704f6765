"""The named styles of a report; its nodes use the names only, each output format its own colours."""

from __future__ import annotations

from rich.theme import Theme

THEME = Theme(
    {
        "title": "bold",
        "heading": "bold",
        "rule": "dim",
        "label": "dim",
        "red": "red",
        "orange": "dark_orange",
        "green": "green",
        "done": "dim",
        "empty": "dim",
        "note": "dim",
        "bar": "dim",
        "fill": "blue",
        "accent": "bright_cyan",
    }
)
"""For `Console(theme=THEME)`; on a terminal without colours the words and percentages suffice."""
