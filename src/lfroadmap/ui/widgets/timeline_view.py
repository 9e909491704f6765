"""The Timeline tab's page with its mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, cast

from textual import events

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.schedule import Scheduled, moved
from lfroadmap.roadmap.schedule_edits import day_edit, span_edit, start_edit
from lfroadmap.ui.context import Change
from lfroadmap.ui.timeline.drawing import Preview
from lfroadmap.ui.timeline.rows import TimeBoard
from lfroadmap.ui.timeline_state import TimelineState
from lfroadmap.ui.widgets.row_drawing import reading_x
from lfroadmap.ui.widgets.timeline_keys import TimelineKeys

WHEEL = 3
"""Rows by which the wheel scrolls."""


class Drag(NamedTuple):
    """What the mouse took hold of."""

    item: Scheduled
    part: str
    """`end`, `start` or `bar`."""
    column: int
    """The column of the time where it did."""


class TimelineView(TimelineKeys, can_focus=True):
    """The mouse drags a day, the first day of a card, or all of its bar; where it would be is shown."""

    def __init__(
        self, state: TimelineState, board: TimeBoard, change: Change, settle: Callable[[], None]
    ) -> None:
        super().__init__(state, board, change, settle)
        self._drag: Drag | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the row under the mouse, and take hold of its day or its bar."""
        row = self.row_at(event.y)
        if row < 0:
            return
        self.window.move_to(row)
        self._went()
        item, column = self._item, self._column(event)
        part = self.drawing.part(item, column) if item and event.button == 1 else ""
        if item and part:
            self._drag = Drag(item, part, column)
            self.capture_mouse()
            self._preview(column)

    def _column(self, event: events.MouseEvent) -> int:
        return self.drawing.column(reading_x(event.x, self.page.width))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what was taken hold of where it would be, or light the row under the mouse."""
        if self._drag:
            self._preview(self._column(event))
        else:
            self.hover(self.row_at(event.y))

    def _preview(self, column: int) -> None:
        if drag := self._drag:
            days, item = self._days(drag, column), drag.item
            day = moved(item.day, "day", days if drag.part != "start" else 0)
            start = item.start and moved(item.start, "day", days if drag.part != "end" else 0)
            self.preview = Preview(item.node.id, item._replace(day=day, start=start), days)
            self.redraw()

    def _days(self, drag: Drag, column: int) -> int:
        """By how many days the mouse moved it; a first day stays before its deadline."""
        days = self.axis.ordinal(column) - self.axis.ordinal(drag.column)
        if drag.part == "start" and drag.item.start:
            days = min(days, (drag.item.day - drag.item.start).days)
        return days

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let go of it where it is now."""
        drag, preview = self._drag, self.preview
        self._let_go()
        if drag and preview and preview.days:
            self._settle()
            self._change(_edit(drag, preview))
            self._settle()

    def _let_go(self) -> None:
        if self._drag:
            self._drag = self.preview = None
            self.release_mouse()
            self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Put back what the mouse has hold of; any other key is as usual."""
        if self._drag:
            self._let_go()
            event.stop()
            event.prevent_default()

    def on_click(self, event: events.Click) -> None:
        """Go to the card or task that was clicked twice."""
        if event.chain == 2 and self.row_at(event.y) == self.window.cursor:
            self.action_enter()

    def on_leave(self) -> None:
        """Light no row any more."""
        self.hover(-1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll the rows; with Shift the time, with Ctrl to less or more of it."""
        self._wheel(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        self._wheel(event, -1)

    def _wheel(self, event: events.MouseEvent, step: int) -> None:
        event.stop()
        event.prevent_default()
        if event.ctrl:
            self.action_zoom(-step)
        elif event.shift:
            self._scroll_time(step)
        else:
            self.window.scroll(step * WHEEL)
            self._went()

    # the focus

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show the cursor, or hide it; what is moved next is another undo step. Nothing is styled again."""
        if not has_focus:
            self._let_go()
            self._end_step()
        self.redraw()


def _edit(drag: Drag, preview: Preview) -> Edit:
    if drag.part == "bar":
        return span_edit(drag.item, preview.days)
    if drag.part == "start":
        return cast("Edit", start_edit(drag.item, cast("date", preview.item.start)))
    return day_edit(drag.item, preview.item.day)
