"""The filters of a search on one line: what each is set to, chosen with the arrows or by a click."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.textual.direction import screen_direction
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.widgets.chrome import OneLine
from lfroadmap.ui.widgets.row_drawing import Cell, cut, onward, reading_x, row

ON, OFF = "●", "○"
"""The signs of a filter that is on, and of one that is off: they differ without color too."""
_BESIDE = 4
"""Columns of a chip beside its text: a blank, its sign and a blank before, a blank behind."""


class Chip(NamedTuple):
    """A filter: its name, and what it is set to if it names something."""

    id: str
    name: str
    value: str = ""
    is_on: bool = False


class FilterChips(OneLine, can_focus=True):
    """The chips, one of them under the cursor while the line has the focus."""

    DEFAULT_CSS = """
    FilterChips { margin: 0 1 1 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings("filters")
    hints: ClassVar[Place] = "filters"

    class Chosen(Message):
        """A chip was chosen."""

        def __init__(self, chip: str, *, by_mouse: bool = False) -> None:
            super().__init__()
            self.chip, self.by_mouse = chip, by_mouse

    def __init__(self) -> None:
        super().__init__(id="chips")
        self.chips: tuple[Chip, ...] = ()
        self.cursor = 0

    def show(self, chips: Sequence[Chip]) -> None:
        """Show these chips."""
        if tuple(chips) != self.chips:
            self.chips = tuple(chips)
            self.refresh()

    def _placed(self, width: int) -> list[tuple[Chip, str]]:
        """The chips with their texts, the values cut so that all have room."""
        fixed = sum(cell_len(chip.name) + _BESIDE + 2 * bool(chip.value) for chip in self.chips)
        named = sum(bool(chip.value) for chip in self.chips)
        room = max((width - fixed) // max(named, 1), 2)
        return [
            (chip, f"{chip.name}: {cut(chip.value, room)}" if chip.value else chip.name)
            for chip in self.chips
        ]

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, base = self.size.width, self.rich_style
        strips = []
        for index, (chip, text) in enumerate(self._placed(width)):
            style = self.tone("accent", bold=True) if chip.is_on else self.tone("muted")
            columns = cell_len(text) + _BESIDE
            drawn = row([Cell(f" {ON if chip.is_on else OFF} {text}", columns, style)], columns, base)
            is_here = index == self.cursor and self.has_focus
            strips.append(self.tones.on_cursor(drawn, mark=True) if is_here else drawn)
        rest = max(width - sum(strip.cell_length for strip in strips), 0)
        line = [*strips, Strip.blank(rest, base)]
        return Strip.join(line if screen_direction() == "ltr" else line[::-1]).adjust_cell_length(width, base)

    def action_across(self, chips: int) -> None:
        """Move the cursor by chips to the right."""
        self.cursor = max(0, min(self.cursor + onward(chips), len(self.chips) - 1))
        self.refresh()

    def action_choose(self) -> None:
        """Choose the chip under the cursor."""
        if self.chips:
            self.post_message(self.Chosen(self.chips[self.cursor].id))

    def on_click(self, event: events.Click) -> None:
        """Choose the chip under the mouse."""
        at, mouse = 0, reading_x(event.x, self.size.width)
        for index, (chip, text) in enumerate(self._placed(self.size.width)):
            at += cell_len(text) + _BESIDE
            if mouse < at:
                self.cursor = index
                self.post_message(self.Chosen(chip.id, by_mouse=True))
                return

    def on_focus(self) -> None:
        """Show the cursor."""
        self.refresh()

    def on_blur(self) -> None:
        """Hide the cursor."""
        self.refresh()
