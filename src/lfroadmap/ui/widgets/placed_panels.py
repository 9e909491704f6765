"""Panels in columns: their places in a window of a size, and the lines that each shows."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from lfroadmap.ui.dashboard.board import Board
from lfroadmap.ui.dashboard.layout import EDGES, INSIDE, OVERVIEW, PANELS, Arrangement, Place, places
from lfroadmap.ui.dashboard.panel import Panel, PanelId
from lfroadmap.ui.dashboard.window import Shown, Window
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.words import Words

FIRST_REACH = 30
"""Entries of a long list that are made before somebody scrolls there."""


class PlacedPanels(LetterGuard, ScrollView):
    """The panels of a board; the lines of one are made when they are asked for after a change."""

    def __init__(self, words: Words, arrangement: Arrangement = OVERVIEW) -> None:
        super().__init__()
        self.words = words
        self.arrangement = arrangement
        self.board: Board | None = None
        self.places: tuple[Place, ...] = ()
        self.windows: dict[PanelId, Window] = {name: Window(words) for name in PANELS}
        self.at: PanelId = "plan"
        self._reach: dict[PanelId, int] = {}
        self._page = Size(0, 0)
        """The size that the panels are placed in; 0 before the first layout."""
        self._shape: object = None
        """What the places of the panels depend on."""
        self._inputs: dict[Place, object] = {}
        self._stale: set[PanelId] = set()
        """Panels whose lines have to be made again before they are seen."""
        self._strips: dict[tuple[PanelId, int], Strip] = {}
        """The drawn lines of each panel, its edges included."""
        self._seen: dict[PanelId, list[Shown]] = {}

    def _is_seen(self, place: Place) -> bool:
        """True if a part of a panel is on the screen."""
        top = int(self.scroll_offset.y)
        return place.y < top + self.size.height and place.y + place.height > top

    def _place(self) -> None:
        """Place the panels and make their lines."""
        if self.board is None:
            return
        shape = (self._page, self.board.shape(self._page.height))
        if shape != self._shape:
            self._shape = shape
            self.places = places(self.arrangement.columns(*self._page), self._page.height, self._measure)
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
        height = max((place.y + place.height for place in self.places), default=0)
        bar = self.styles.scrollbar_size_vertical if height > self._page.height else 0
        # the layout of nothing else depends on it
        self.set_reactive(PlacedPanels.virtual_size, Size(self._page.width - bar, height))
        self.show_vertical_scrollbar = bool(bar)

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

    def place_of(self, name: PanelId) -> Place:
        """The place of a panel on the page."""
        return next(place for place in self.places if place.id == name)
