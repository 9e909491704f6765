"""The last step to the terminal: finished lines, written as its dialect wants them.

A terminal that orders text looks at a whole line, whatever widgets it is made of, so in a dialect that
rewrites, lines are sent whole. A filter on each widget's lines would not do: a dialog may cover half a word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import Segment
from textual._compositor import ChopsUpdate, Compositor, CompositorUpdate, LayoutUpdate
from textual.color import TRANSPARENT, Color
from textual.events import MouseEvent
from textual.filter import LineFilter
from textual.screen import Screen
from textual.strip import Strip

from lfroadmap.bidi.dialect import Dialect, pointed_cell, write_texts


class DialectFilter(LineFilter):
    """Writes the text of a line, which is in the order of the screen, in a terminal's dialect."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(enabled=dialect.rewrites)
        self.dialect = dialect

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The line as it is sent; styles stay with their cells."""
        texts = [segment.text for segment in segments]
        sent = write_texts(self.dialect, texts)
        if sent == texts:
            return segments
        return [
            Segment(text, style, control) for text, (_, style, control) in zip(sent, segments, strict=True)
        ]


class WholeLines(CompositorUpdate):
    """Lines of the screen, from its left side to its right one."""

    def __init__(self, lines: list[tuple[int, Strip]]) -> None:
        """`lines` are rows, counted from 0, with what stands on them."""
        self.lines = lines

    def render_segments(self, console: Console) -> str:
        """What is sent to the terminal."""
        return "".join(
            text
            for y, strip in self.lines
            for text in (Control.move_to(0, y).segment.text, strip.render(console))
        )


def written(update: RenderableType | None, screen: Screen[Any], dialect: Dialect) -> RenderableType | None:
    """What a screen has to show, in the dialect of the terminal."""
    if not dialect.rewrites or not isinstance(update, LayoutUpdate | ChopsUpdate):
        return update
    if isinstance(update, LayoutUpdate):
        lines = [(y, Strip.join(parts)) for y, parts in enumerate(update.strips, update.region.y)]
    else:
        rows = {y for y, _, _ in update.spans}
        lines = _lines(screen._compositor, rows.__contains__)
    to_send = DialectFilter(dialect)
    whole = WholeLines([(y, strip.apply_filter(to_send, TRANSPARENT)) for y, strip in lines])
    return cast(RenderableType, whole)  # what the app takes, though Textual's type does not say so


def _lines(compositor: Compositor, wanted: Callable[[int], bool]) -> list[tuple[int, Strip]]:
    """Some rows of the screen, whole."""
    chops = compositor._render_chops(compositor.size.region, wanted)
    return [(y, Strip.join(parts.values())) for y, parts in enumerate(chops) if wanted(y)]


def point(event: MouseEvent, screen: Screen[Any], dialect: Dialect) -> None:
    """Let a mouse event speak of the cell that the person sees, where the terminal tells another one."""
    if dialect.name != "word":
        return
    for _, strip in _lines(screen._compositor, event.screen_y.__eq__):
        shift = pointed_cell(dialect, strip.text, event.screen_x) - event.screen_x
        event._x += shift
        event._screen_x += shift
