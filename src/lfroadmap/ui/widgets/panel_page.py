"""A page of panels as one widget, drawn line by line."""

from __future__ import annotations

from textual.geometry import Offset, Region, Size
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.cells import columns_of
from lfroadmap.ui.dashboard.layout import EDGES, OVERVIEW, Arrangement, Place
from lfroadmap.ui.dashboard.panel import PanelId
from lfroadmap.ui.dashboard.window import Shown
from lfroadmap.ui.widgets.panel_drawing import PanelDrawing
from lfroadmap.ui.widgets.placed_panels import FIRST_REACH, PlacedPanels
from lfroadmap.words import Words


class PanelPage(PlacedPanels):
    """Panels in columns.

    The lines of a panel are kept until the data or the size changes, and then only those that differ are
    drawn again.
    """

    DEFAULT_CSS = """
    PanelPage { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, words: Words, arrangement: Arrangement = OVERVIEW) -> None:
        super().__init__(words, arrangement)
        self._hovered: tuple[PanelId, int] | None = None
        self._pointer: Offset | None = None
        """Where the mouse is on the page."""

    # the data

    def show(self, board: Board) -> None:
        """Show a board; of the panels on the screen only the lines that differ are drawn again."""
        before = self.places
        drawn = (place for place in before if self._is_seen(place) and place.id not in self._stale)
        old = {place: self._face(place) for place in drawn}  # the others were never seen
        self.board = board
        if not self._page:
            return
        self._place()
        self._follow_pointer()
        if self.places != before:
            self._redraw_page()
            return
        for place in filter(self._is_seen, self.places):
            new, face = self._face(place), old.get(place)
            for line in (at for at in range(place.height) if face is None or face[at] != new[at]):
                self._redraw(place, line, edges=face is None)

    def _face(self, place: Place) -> list[object]:
        """Everything that is drawn of a panel, line by line."""
        seen, panel, lit = self.seen(place.id), self.windows[place.id].panel, self._lit(place.id)
        over = self._hovered[1] if self._hovered and self._hovered[0] == place.id else -2
        inner: list[object] = [(shown.row.cells, shown.entry == lit, shown.entry == over) for shown in seen]
        inner += [None] * (place.height - EDGES - len(inner))
        return [panel.end, *inner, panel.foot]

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Place the panels in another size before it is drawn: one picture, and not a second behind it.

        Textual posts no resize where a place was asked for between two layouts.
        """
        if size and size != self._page:
            self._page = size
            self._strips.clear()
            self._place()
            if self._pointer:
                self.call_later(self.point_at, self._pointer)
        return super()._size_updated(size, virtual_size, container_size, layout)

    def _redraw_page(self) -> None:
        self._strips.clear()
        self.refresh()

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line of the page: of each column the panel that is there."""
        drawing, y = PanelDrawing(self.tones), y + int(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        strips: list[Strip] = []
        used = 0
        for place in (each for each in self.places if each.y <= y < each.y + each.height):
            if place.x > used:
                strips.append(drawing.blank(place.x - used))
            strips.append(self._drawn(place, y - place.y, drawing))
            used = place.x + place.width
        if used < width:
            strips.append(drawing.blank(width - used))
        if screen_direction() == "rtl":
            line = Strip.join(reversed(strips))
            return line.crop(max(line.cell_length - width, 0))
        return Strip.join(strips).crop(0, width)

    def _drawn(self, place: Place, line: int, drawing: PanelDrawing) -> Strip:
        key = (place.id, line)
        if key not in self._strips:
            self._strips[key] = self._draw(place, line, drawing)
        return self._strips[key]

    def _draw(self, place: Place, line: int, drawing: PanelDrawing) -> Strip:
        panel, focused = self.window(place.id).panel, self.has_focus and self.at == place.id
        if line == 0:
            return drawing.upper(
                self.words(self.arrangement.titles[place.id]), panel.end, place.width, focused=focused
            )
        if line == place.height - 1:
            return drawing.lower(panel.foot, place.width, focused=focused)
        seen = self.seen(place.id)
        shown = seen[line - 1] if line <= len(seen) else None
        entry = shown.entry if shown else -1
        lit = entry >= 0 and entry == self._lit(place.id)
        hovered = entry >= 0 and self._hovered == (place.id, entry)
        cells = shown.row.cells if shown else ()
        return drawing.inner(cells, place.width, focused=focused, lit=lit, hovered=hovered)

    def _lit(self, name: PanelId) -> int:
        """The entry of a panel that the cursor is on; -2: none."""
        return self.window(name).cursor if self.has_focus and self.at == name else -2

    def _redraw(self, place: Place, line: int, *, edges: bool = False) -> None:
        """Draw a line of a panel again; of one between its edges those only if they changed."""
        self._strips.pop((place.id, line), None)
        x, width, whole = place.x, place.width, edges or line in (0, place.height - 1)
        if screen_direction() == "rtl":
            x = self.scrollable_content_region.width - x - width
        x, width = (x, width) if whole else (x + 1, width - 2)
        self.refresh(Region(x, place.y + line - int(self.scroll_offset.y), width, 1))

    def _redraw_entry(self, name: PanelId, entry: int) -> None:
        place = self.place_of(name)
        for line, shown in enumerate(self.seen(name), 1):
            if shown.entry == entry:
                self._redraw(place, line)

    def _redraw_panel(self, name: PanelId) -> None:
        place = self.place_of(name)
        for line in range(place.height):
            self._redraw(place, line, edges=True)

    def notify_style_update(self) -> None:
        """Draw everything in the tones of another theme."""
        self._strips.clear()
        super().notify_style_update()

    def _extend(self, name: PanelId) -> None:
        """Make more entries of a long list before its end is seen."""
        window = self.window(name)
        if window.needs_more:
            self._reach[name] = self._reach.get(name, FIRST_REACH) * 2
            self._fill(self.place_of(name))
            self._redraw_panel(name)
        self._seen[name] = window.lines()

    # the mouse

    def under(self, x: int, y: int) -> tuple[Place, Shown | None] | None:
        """The panel at a place of the page, and its line there."""
        for place in self.places:
            if place.contains(x, y):
                line, seen = y - place.y - 1, self.seen(place.id)
                return place, seen[line] if 0 <= line < len(seen) else None
        return None

    def is_on_end(self, place: Place, at: Offset) -> bool:
        """True for a place of the page on what stands at the end of a panel's upper edge."""
        words = columns_of(self.window(place.id).panel.end)
        end = place.x + place.width - len("─╮ ")
        return at.y == place.y and end - words <= at.x < end

    def _follow_pointer(self) -> None:
        """Light the line that is under the mouse now, without drawing it."""
        found = self.under(*self._pointer) if self._pointer else None
        entry = found[1].entry if found and found[1] else -1
        self._hovered = (found[0].id, entry) if found and entry >= 0 else None

    def point_at(self, pointer: Offset | None) -> None:
        """Light the line at a place of the page; None: none."""
        before, self._pointer = self._hovered, pointer
        self._follow_pointer()
        if before != self._hovered:
            for each in filter(None, (before, self._hovered)):
                self._redraw_entry(*each)
