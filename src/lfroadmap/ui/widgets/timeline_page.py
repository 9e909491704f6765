"""The Timeline tab's page: rows in a frame under the time, of which only what is seen is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import cast

from textual.geometry import Region, Size
from textual.strip import Strip

from lfroadmap.report.charts.day_axis import SCALES, DayAxis, Scale
from lfroadmap.roadmap.schedule import Scheduled, span
from lfroadmap.ui.dashboard.cells import Line
from lfroadmap.ui.timeline.drawing import Preview, TimeDrawing
from lfroadmap.ui.timeline.links import Link, links
from lfroadmap.ui.timeline.rows import TimeBoard, TimeRow
from lfroadmap.ui.timeline.window import TimeWindow
from lfroadmap.ui.timeline_state import TimelineState
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.ui.widgets.panel_drawing import PanelDrawing

ABOVE, BELOW = 3, 1
"""Lines above the rows and below them: the edges, and the time."""
TODAY_AT = 0.25
"""Where today stands in the width when the tab is first opened and not all has room."""


class TimelinePage(LetterGuard):
    """Draws again only the lines that differ from before."""

    DEFAULT_CSS = """
    TimelinePage { height: 1fr; }
    """

    def __init__(self, state: TimelineState, board: TimeBoard) -> None:
        super().__init__()
        self.state = state
        self.board = board
        self.window = TimeWindow()
        self.links: tuple[Link, ...] = ()
        self.undated = 0
        self.hovered = -1
        """The row under the mouse."""
        self.preview: Preview | None = None
        self._faces: list[object] = []
        self.page = Size(0, 0)

    # the data

    def show(self, board: TimeBoard, rows: Sequence[TimeRow], undated: int) -> None:
        """Show other rows; the cursor stays on the card or task that it is on."""
        self.board, self.undated = board, undated
        self.links = links(rows, board.dependencies)
        self.window.show(rows, self.state.at)
        self._keep_cursor()
        if self.page:
            self._choose_time()
            self.redraw()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Place the rows in another size before it is drawn: one picture, and not a second behind it."""
        if size and size != self.page:
            self.page = size
            self.window.resize(size.height - ABOVE - BELOW)
            self._choose_time()
            self._faces = []
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _keep_cursor(self) -> None:
        row = self.window.row
        self.state.at = row.id if row else ""

    # the time

    @property
    def axis(self) -> DayAxis:
        """The part of the time that is shown."""
        scale = cast(Scale, self.state.scale or SCALES[-1])
        bare = DayAxis(scale, self.state.first or self.board.today.toordinal(), 1)
        return TimeDrawing(self.board, bare, self.page.width).axis

    def _choose_time(self) -> None:
        """Begin with the finest scale in which everything has room, or with today in months."""
        if self.state.first is not None or not self.window.rows:
            return
        first, last = span(self._items(), self.board.today)
        for scale in SCALES:
            self.state.scale, axis = scale, self.axis._replace(scale=scale)
            if axis.holds(first, last):
                free = axis.width - (axis.begin(last) - axis.begin(first))
                self.show_time(axis.around(first, min(free / 2 / axis.width, TODAY_AT)))
                return
        self.show_time(self.axis.around(self.board.today, TODAY_AT))

    def _items(self) -> list[Scheduled]:
        return [row.item for row in self.window.rows if row.item]

    def show_time(self, axis: DayAxis) -> None:
        """Show another part of the time, without drawing it."""
        self.state.scale, self.state.first = axis.scale, axis.first

    def reveal_day(self, day: date) -> None:
        """Bring a day into view, without drawing it."""
        axis = self.axis
        at = axis.column(day)
        if not 1 <= at < axis.width - 1:
            self.show_time(axis.around(day, 0.2 if at < 1 else 0.8))

    # drawing

    @property
    def drawing(self) -> TimeDrawing:
        """What draws the rows of the moment."""
        return TimeDrawing(self.board, self.axis, self.page.width)

    def redraw(self) -> None:
        """Draw the lines that differ from before."""
        if not self.page:  # it has no place yet
            return
        before, self._faces = self._faces, self._all_faces()
        if len(before) != len(self._faces):
            self.refresh()
            return
        for y, (old, new) in enumerate(zip(before, self._faces, strict=True)):
            if old != new:
                self.refresh(Region(0, y, self.page.width, 1))

    def _all_faces(self) -> list[object]:
        face = self._facing()
        return [face(y) for y in range(self.page.height)]

    def _facing(self) -> Callable[[int], tuple[Line, bool, bool]]:
        """Line of the page -> its cells, whether the cursor is on it, and whether the mouse is."""
        drawing, window, size = self.drawing, self.window, self.page
        heads = drawing.heads()
        near = [each for each in self.links if each.touches(window.top, window.top + window.height)]

        def face(y: int) -> tuple[Line, bool, bool]:
            if y == 0:
                return drawing.end(self.state.grouping, self.undated), self.has_focus, False
            if y == size.height - 1:
                return drawing.foot(window.row, self.preview), self.has_focus, False
            if y < ABOVE:
                return heads[y - 1] if window.rows else (), False, False
            at = window.top + y - ABOVE
            if not window.rows:
                return (drawing.empty() if y == ABOVE else ()), False, False
            if at >= len(window.rows):
                return (), False, False
            lit = at == window.cursor and self.has_focus
            wires = [*drawing.wires(at, window.rows, near, window.cursor, self.preview)] if near else []
            return drawing.line(window.rows[at], self.preview, wires), lit, at == self.hovered

        return face

    def render_line(self, y: int) -> Strip:
        """Draw a line of the page."""
        if not self._faces:
            self._faces = self._all_faces()
        painter, width, focused = PanelDrawing(self.tones), self.page.width, self.has_focus
        if y >= len(self._faces):
            return Strip.blank(width, self.rich_style)
        line, lit, hovered = cast("tuple[Line, bool, bool]", self._faces[y])
        if y == 0:
            return painter.upper(self.board.words("report.timeline"), line, width, focused=focused)
        if y == self.page.height - 1:
            return painter.lower(line, width, focused=focused)
        return painter.inner(line, width, focused=focused, lit=lit, hovered=hovered)

    def row_at(self, y: int) -> int:
        """The row on a line of the page that is a card or a task; -1 for none."""
        at = self.window.top + y - ABOVE
        inside = ABOVE <= y < self.page.height - BELOW and at < len(self.window.rows)
        return at if inside and self.window.rows[at].item else -1

    def hover(self, row: int) -> None:
        """Light the row under the mouse; -1: none."""
        if row != self.hovered:
            self.hovered = row
            self.redraw()
