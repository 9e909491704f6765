"""A page of parts in frames, drawn line by line, with a cursor that goes from figure to figure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.ui.flows.parts import Part
from lfroadmap.ui.flows.placing import EDGES, GAP, column_widths, next_slot, width_of
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.ui.widgets.node_drawing import NodeDrawing, wanted_width
from lfroadmap.ui.widgets.panel_drawing import PanelDrawing
from lfroadmap.ui.widgets.report_view import placed

BEHIND = 0.05
"""Seconds after the first picture in which the parts below it are drawn."""


class Stop(NamedTuple):
    """Lines that the cursor can be on."""

    part: int
    line: int
    """The first of its lines, within the part; 0 for the title."""
    height: int
    target: str


class PlacedPart(NamedTuple):
    """A part with its place on the page and its lines."""

    x: int
    y: int
    width: int
    strips: tuple[Strip, ...]
    stops: tuple[Stop, ...]

    @property
    def height(self) -> int:
        """Lines, those of the frame included."""
        return len(self.strips) + EDGES


class FlowsPage(LetterGuard, ScrollView):
    """Draws the parts that are seen; those below the first picture are placed behind it."""

    DEFAULT_CSS = """
    FlowsPage { height: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.parts: tuple[Part, ...] = ()
        self.placed: list[PlacedPart] = []
        self.stops: list[Stop] = []
        self.cursor = 0
        self.hovered = -1
        self._heights: list[int] = []
        """Lines of each column so far."""
        self._width = 0

    def show(self, parts: Sequence[Part]) -> None:
        """Show other parts; the cursor stays on the figure that it was on, where there still is one."""
        if tuple(parts) == self.parts:
            return
        at = self.stops[self.cursor].target if self.stops else ""
        self.parts = tuple(parts)
        if self._width:
            self._begin()
            self._go_to_target(at)

    def _go_to_target(self, target: str) -> None:
        while target and len(self.placed) < len(self.parts) and target not in self._targets():
            self._place_next()
        known = self._targets()
        self.cursor = known.index(target) if target in known else 0
        self._fit()
        self.refresh()

    def _targets(self) -> list[str]:
        return [stop.target for stop in self.stops]

    # placing

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Place the parts in another width before they are drawn: one picture, and not a second behind it."""
        width = size.width - self.styles.scrollbar_size_vertical
        if size and width != self._width:
            at = self.stops[self.cursor].target if self.stops else ""
            self._width = width
            self._begin(size.height)
            self.cursor = max(self._targets().index(at) if at in self._targets() else 0, 0)
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _begin(self, height: int = 0) -> None:
        """Place the parts that the window shows, and the others behind that."""
        self.placed, self.stops, self.cursor, self.hovered = [], [], 0, -1
        self._heights = [0] * len(column_widths(self._width))
        seen = (height or self.size.height) + int(self.scroll_offset.y)
        while len(self.placed) < len(self.parts) and min(self._heights) < seen:
            self._place_next()
        self._fit()
        self.refresh()
        if len(self.placed) < len(self.parts):
            self.set_timer(BEHIND, self._place_rest)

    def _place_rest(self) -> None:
        """Place one more part, the others a turn later each: a key that is typed meanwhile comes first."""
        if len(self.placed) < len(self.parts):
            self._place_next()
            self._fit()
            self.set_timer(0.001, self._place_rest)

    def place_all(self) -> None:
        """Place all parts now: their last lines are wanted."""
        while len(self.placed) < len(self.parts):
            self._place_next()
        self._fit()

    def _place_next(self) -> None:
        number = len(self.placed)
        part, widths = self.parts[number], column_widths(self._width)
        needed = max(map(wanted_width, part.nodes), default=0) + 2 * EDGES
        column, span, y = next_slot(self._heights, widths, needed)
        width = width_of(widths[column : column + span])
        drawing = NodeDrawing(width - 2 * EDGES, self.tones, self.rich_style, part.tables)
        strips = drawing.strips(part.nodes)
        stops = _stops(number, strips, drawing.targets)
        each = PlacedPart(sum(widths[:column]) + GAP * column, y, width, tuple(strips), stops)
        self.placed.append(each)
        self.stops += stops
        self._heights[column : column + span] = [y + each.height] * span

    def _fit(self) -> None:
        size = Size(self._width, max(self._heights, default=0))
        if size != self.virtual_size:
            self.virtual_size = size

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line of the page: of each column the part that is there."""
        drawing, y = PanelDrawing(self.tones), y + int(self.scroll_offset.y)
        strips: list[Strip] = []
        used = 0
        here = [(n, each) for n, each in enumerate(self.placed) if each.y <= y < each.y + each.height]
        for number, each in sorted(here, key=lambda pair: pair[1].x):
            if each.x > used:
                strips.append(drawing.blank(each.x - used))
            strips.append(self._drawn(number, each, y - each.y, drawing))
            used = each.x + each.width
        width = self.scrollable_content_region.width
        if used < width:
            strips.append(drawing.blank(width - used))
        return Strip.join(reversed(strips) if screen_direction() == "rtl" else strips)

    def _drawn(self, number: int, each: PlacedPart, line: int, drawing: PanelDrawing) -> Strip:
        stop = self.stops[self.cursor] if self.stops and self.has_focus else None
        focused = stop is not None and stop.part == number
        if line == 0:
            return drawing.upper(self.parts[number].title, (), each.width, focused=focused)
        if line == each.height - 1:
            return drawing.lower((), each.width, focused=focused)
        lit = stop is not None and focused and stop.line <= line < stop.line + stop.height
        over = self.stops[self.hovered] if 0 <= self.hovered < len(self.stops) else None
        hovered = over is not None and over.part == number and over.line <= line < over.line + over.height
        return drawing.around(
            placed(each.strips[line - 1], each.width - 2 * EDGES, self.rich_style),
            each.width,
            focused=focused,
            lit=lit,
            hovered=hovered and not lit,
        )

    def redraw_stop(self, index: int) -> None:
        """Draw the lines of a stop again."""
        if 0 <= index < len(self.stops):
            self.refresh(self._on_screen(self.region_of(index)))

    def redraw_part(self, number: int) -> None:
        """Draw a part again, its frame included."""
        each = self.placed[number]
        self.refresh(self._on_screen(Region(each.x, each.y, each.width, each.height)))

    def _on_screen(self, region: Region) -> Region:
        x = region.x
        if screen_direction() == "rtl":
            x = self.scrollable_content_region.width - region.right
        return Region(x, region.y - int(self.scroll_offset.y), region.width, region.height)

    def region_of(self, index: int) -> Region:
        """The place of a stop on the page, in reading order."""
        stop = self.stops[index]
        each = self.placed[stop.part]
        return Region(each.x, each.y + stop.line, each.width, stop.height)

    def notify_style_update(self) -> None:
        """Draw everything in the tones of another theme."""
        if self._width:
            self._begin()
        super().notify_style_update()

    def under(self, x: int, y: int) -> int:
        """The stop at a place of the page; of a part's title or rest its first one; -1 for none."""
        for number, each in enumerate(self.placed):
            if each.x <= x < each.x + each.width and each.y <= y < each.y + each.height:
                own = [n for n, stop in enumerate(self.stops) if stop.part == number]
                starts = [self.stops[n].line for n in own]
                found = bisect_right(starts, y - each.y) - 1
                return own[max(found, 0)] if own else -1
        return -1


def _stops(number: int, strips: Sequence[Strip], targets: Sequence[tuple[Strip, str]]) -> tuple[Stop, ...]:
    """The rows of a part that stand for something."""
    found: list[Stop] = []
    left = list(targets)
    for line, strip in enumerate(strips, 1):
        if left and left[0][0] is strip:
            target = left.pop(0)[1]
            if found and found[-1].target == target and found[-1].line + found[-1].height == line:
                found[-1] = found[-1]._replace(height=found[-1].height + 1)
            else:
                found.append(Stop(number, line, 1, target))
    return tuple(found)
