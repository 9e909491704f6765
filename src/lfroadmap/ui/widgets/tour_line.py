"""The lines of the tour above the keys: what is to be done, and how to go on or to leave."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.strip import Strip

from lfroadmap.ui.tour import STEPS, Tour
from lfroadmap.ui.widgets.row_drawing import Cell, reading_x, row
from lfroadmap.ui.widgets.tones import Toned
from lfroadmap.words import Words

_CLOSE = " ✕ "


class TourLine(Toned):
    """One step of the tour."""

    DEFAULT_CSS = """
    TourLine { height: 2; background: $lf-raised; }
    """

    def __init__(self, tour: Tour, words: Words) -> None:
        super().__init__()
        self.tour = tour
        self.words = words

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line for the step, one for the keys."""
        return 2

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, words = self.size.width, self.words
        if y:
            hint = f" {words('tour.keys')}"
            return row([Cell(hint, 0, self.tone("muted"))], width, self.rich_style)
        number = f" {words('tour.number', number=self.tour.number, total=len(STEPS))} "
        step = self.tour.step
        cells = [
            Cell(number, cell_len(number), self.tone("accent", bold=True)),
            Cell(f" {words(f'tour.{step}')}" if step else "", 0, Style()),
            Cell(_CLOSE, cell_len(_CLOSE), self.tone("muted")),
        ]
        return row(cells, width, self.rich_style)

    async def on_click(self, event: events.Click) -> None:
        """Leave by a click on the sign at the end, go on by any other."""
        closes = not event.y and reading_x(event.x, self.size.width) >= self.size.width - cell_len(_CLOSE)
        await self.app.run_action("screen.tour()" if closes else "screen.tour_next()")
