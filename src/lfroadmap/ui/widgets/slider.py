"""A line with a knob: a place in time."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from lfroadmap.ui.widgets.chrome import OneLine
from lfroadmap.ui.widgets.letter_guard import LetterGuard
from lfroadmap.ui.widgets.row_drawing import BAR_EMPTY, BAR_FULL, Cell, reading_x, row

KNOB = "●"


class Slider(OneLine, LetterGuard, can_focus=True):
    """Stands at one of `count` stops, 0 the first; says where it was put by the mouse."""

    DEFAULT_CSS = """
    Slider { margin: 0 1 1 1; }
    """

    class Put(Message):
        """The knob was put at a stop."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, count: int, first: str, last: str) -> None:
        super().__init__()
        self.count = count
        self.ends = first, last
        self.at = count - 1

    def show(self, at: int) -> None:
        """Stand at a stop."""
        self.at = at
        self.refresh()

    @property
    def _length(self) -> int:
        return max(self.size.width - sum(cell_len(end) + 1 for end in self.ends), 3)

    def render_line(self, y: int) -> Strip:
        """Draw the ends, the line and the knob."""
        length = self._length
        at = round(self.at * (length - 1) / max(self.count - 1, 1))
        first, last = self.ends
        knob = self.tones.block() if self.has_focus else self.tone("accent", bold=True)
        cells = [
            Cell(first + " ", cell_len(first) + 1, self.tone("muted")),
            Cell(BAR_FULL * at, at, self.tone("accent", bold=True)),
            Cell(KNOB, 1, knob),
            Cell(BAR_EMPTY * (length - at - 1), length - at - 1, self.tone("border")),
            Cell(" " + last, cell_len(last) + 1, self.tone("muted")),
        ]
        return row([cell for cell in cells if cell.width], self.size.width, self.rich_style + Style())

    def on_click(self, event: events.Click) -> None:
        """Put the knob under the mouse."""
        x = reading_x(event.x, self.size.width) - cell_len(self.ends[0]) - 1
        share = min(max(x / max(self._length - 1, 1), 0), 1)
        self.post_message(self.Put(round(share * (self.count - 1))))

    def on_focus(self) -> None:
        """Show that the keys move it."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that they do not."""
        self.refresh()
