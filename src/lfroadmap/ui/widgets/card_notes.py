"""The newest notes of a card and its tasks, below its checklist."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from lfroadmap.report.formatting import format_short_day
from lfroadmap.report.note_lines import card_notes
from lfroadmap.roadmap.model import Card, Note, Task
from lfroadmap.roadmap.notes import written
from lfroadmap.text import one_line
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.line_rows import LineRows
from lfroadmap.ui.widgets.row_drawing import Cell, row
from lfroadmap.ui.widgets.task_details import NOTES_SIGN

SHOWN = 2
"""Notes that are shown; of more, how many there are."""


class CardNotes(LineRows):
    """A line for each of the newest notes; a click opens all of them."""

    DEFAULT_CSS = """
    CardNotes { height: auto; margin: 1 0 0 0; pointer: pointer; }
    """

    class Opened(Message):
        """All notes of the card are to be shown."""

    def __init__(self, card: Card, context: Context) -> None:
        super().__init__()
        self.context = context
        self.card = card
        self.notes = card_notes(card)
        self.display = bool(self.notes)

    def show(self, card: Card) -> None:
        """Show the notes of the card as it is now."""
        self.card = card
        notes = card_notes(card)
        if notes != self.notes:
            self.notes = notes
            self.display = bool(notes)
            self.remeasure()

    def row_count(self) -> int:
        """A line each, and one for the number of the others."""
        return min(len(self.notes), SHOWN) + (len(self.notes) > SHOWN)

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, base = self.size.width, self.rich_style
        return self.draw_row(y, width, base)[0] if y < self.row_count() else Strip.blank(width, base)

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a note: its day, its author, its text."""
        muted = self.tone("muted")
        if index == SHOWN:
            more = self.context.words.plural("notes.more", len(self.notes) - SHOWN)
            return [row([Cell(f"   {more}", 0, muted)], width, base)]
        note, task = self.notes[index]
        head = f" {NOTES_SIGN} {self._head(note)}  "
        text = one_line(note.text or "")
        return [
            row([Cell(head, min(cell_len(head), width // 2), muted), *self._rest(text, task)], width, base)
        ]

    def _rest(self, text: str, task: Task | None) -> list[Cell]:
        cells = [Cell(text, 0, self.tone("text"))]
        if task is None:
            return cells
        about = f"  {one_line(self.context.labels.of(task))}"
        return [*cells, Cell(about, min(cell_len(about), max(self.size.width // 4, 1)), self.tone("muted"))]

    def _head(self, note: Note) -> str:
        """The day of a note, written short, and its author."""
        day, _ = written(note)
        shown = format_short_day(day, self.context.today(), self.context.words) if day else ""
        return " · ".join(part for part in (shown, one_line(note.author)) if part)

    def on_click(self, event: events.Click) -> None:
        """Open all notes."""
        event.stop()
        self.post_message(self.Opened())
