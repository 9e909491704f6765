"""The results of a search: two lines each, the matching letters marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.cutting import cut
from lfroadmap.bidi.segments import in_visual_order
from lfroadmap.bidi.textual.direction import screen_direction, screen_line
from lfroadmap.ui.search_index import Found
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.row_drawing import Cell, row
from lfroadmap.words import Words


class FoundList(LineList, can_focus=False):
    """Results under a field that has the focus; a sentence where there is none."""

    DEFAULT_CSS = """
    FoundList { width: 1fr; }
    """

    class Chosen(Message):
        """The result under the cursor was clicked."""

    def __init__(self, words: Words, empty: str) -> None:
        super().__init__()
        self.words = words
        self.empty = empty
        self.found: Sequence[Found] = ()

    @property
    def selected(self) -> Found | None:
        """The result under the cursor."""
        return self.found[self.cursor] if self.found else None

    def show(self, found: Sequence[Found]) -> None:
        """Show these results, the first of them under the cursor."""
        self.found = found
        self.cursor = 0
        self.remeasure()

    def action_page(self, pages: int) -> None:
        """Move the cursor by a screen of results."""
        self.move_to(self.cursor + pages * max((self.screen.size.height - 8) // 2, 1))

    def row_count(self) -> int:
        """A row for each result, or one with the sentence."""
        return len(self.found) or 1

    def row_height(self, index: int, width: int) -> int:
        """The name, and below it what it is."""
        return 2 if self.found else 1

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a result."""
        if not self.found:
            return [row([Cell(f" {self.empty}", 0, self.tone("muted"))], width, base)]
        found = self.found[index]
        lines = [self._name_line(found, width, base), self._about_line(found, width, base)]
        if index != self.cursor:
            return lines
        return [self.tones.on_cursor(line, mark=number == 0) for number, line in enumerate(lines)]

    def _name_line(self, found: Found, width: int, base: Style) -> Strip:
        """The name with its matching letters marked, and the key of a command at the line's end."""
        keys = Cell(
            f"  {found.target.keys} ", cell_len(found.target.keys) + 3, self.tone("accent", bold=True), "end"
        )
        room = width - keys.width - 1
        name = _marked(found, max(room, 1), base, base + self.tone("accent", bold=True))
        end = row([keys], keys.width, base)
        start = Strip([Segment(" ", base)], 1)
        parts = [start, name, end] if screen_direction() == "ltr" else [end, name, start]
        return Strip.join(parts)

    def _about_line(self, found: Found, width: int, base: Style) -> Strip:
        kind = self.words(f"search.{found.target.kind}")
        about = f"   {kind} · {found.target.place}" if found.target.place else f"   {kind}"
        return row([Cell(about, 0, self.tone("muted"))], width, base)

    def on_click(self, event: events.Click) -> None:
        """Choose by a click."""
        if self.found:
            self.post_message(self.Chosen())


def _marked(found: Found, width: int, base: Style, mark: Style) -> Strip:
    """The name in visual order, in exactly `width` columns, its matching letters in the style `mark`."""
    name, marked = cut(found.name, width, cell_len), set(found.offsets)
    runs = groupby(range(len(name)), marked.__contains__)
    pieces = [
        Segment("".join(name[at] for at in places), mark if is_marked else base) for is_marked, places in runs
    ]
    drawn = Strip(in_visual_order(pieces, screen_line(name)))
    pad = Strip([Segment(" " * max(width - drawn.cell_length, 0), base)])
    return Strip.join([drawn, pad] if screen_direction() == "ltr" else [pad, drawn])
