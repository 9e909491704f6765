"""The box of a dialog, and its buttons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Button

from lfroadmap.ui.widgets.panel import Panel

WIDTH = 66
"""Columns of a dialog, as in its style sheet."""
LONGEST_TITLE = 54
"""Columns of the longest title that has room on the edge of a dialog."""


class DialogBox(Panel, Vertical):
    """A panel over the page, always lit, with its title as a chip."""

    is_lit = True

    def __init__(self, title: str) -> None:
        super().__init__(id="dialog")
        self.panel_title = title if cell_len(title) <= LONGEST_TITLE else ""


class ScrollingBox(DialogBox, VerticalScroll, can_focus=False):
    """A dialog that scrolls where the terminal is too small for it."""


def button(
    text: str,
    name: str,
    key: Literal["", "Esc", "Enter"] = "",
    *,
    disabled: bool = False,
) -> Button:
    """A button with the key that presses it."""
    label = Content.assemble(text, "  ", (key, "not bold")) if key else Content(text)
    return Button(label, id=name, disabled=disabled, compact=True)


def fit_side_by_side(buttons: Sequence[Button], width: int) -> bool:
    """True if the buttons have room on one line of a dialog in a terminal of `width` columns."""
    return sum(cell_len(str(each.label)) + 4 for each in buttons) <= min(width, WIDTH) - 6
