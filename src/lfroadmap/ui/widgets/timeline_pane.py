"""The Timeline tab: days of cards and tasks on a scale of days, weeks or months, by stage or owner."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import date

from textual import on
from textual.containers import Container

from lfroadmap.errors import RoadmapError
from lfroadmap.report.deadlines import undated
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.dependencies import Dependencies
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.roadmap.schedule import Schedule
from lfroadmap.ui.context import TIMELINE, Context
from lfroadmap.ui.timeline.rows import TimeBoard, TimeRow, rows
from lfroadmap.ui.widgets import board_source
from lfroadmap.ui.widgets.timeline_view import TimelineView
from lfroadmap.ui.work import start_work


class TimelinePane(Container):
    """Makes the rows of each roadmap that it is given; the history is read behind the first picture."""

    DEFAULT_CSS = """
    TimelinePane { height: 1fr; }
    """

    def __init__(self, roadmap: Roadmap, counts: Counts, context: Context) -> None:
        self.context = context
        self.tab = TIMELINE
        self.schedule = Schedule(roadmap)
        self.dependencies = Dependencies(roadmap)
        self.counts = counts
        self.activity = Activity()
        self.slipped: Mapping[str, tuple[date, ...]] = {}
        self._read_of: Roadmap | None = None
        """The roadmap whose history was read."""
        self.view = TimelineView(context.timeline, self._board(), context.change, context.settle)
        super().__init__(self.view)

    def on_mount(self) -> None:
        """Read the history when the first picture is drawn."""
        self._show()
        self.set_timer(board_source.READS_BEHIND, self.read)

    def show(self, roadmap: Roadmap, counts: Counts) -> None:
        """Show the roadmap as it is now; nothing is drawn where it is shown already."""
        if roadmap is self.schedule.roadmap and self.view.board.today == self.context.today():
            return
        if self._read_of:
            self.activity = self.activity.follow(self.schedule.roadmap, roadmap, self.context.today())
        self.schedule.follow(roadmap)
        self.dependencies = self.dependencies.after(roadmap)
        self.counts = counts
        self._show()

    def go_to(self, node_id: str) -> bool:
        """Put the cursor on the row of a card, of a field of it, or of a task; False where it has none."""
        return self.view.go_to(node_id)

    def _show(self) -> None:
        self.view.show(self._board(), self._rows(), undated(self.schedule.roadmap))

    def _rows(self) -> tuple[TimeRow, ...]:
        return tuple(rows(self.schedule.groups(self.context.timeline.grouping)))

    def _board(self) -> TimeBoard:
        context = self.context
        return TimeBoard(
            context.words,
            context.labels,
            context.thresholds,
            context.today(),
            self.counts,
            context.health,
            self.dependencies,
            self.activity.first_days,
            self.slipped,
        )

    # what the view reports

    @on(TimelineView.Regrouped)
    def _regrouped(self) -> None:
        self._show()

    # the history

    def saved(self) -> None:
        """Read the history again, where the file has another roadmap now."""
        if self.display and self._read_of is not self.schedule.roadmap:
            self.read()

    def read(self) -> None:
        """Read the history on a thread; a reading that is under way is given up for a newer one."""
        start_work(self, self._read, "reading", exclusive=True)

    async def _read(self) -> None:
        before = self.schedule.roadmap
        try:
            if self._read_of is None:
                found = await asyncio.to_thread(self.context.activity)
                self.activity = found.follow(before, self.schedule.roadmap, self.context.today())
            before = self.schedule.roadmap
            self.slipped = await asyncio.to_thread(self.context.slipped)
        except RoadmapError as error:  # the days stay without a past
            self.app.notify(self.context.words.error(error), severity="warning")
        self._read_of = before
        if self.display:
            self._show()
