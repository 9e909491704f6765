"""The Timeline tab's page with its keys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from lfroadmap.report.charts.day_axis import SCALES
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.schedule import Scheduled, Unit, moved
from lfroadmap.roadmap.schedule_edits import day_edit, start_edit
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import Change
from lfroadmap.ui.timeline.rows import TimeBoard
from lfroadmap.ui.timeline_state import TimelineState
from lfroadmap.ui.widgets.row_drawing import onward
from lfroadmap.ui.widgets.timeline_page import TODAY_AT, TimelinePage

UNITS: dict[str, Unit] = {"days": "day", "weeks": "week", "months": "month"}
SCROLLS: dict[str, int] = {"days": 3, "weeks": 7, "months": 8}
"""Scale -> columns by which an arrow scrolls the time: a day, a week, a month."""


class TimelineKeys(TimelinePage):
    """The arrows go from row to row and through the time; with Shift they move the day under the cursor."""

    hints: ClassVar[Place] = "timeline"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("list"),
        *bindings("timeline"),
        Binding("equals_sign", "zoom(1)", show=False),
    ]

    class Entered(Message):
        """Somebody wants to go to a card or a task."""

        def __init__(self, node: str) -> None:
            super().__init__()
            self.node = node

    class Regrouped(Message):
        """The rows are to be grouped otherwise."""

    def __init__(
        self, state: TimelineState, board: TimeBoard, change: Change, settle: Callable[[], None]
    ) -> None:
        """`settle` ends an undo step: presses that follow each other closely are one, as letters are."""
        super().__init__(state, board)
        self._change, self._settle = change, settle
        self._has_moved = False
        """True if a day was moved by a key, and the undo step of it has not been ended."""

    @property
    def node(self) -> str:
        """Id of the card or task under the cursor; empty where there is none."""
        return self.window.row.id if self.window.row else ""

    @property
    def _item(self) -> Scheduled | None:
        return self.window.row.item if self.window.row else None

    # the rows

    def action_move(self, rows: int) -> None:
        """Move the cursor by rows."""
        self.window.move(rows)
        self._went()

    def action_page(self, pages: int) -> None:
        """Move the cursor by the rows that are seen."""
        self.window.move(pages * max(self.window.height - 1, 1))
        self._went()

    def action_go(self, index: int) -> None:
        """Move the cursor to the first row, or to the last."""
        self.window.move_to(index % max(len(self.window.rows), 1))
        self._went()

    def go_to(self, node_id: str) -> bool:
        """Put the cursor on the row of a card, of a field of it, or of a task; False where it has none."""
        found = self.window.go_to(node_id)
        if found and self._item:
            self.reveal_day(self._item.day)
            self._went()
        return found

    def _went(self) -> None:
        self._keep_cursor()
        self._end_step()
        self.redraw()

    def _end_step(self) -> None:
        """Have the next day that is moved be another undo step."""
        if self._has_moved:
            self._has_moved = False
            self._settle()

    def action_enter(self) -> None:
        """Go to the card or task under the cursor."""
        if self.node:
            self.post_message(self.Entered(self.node))

    # the time

    def action_across(self, steps: int) -> None:
        """Scroll the time to the right or the left."""
        self._scroll_time(onward(steps))

    def _scroll_time(self, steps: int) -> None:
        self.show_time(self.axis.moved(steps * SCROLLS[self.state.scale]))
        self.redraw()

    def action_zoom(self, step: int) -> None:
        """Show less of the time, or more; the day under the cursor stays where it is, if it is seen."""
        at = SCALES.index(self.axis.scale) - step
        if 0 <= at < len(SCALES):
            axis = self.axis
            day = self._item.day if self._item else self.board.today
            if not 0 <= axis.column(day) < axis.width:
                day = axis.middle
            self.show_time(axis._replace(scale=SCALES[at]).around(day, axis.column(day) / axis.width))
            self.redraw()

    def action_today(self) -> None:
        """Bring today into view."""
        self.show_time(self.axis.around(self.board.today, TODAY_AT))
        self.redraw()

    def action_regroup(self) -> None:
        """Group the rows by owner, or by stage again."""
        self.state.grouping = "owner" if self.state.grouping == "stage" else "stage"
        self.post_message(self.Regrouped())

    # moving a day

    @property
    def _unit(self) -> Unit:
        return UNITS[self.axis.scale]

    def action_move_day(self, steps: int) -> None:
        """Move the day under the cursor to the right or the left, by a day, a week or a month."""
        if self._item:
            self._move_to(day_edit(self._item, day := moved(self._item.day, self._unit, onward(steps))), day)

    def action_move_start(self, steps: int) -> None:
        """Move the first day of the card under the cursor, up to its deadline."""
        if self._item is None:
            return
        first = self._item.start or self.board.begin(self._item) or self._item.day
        day = min(moved(first, self._unit, onward(steps)), self._item.day)
        if edit := start_edit(self._item, day):
            self._move_to(edit, day)
        else:
            self.app.notify(self.board.words("timeline_tab.no_start"), severity="warning")

    def _move_to(self, edit: Edit, day: date) -> None:
        self.reveal_day(day)
        self._has_moved = True
        self._change(edit)
