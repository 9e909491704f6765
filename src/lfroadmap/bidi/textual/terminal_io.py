"""Output to the terminal in its dialect, and its mouse reports.

A terminal that reorders text reorders whole lines, across widgets, so a dialect that rewrites lines needs
them whole. Textual's filters see the lines of one widget, which is not enough: a dialog may cover half a
word.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any, Final, cast

from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.color import TRANSPARENT, Color
from textual.events import MouseEvent
from textual.filter import LineFilter
from textual.screen import Screen
from textual.strip import Strip

from lfroadmap.bidi.dialect import Dialect, visible_column
from lfroadmap.bidi.segments import encoded

_BOXES: Final = frozenset(map(chr, range(0x2500, 0x2580)))
"""The characters that borders are drawn with."""


class DialectFilter(LineFilter):
    """Encodes lines in visual order in a terminal's dialect."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(enabled=dialect.rewrites)
        self.dialect = dialect

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line as it is sent; the same list if nothing changes."""
        return encoded(segments, self.dialect)


class WholeLines(CompositorUpdate):
    """An update of the screen that consists of whole lines."""

    def __init__(self, lines: list[tuple[int, Strip]]) -> None:
        """`lines` are rows, counted from 0, with their content."""
        self.lines = lines

    def render_segments(self, console: Console) -> str:
        """The text to send to the terminal."""
        return "".join(
            text
            for y, strip in self.lines
            for text in (Control.move_to(0, y).segment.text, strip.render(console))
        )


def skeleton(screen: Screen[Any], dialect: Dialect, console: Console, is_whole: Callable[[int], bool]) -> str:
    """The rows of the screen as they are sent to the terminal, with all text only where a row is whole.

    Of the others only the borders and the grounds are kept.
    """
    encoder = DialectFilter(dialect)
    lines = [
        (y, strip.apply_filter(encoder, TRANSPARENT) if is_whole(y) else _borders(strip))
        for y, strip in _lines(screen._compositor, lambda _: True)
    ]
    return dialect.enter + WholeLines(lines).render_segments(console)


def _borders(strip: Strip) -> Strip:
    """The strip without its text."""
    segments = []
    for text, style, _ in strip:
        ground = Style(bgcolor=style.bgcolor) if style else Style()
        for is_border, run in groupby(text, _BOXES.__contains__):
            drawn = "".join(run)
            segments.append(Segment(drawn, style) if is_border else Segment(" " * cell_len(drawn), ground))
    return Strip(segments, strip.cell_length)


def encode_update(
    update: RenderableType | None, screen: Screen[Any], dialect: Dialect
) -> RenderableType | None:
    """An update of a screen in the dialect of the terminal."""
    if not dialect.rewrites or not isinstance(update, LayoutUpdate | ChopsUpdate):
        return update
    if isinstance(update, LayoutUpdate):
        lines = [(y, Strip.join(parts)) for y, parts in enumerate(update.strips, update.region.y)]
    else:
        rows = {y for y, _, _ in update.spans}
        lines = _lines(screen._compositor, rows.__contains__)
    encoder = DialectFilter(dialect)
    whole = WholeLines([(y, strip.apply_filter(encoder, TRANSPARENT)) for y, strip in lines])
    return cast(RenderableType, whole)  # App._display accepts updates, although its signature does not say so


def _lines(compositor: Compositor, is_included: Callable[[int], bool]) -> list[tuple[int, Strip]]:
    """The rows of the screen for which `is_included` is true."""
    chops = compositor._render_chops(compositor.size.region, is_included)
    return [(y, Strip.join(parts.values())) for y, parts in enumerate(chops) if is_included(y)]


def correct_mouse(event: MouseEvent, screen: Screen[Any], dialect: Dialect) -> None:
    """Move a mouse event to the cell under the pointer, if the terminal reports a different one."""
    if dialect.name != "word":
        return
    for _, strip in _lines(screen._compositor, event.screen_y.__eq__):
        shift = visible_column(dialect, strip.text, event.screen_x) - event.screen_x
        event._x += shift
        event._screen_x += shift
