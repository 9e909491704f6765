"""Installs right to left into Textual by replacing functions of its classes.

The replacements are in `drawing` and `layout`. They are not the only private names of Textual in use: all
of them, in every room, are listed with their signatures in `tests/private_names.toml`, and tests compare
that list with the installed Textual and with the source of the program.
"""

from __future__ import annotations

from textual.content import Content, _FormattedLine
from textual.screen import Screen
from textual.widget import Widget

from lfroadmap.bidi.textual import drawing, layout

HOOKS: tuple[tuple[type, str, object], ...] = (
    (Content, "_wrap_and_format", drawing.wrap_with_paragraphs),
    (Content, "truncate", drawing.cut_content),
    (Content, "render_strips", drawing.aligned_strips),
    (Content, "render_segments", drawing.visual_segments),
    (_FormattedLine, "to_strip", drawing.visual_strip),
    (Widget, "arrange", layout.arrange_mirrored),
    (Screen, "arrange", layout.screen_arrange_mirrored),
    (Widget, "_get_scrollable_region", layout.scrollable_region_mirrored),
    (Widget, "_arrange_scrollbars", layout.scrollbars_mirrored),
    (Widget, "render_lines", layout.lines_beside_scrollbar),
    (Widget, "_focus_sort_key", property(layout.focus_sort_key_mirrored)),
)
"""Class, name, and replacement of each function that is replaced."""

_ORIGINALS = tuple((owner, name, vars(owner)[name]) for owner, name, _ in HOOKS)


def install() -> None:
    """Replace Textual's functions; installing twice has no further effect."""
    for owner, name, replacement in HOOKS:
        setattr(owner, name, replacement)


def uninstall() -> None:
    """Restore Textual's functions."""
    for owner, name, original in _ORIGINALS:
        setattr(owner, name, original)
