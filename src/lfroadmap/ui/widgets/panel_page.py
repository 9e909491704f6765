"""A page of panels as one widget, drawn line by line."""

from __future__ import annotations

from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.layout import EDGES, INSIDE, OVERVIEW, PANELS, Arrangement, Place, places
from lfroadmap.ui.dashboard.panel import Panel, PanelId
from lfroadmap.ui.dashboard.window import Shown, Window
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.ui.widgets.panel_drawing import PanelDrawing
from lfroadmap.words import Words

FIRST_REACH = 30
"""Entries of a long list that are made before somebody scrolls there."""


class PanelPage(LetterGuard, ScrollView):
    """Panels in columns.

    The lines of a panel are kept until the data or the size changes, and then only those that differ are
    drawn again.
    """

    DEFAULT_CSS = """
    PanelPage { height: 1fr; overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """

    def __init__(self, words: Words, arrangement: Arrangement = OVERVIEW) -> None:
        super().__init__()
        self.words = words
        self.arrangement = arrangement
        self.board: Board | None = None
        self.places: tuple[Place, ...] = ()
        self.windows: dict[PanelId, Window] = {name: Window(words) for name in PANELS}
        self.at: PanelId = "plan"
        self._reach: dict[PanelId, int] = {}
        self._hovered: tuple[PanelId, int] | None = None
        self._page = Size(0, 0)
        self._shape: object = None
        """What the places of the panels depend on."""
        self._inputs: dict[Place, object] = {}
        self._stale: set[PanelId] = set()
        """Panels whose lines have to be made again before they are seen."""
        self._strips: dict[tuple[PanelId, int], Strip] = {}
        """The drawn lines of each panel, its edges included."""
        self._seen: dict[PanelId, list[Shown]] = {}

    # the data

    def show(self, board: Board) -> None:
        """Show a board; of the panels on the screen only the lines that differ are drawn again."""
        before = self.places
        drawn = (place for place in before if self._is_seen(place) and place.id not in self._stale)
        old = {place: self._face(place) for place in drawn}  # the others were never seen
        self.board = board
        if not (before or self.size.width):
            return
        self._place()
        if self.places != before:
            self._redraw_page()
            return
        for place in filter(self._is_seen, self.places):
            new, face = self._face(place), old.get(place)
            for line in (at for at in range(place.height) if face is None or face[at] != new[at]):
                self._redraw(place, line, edges=face is None)

    def _is_seen(self, place: Place) -> bool:
        """True if a part of a panel is on the screen."""
        top = int(self.scroll_offset.y)
        return place.y < top + self.size.height and place.y + place.height > top

    def _face(self, place: Place) -> list[object]:
        """Everything that is drawn of a panel, line by line."""
        seen, panel, lit = self.seen(place.id), self.windows[place.id].panel, self._lit(place.id)
        inner: list[object] = [(shown.row.cells, shown.entry == lit) for shown in seen]
        inner += [None] * (place.height - EDGES - len(inner))
        return [panel.end, *inner, panel.foot]

    def _place(self) -> None:
        """Place the panels and make their lines."""
        if self.board is None:
            return
        if self.outer_size.width:  # it has none while another tab is open
            self._page = self.outer_size
        shape = (self._page, self.board.shape(self._page.height))
        if shape != self._shape:
            self._shape = shape
            self.places = places(self.arrangement.columns(*self._page), self._page.height, self._measure)
            self._hovered = None
            if self.places and self.at not in {place.id for place in self.places}:
                self.at = self.places[0].id
        inputs = {place: self.board.inputs(place.id) for place in self.places}
        changed = [
            place
            for place in self.places
            if inputs[place] is None or inputs[place] != self._inputs.get(place)
        ]
        gone = {place.id for place in changed if not self._is_seen(place)}
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] not in gone}
        self._inputs = inputs
        self._stale |= {place.id for place in changed}
        page = max((place.y + place.height for place in self.places), default=0)
        self.virtual_size = Size(self.scrollable_content_region.width, page)

    def _measure(self, name: PanelId, width: int, height: int) -> Panel:
        assert self.board is not None
        return PANELS[name](self.board, width, height, self._reach.get(name, FIRST_REACH))

    def window(self, name: PanelId) -> Window:
        """The window of a panel with its lines as they are now."""
        if name in self._stale:
            self._stale.discard(name)
            self._fill(self.place_of(name))
        return self.windows[name]

    def seen(self, name: PanelId) -> list[Shown]:
        """The lines of a panel that its window shows."""
        self.window(name)
        return self._seen.get(name, [])

    def _fill(self, place: Place) -> None:
        window, lines = self.windows[place.id], place.height - EDGES
        window.show(self._measure(place.id, place.width - INSIDE, lines), lines)
        self._seen[place.id] = window.lines()

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Place the panels in another size; Textual posts no resize where a place was asked for meanwhile."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if changed:
            self._strips.clear()
            self.call_later(self._place_again)
        return changed

    def _place_again(self) -> None:
        """Place the panels in another size, in which the page may have been drawn already."""
        before = self.places
        self._place()
        if self.places != before:
            self._redraw_page()

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

    def place_of(self, name: PanelId) -> Place:
        """The place of a panel on the page."""
        return next(place for place in self.places if place.id == name)

    def _extend(self, name: PanelId) -> None:
        """Make more entries of a long list before its end is seen."""
        window = self.window(name)
        if window.needs_more:
            self._reach[name] = self._reach.get(name, FIRST_REACH) * 2
            self._fill(self.place_of(name))
            self._redraw_panel(name)
        self._seen[name] = window.lines()
