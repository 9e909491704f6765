"""The cells of a table, edited in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.geometry import Region

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.structure import Remove
from lfroadmap.text import one_line
from lfroadmap.ui.commands import COMMANDS
from lfroadmap.ui.widgets.cell_columns import columns_around
from lfroadmap.ui.widgets.cell_grid import CellGrid
from lfroadmap.ui.widgets.cell_rows import N
from lfroadmap.ui.widgets.editable_list import LineEdit
from lfroadmap.ui.widgets.inline_editor import Exit
from lfroadmap.ui.widgets.removal import report_removed

OF_LISTS = frozenset(command.id for command in COMMANDS if command.place == "list")
"""The commands of every list: the letters of a keymap for them are text in a table of cells."""
WRITING = 26
"""Columns that the editor of a text has at least."""


class CellEditing(CellGrid[N]):
    """A cell is edited by Enter, by typing on it, or by a double click."""

    takes_text: ClassVar[bool] = True

    # the cells, defined by each kind of table

    def text(self, node: N, column: str) -> str:
        """The words of a cell."""
        raise NotImplementedError

    def empty_row(self, node_id: str) -> N:
        """A row in which nothing is written."""
        raise NotImplementedError

    def set_cell(self, node_id: str, column: str, text: str | None) -> Edit:
        """The edit that fills a cell; None restores a template's text."""
        raise NotImplementedError

    def is_turned(self, column: str) -> bool:
        """True for a column whose cells are not written: they go through a few values."""
        return False

    def completion(self, column: str) -> Callable[[str], str] | None:
        """Completes what is written in a column; None where nothing can."""
        return None

    def writing_room(self, column: str) -> int:
        """Columns that an editor of a column has at least."""
        return WRITING

    # editing

    @property
    def to_copy(self) -> str:
        """The text of the cell under the cursor."""
        return self.text(self.selected, self.column_name) if self.selected else ""

    def on_click(self, event: events.Click) -> None:
        """Edit by a double click."""
        if event.chain == 2:
            self.action_edit()

    def on_key(self, event: events.Key) -> None:
        """Begin to edit by typing, with what is typed in the place of the old text."""
        if self.ignores(event):  # it was not meant for the cell
            return
        typed = event.character if event.is_printable and not event.key.startswith(("alt+", "ctrl+")) else ""
        bound = self.screen.active_bindings.get(event.key)
        if bound and bound.node is self and bound.binding.id not in OF_LISTS:
            return  # a person's settings make the letter a key of the table; here those of lists are text
        if typed and not typed.isspace() and self._is_writable:
            event.stop()
            event.prevent_default()
            self._write(typed)

    def on_paste(self, event: events.Paste) -> None:
        """Begin to edit by a paste, which replaces the old text."""
        text = one_line(event.text).strip()
        if text and self._is_writable:
            event.stop()
            self._write(text)

    @property
    def _is_writable(self) -> bool:
        """True if the cell under the cursor takes a text, and none is being written."""
        return self.selected is not None and not self.is_writing and not self.is_turned(self.column_name)

    def _write(self, text: str) -> None:
        """Replace the text of the cell under the cursor, and go on behind it."""
        node, column = self.selected, self.column_name
        if node is None:
            return
        self.context.settle()
        self.edit_line(replace(self._edit_of(node, column), text=text, kind="line"))
        self.context.change(self.set_cell(node.id, column, text))

    def action_edit(self) -> None:
        """Edit the cell."""
        if (node := self.selected) is not None and not self.editor:
            self.context.settle()
            self.edit_line(self._edit_of(node, self.column_name))

    def _edit_of(self, node: N, column: str) -> LineEdit:
        return LineEdit(
            self.text(node, column),
            change=lambda text: self.set_cell(node.id, column, text),
            fill=lambda text: _with(node, self.fillable[0], text),
            restore=lambda: self._restored(node, column),
            done=self._done,
            kind="cell",
            complete=self.completion(column),
        )

    def action_clear(self) -> None:
        """Empty the cell."""
        node, column = self.selected, self.column_name
        if node is None or not (gone := self.text(node, column)):
            return
        if self.is_turned(column):
            gone = self.cells(node)[column]
        self.context.settle()
        self.context.change(self.set_cell(node.id, column, ""))
        self.context.settle()
        if self.selected and not self.text(self.selected, column):
            report_removed(self, gone, self.context.words)

    def editor_region(self) -> Region:
        """The cell in all its lines, and as many whole columns beside it as writing needs.

        The remarks below the row stay to be read.
        """
        cell = self.cell_region()
        start, end = columns_around(self.column_name, self.widths, self.writing_room(self.column_name))
        return Region(start, cell.y, end - start, self.cells_height(self.cursor, self.size.width))

    def _restored(self, before: N, column: str) -> Edit:
        """The edit that takes a cell back; a row in which nothing is left goes."""
        now = next((node for node in self.nodes if node.id == before.id), before)
        value = getattr(before, column)
        if _with(now, column, value) == self.empty_row(before.id):
            return Remove(before.id)
        return self.set_cell(before.id, column, value)

    def _done(self, way: Exit, kept: bool) -> None:
        """Go on with the next cell, or the one before."""
        if kept and way in ("tab", "back") and self._step(1 if way == "tab" else -1):
            self.action_edit()

    def _step(self, cells: int) -> bool:
        """Go to the next cell, or the one before, over the rows' ends; False at the table's end."""
        drawn = self.drawn
        at = (self.cursor - 1) * len(drawn) + drawn.index(self.column) + cells
        if self.is_turned(self.fillable[drawn[at % len(drawn)]]):
            at += cells
        if not 0 <= at < len(self.nodes) * len(drawn):
            return False
        self.column = drawn[at % len(drawn)]
        self.move_to(at // len(drawn) + 1)
        self.refresh_row(self.cursor)
        return True


def _with(node: N, column: str, value: str | None) -> N:
    changes: dict[str, Any] = {column: value}
    return replace(node, **changes)
