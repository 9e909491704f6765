"""A report that is looked at: printed on a thread, of which only the lines on the screen are drawn."""

from __future__ import annotations

import io

from rich.console import Console, RenderableType
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lfroadmap.bidi.policy import Direction
from lfroadmap.bidi.printing import visual_lines
from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.report.theme import themed
from lfroadmap.ui.widgets.tones import Toned, Tones

LEAST = 20
"""Columns that a report is printed in where there are fewer."""


def printed(report: RenderableType, page: Direction, width: int, tones: Tones) -> list[Strip]:
    """A report in lines of `width` columns, in the order of the screen; takes a while if large."""
    console = Console(
        file=io.StringIO(),
        width=max(width, LEAST),
        theme=themed(tones),
        highlight=False,
        force_terminal=True,
        color_system="truecolor",
    )
    return [Strip(line) for line in visual_lines(report, page, console)]


def placed(strip: Strip, width: int, base: Style) -> Strip:
    """A printed line in exactly so many columns, at the side on which reading begins."""
    segments = list(strip)
    free = Segment(" " * max(width - sum(segment.cell_length for segment in segments), 0))
    line = [free, *segments] if screen_direction() == "rtl" else [*segments, free]
    return Strip(line).crop(0, width).apply_style(base)


class ReportView(Toned, ScrollView, can_focus=True):
    """The lines of a printed report."""

    DEFAULT_CSS = """
    ReportView {
        height: 1fr;
        padding: 0 1;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        overflow-y: scroll;
    }
    ReportView:focus { background: $lf-raised; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.strips: list[Strip] = []

    def allow_focus(self) -> bool:
        """True if there is something to scroll."""
        return bool(self.strips)

    @property
    def room(self) -> int:
        """Columns that a report has, beside the scrollbar."""
        return self.scrollable_content_region.width

    def show(self, strips: list[Strip]) -> None:
        """Show these lines, at the place that is shown."""
        self.strips = strips
        self.virtual_size = Size(self.room, len(strips))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        at = y + int(self.scroll_offset.y)
        strip = self.strips[at] if at < len(self.strips) else Strip([])
        return placed(strip, self.room, self.rich_style)
