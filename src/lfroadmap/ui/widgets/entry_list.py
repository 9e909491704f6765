"""A list of things of one kind, one line each, that asks for more as its end comes near."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from rich.style import Style
from textual import events
from textual.containers import VerticalScroll
from textual.message import Message
from textual.strip import Strip

from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.row_drawing import Cell, row
from lfroadmap.ui.widgets.tones import Tones

T = TypeVar("T")
Draw = Callable[[T, int, Tones], list[Cell]]
"""Makes the cells of a line: of what, in how many columns, in what tones."""

AHEAD = 60
"""Lines that are loaded before they are seen."""


class EntryList(LineList, Generic[T]):
    """The entries; where there is none, a hint in words."""

    class Entered(Message):
        """Somebody chose the line under the cursor."""

    class NearEnd(Message):
        """The last line will soon be seen."""

    def __init__(self, draw: Draw[T], hint: str) -> None:
        super().__init__()
        self._draw = draw
        self.hint = hint
        self.entries: list[T] = []
        self._asked_at = -1

    @property
    def selected(self) -> T | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.entries else None

    def show(self, entries: Iterable[T]) -> None:
        """Show these entries and nothing else."""
        self.entries = list(entries)
        self._asked_at = -1
        self.remeasure()

    def add(self, entries: Iterable[T]) -> None:
        """Show more behind those that are there."""
        self.entries += entries
        self.remeasure()

    def row_count(self) -> int:
        """One row an entry; one with a hint where there is none."""
        return len(self.entries) or 1

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw an entry."""
        if not self.entries:
            return [row([Cell(" " + self.hint, 0, self.tone("muted"))], width, base)]
        if index >= len(self.entries) - AHEAD and self._asked_at != len(self.entries):
            self._asked_at = len(self.entries)
            self.post_message(self.NearEnd())
        return [row(self._draw(self.entries[index], width, self.tones), width, base)]

    def on_click(self, event: events.Click) -> None:
        """Choose by a double click."""
        if event.chain == 2 and self.entries:
            self.post_message(self.Entered())


class EntryScroll(VerticalScroll, can_focus=False):
    """The scrolling container of a list of entries."""

    DEFAULT_CSS = """
    EntryScroll { height: 1fr; scrollbar-size-vertical: 1; padding: 0 1; }
    """
