"""A report that is looked at: printed on a thread, of which only the lines on the screen are drawn."""

from __future__ import annotations

import io

from rich.console import Console
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lfroadmap.report.nodes import Report
from lfroadmap.report.theme import THEME


def printed(report: Report, width: int) -> list[Strip]:
    """The report in lines of `width` columns; takes a while for a large one."""
    console = Console(
        file=io.StringIO(),
        width=width,
        theme=THEME,
        highlight=False,
        force_terminal=True,
        color_system="truecolor",
    )
    return [Strip(line) for line in console.render_lines(report, console.options, pad=False)]


class ReportView(ScrollView, can_focus=False):
    """The lines of a printed report."""

    DEFAULT_CSS = """
    ReportView { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.strips: list[Strip] = []

    def show(self, strips: list[Strip]) -> None:
        """Show these lines, at the place that is shown."""
        self.strips = strips
        self.virtual_size = Size(self.size.width, len(strips))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        at = y + int(self.scroll_offset.y)
        width, base = self.size.width, self.rich_style
        strip = self.strips[at] if at < len(self.strips) else Strip.blank(width)
        return strip.adjust_cell_length(width).apply_style(base)
