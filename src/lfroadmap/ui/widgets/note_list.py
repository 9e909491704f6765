"""A list of notes: who wrote each and when, and all of its lines."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from lfroadmap.report.note_lines import describe_time
from lfroadmap.roadmap.model import Note
from lfroadmap.text import clean, one_line
from lfroadmap.ui.widgets.entry_list import EntryList
from lfroadmap.ui.widgets.link_marks import pieces_in, underline
from lfroadmap.ui.widgets.row_drawing import Cell, DrawnRow, row, wrap
from lfroadmap.ui.widgets.task_details import BETWEEN
from lfroadmap.ui.widgets.tones import Tones
from lfroadmap.words import Words

INDENT = 3


class ShownNote(NamedTuple):
    """A note, and what is said about where it stands."""

    note: Note
    about: str = ""


class NoteList(EntryList[ShownNote]):
    """Each note takes a line for its origin and as many as its text needs."""

    def __init__(self, words: Words) -> None:
        super().__init__(self._head, words("notes.empty"))
        self._words = words

    def _head(self, entry: ShownNote, width: int, tone: Tones) -> list[Cell]:
        """Who wrote it, when, and about which task."""
        muted, who = tone("muted"), one_line(entry.note.author)
        when = describe_time(entry.note, self._words) or self._words("report.note_undated")
        # each by itself: together they would be ordered as one text in the direction of a name
        texts = [f" {when}", *([BETWEEN, who] if who else []), "  "]
        cells = [Cell(text, cell_len(text), muted) for text in texts]
        return [*cells, Cell(entry.about, 0, muted)]

    def row_height(self, index: int, width: int) -> int:
        """The line of the origin and those of the text."""
        return 1 + len(_lines(self.entries[index].note, width)) if self.entries else 1

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a note."""
        strips = super().draw_row(index, width, base)
        if not self.entries:
            return strips
        before = Cell("", INDENT, Style())
        room = max(width - INDENT - 1, 1)
        for line in _lines(self.entries[index].note, width):
            shown = Cell(line.text, room, self.tone("text"), line=line)
            strip = row([before, shown, Cell("", 1, Style())], width, base)
            strips.append(underline(strip, pieces_in(line)))
        return strips


def _lines(note: Note, width: int) -> list[DrawnRow]:
    room = max(width - INDENT - 1, 1)
    return [line for part in clean(note.text or "").split("\n") for line in wrap(part, room)]
