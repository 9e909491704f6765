"""The notice of something that one key removed."""

from __future__ import annotations

from textual.widget import Widget

from lfroadmap.bidi.cutting import cut
from lfroadmap.text import one_line
from lfroadmap.words import Words

NAME_LENGTH = 40
"""Characters of a removed row's or value's name in the notice."""


def report_removed(widget: Widget, name: str, words: Words) -> None:
    """Say what went and which key brings it back."""
    shown = one_line(name)
    shown = cut(shown, NAME_LENGTH)
    notice = words("list.removed", name=shown)
    widget.call_after_refresh(widget.notify, notice, markup=False)  # the row goes first: a notice is a layout
