"""A list drawn line by line: one widget for any number of rows."""

from __future__ import annotations

from bisect import bisect_right
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.ui.commands import bindings
from lfroadmap.ui.widgets.line_rows import LineRows


class LineList(LineRows, can_focus=True):
    """Rows with a cursor; as tall as all rows, in a container that scrolls. Only what is seen is drawn."""

    DEFAULT_CSS = """
    LineList { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("list")

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.hovered = -1
        """The row under the mouse."""

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw one line of one row."""
        width = self.size.width
        base = self.rich_style
        ends = self._ends.at(width, self.row_heights)
        index = bisect_right(ends, y)
        if index >= self.row_count():
            return Strip.blank(width, base)
        line = y - (ends[index - 1] if index else 0)
        marked = index == self.cursor and self.has_focus_within  # also while a part of it is edited
        if index == self.hovered and not marked:
            base = base + self.tones.ground("raised")
        strips = self.draw_row(index, width, base)
        strip = strips[line] if line < len(strips) else Strip.blank(width, base)
        return self.mark_cursor(strip, line) if marked else strip

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """A line of the row under the cursor."""
        return self.tones.on_cursor(strip, mark=line == 0)

    def refresh_row(self, index: int) -> None:
        """Repaint one row and nothing else."""
        self.refresh(self.row_region(index))

    # moving

    def move_to(self, index: int) -> None:
        """Put the cursor on a row and bring it into view."""
        self.put_cursor(index)
        self.reveal()

    def put_cursor(self, index: int) -> None:
        """Put the cursor on a row, wherever that is."""
        index = max(0, min(index, self.row_count() - 1))
        if index != self.cursor:
            before, self.cursor = self.cursor, index
            self.refresh_row(before)
            self.refresh_row(index)

    def region_to_reveal(self) -> Region:
        """The lines that are to be seen: the cursor's row."""
        return self.row_region(self.cursor)

    def reveal(self) -> None:
        """Scroll the container so that the cursor's row is seen."""
        region = self.region_to_reveal()
        widget: Widget = self
        while isinstance(parent := widget.parent, Widget):
            region = region.translate(widget.virtual_region.offset)
            if parent.allow_vertical_scroll:
                parent.scroll_to_region(region, animate=False, force=True, immediate=True)
                return
            region = region.translate(parent.styles.border.spacing.top_left)
            widget = parent

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.move_to(self.cursor + rows)

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screen."""
        self.move_to(self.cursor + pages * max(self.screen.size.height - 8, 1))

    def action_go(self, index: int) -> None:
        """Move the cursor to a row; a negative one counts from the end."""
        self.move_to(index % max(self.row_count(), 1))

    def watch_has_focus(self, _has_focus: bool) -> None:
        """Style nothing again: a list draws its cursor itself, and its editor has styles of its own."""

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh_row(self.cursor)
        self.call_after_refresh(self.reveal)

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh_row(self.cursor)

    def hover(self, index: int) -> None:
        """Light the row under the mouse; -1: none."""
        if index != self.hovered:
            before, self.hovered = self.hovered, index
            for row in (before, index):
                if row >= 0:
                    self.refresh_row(row)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the row under the mouse."""
        ends = self._ends.at(self.size.width, self.row_heights)
        self.hover(self.row_at(event.y) if ends and event.y < ends[-1] else -1)

    def on_leave(self) -> None:
        """Light no row any more."""
        self.hover(-1)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor where the mouse is."""
        if self.row_count():
            self.move_to(self.row_at(event.y))
