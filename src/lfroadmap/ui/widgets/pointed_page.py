"""The page of flows with the mouse over it."""

from __future__ import annotations

from textual import events

from lfroadmap.ui.widgets.flows_page import FlowsPage
from lfroadmap.ui.widgets.row_drawing import reading_x


class PointedPage(FlowsPage):
    """Lights the figure under the mouse."""

    def stop_at(self, event: events.MouseEvent) -> int:
        """The figure under the mouse; -1 for none."""
        return self.under(reading_x(event.x, self._width), event.y + int(self.scroll_offset.y))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Light the figure under the mouse."""
        self._hover(self.stop_at(event))

    def on_leave(self, event: events.Leave) -> None:
        """Light nothing."""
        self._hover(-1)

    def _hover(self, index: int) -> None:
        if index != self.hovered:
            before, self.hovered = self.hovered, index
            self.redraw_stop(before)
            self.redraw_stop(index)
