"""The direction of the interface, and lines of text in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.tables import needs_reordering

if TYPE_CHECKING:
    from lfroadmap.bidi.line import BidiLine


class _Interface:
    """The direction of the interface; one for the process, as the hooks are."""

    direction: Direction = "ltr"


def screen_direction() -> Direction:
    """The direction of the interface."""
    return _Interface.direction


def set_screen_direction(direction: Direction) -> None:
    """Set the direction of the interface; screens that are open must be refreshed with their layout."""
    _Interface.direction = direction


def screen_line(text: str, start: int = 0, end: int | None = None) -> BidiLine:
    """The part of a paragraph from `start` to `end` as a line on the screen."""
    from lfroadmap.bidi.line import Paragraph  # noqa: PLC0415 - for the first text that has two directions

    return Paragraph(text, paragraph_level(text, _Interface.direction)).line(start, end)


def visual_text(text: str, paragraph: str = "", start: int = 0) -> str:
    """The text in visual order; it may be a line of a `paragraph`, from index `start` of it."""
    if not needs_reordering(paragraph or text):
        return text
    line = screen_line(paragraph, start, start + len(text)) if paragraph else screen_line(text)
    return line.glyphs
