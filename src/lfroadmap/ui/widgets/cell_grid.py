"""A table of cells with a cursor on one of them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.geometry import Region

from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.cell_columns import Widths, column_starts
from lfroadmap.ui.widgets.cell_rows import CellRows, N
from lfroadmap.ui.widgets.row_drawing import onward, reading_x

UNMEASURED = 1000
"""Columns that a table has before its first layout: all are drawn."""


class CellGrid(CellRows[N]):
    """The cursor goes by rows and by the columns that can be filled in."""

    fillable: Sequence[str] = ()
    """The columns that a person fills, in reading order."""

    def __init__(self, nodes: tuple[N, ...], context: Context) -> None:
        super().__init__(nodes, context)
        self._column = 0

    @property
    def drawn(self) -> list[int]:
        """The numbers of the columns that can be filled in and are drawn."""
        widths = self.widths
        return [n for n, name in enumerate(self.fillable) if name in widths]

    @property
    def widths(self) -> Widths:
        """The columns that are drawn; before the first layout all of them."""
        return self.widths_at(self.size.width or UNMEASURED)

    @property
    def column(self) -> int:
        """The number of the cursor's column; of the one before where there is no room to draw it."""
        return max(n for n in self.drawn if n <= self._column)

    @column.setter
    def column(self, column: int) -> None:
        self._column = column

    @property
    def column_name(self) -> str:
        """The column under the cursor."""
        return self.fillable[self.column]

    def _drawn_style(self, index: int, column: str) -> Style:
        if index and index == self.cursor and self.column_name == column and self.has_focus:
            return self.tones.block()
        return super()._drawn_style(index, column)

    def move_to(self, index: int) -> None:
        """Keep the cursor off the headings, but show them with the first row."""
        super().move_to(max(index, 1))

    def action_across(self, columns: int) -> None:
        """Move the cursor along the row, to the right or the left of the screen."""
        drawn = self.drawn
        self.column = drawn[max(0, min(drawn.index(self.column) + onward(columns), len(drawn) - 1))]
        self.refresh_row(self.cursor)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the cell under the mouse."""
        event.prevent_default()
        super().on_mouse_down(event)
        mouse = reading_x(event.x, self.size.width)
        starts = column_starts(self.widths)
        self.column = max(n for n in self.drawn if starts[self.fillable[n]] <= max(mouse, 0))
        self.refresh_row(self.cursor)

    def cell_region(self) -> Region:
        """Where the cell under the cursor is."""
        widths, name = self.widths, self.column_name
        area = self.row_region(self.cursor)
        return Region(column_starts(widths)[name], area.y, widths[name], area.height)
