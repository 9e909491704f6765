"""The KPI table: a grid of cells that are edited in place."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, cast

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.message import Message

from lfroadmap.roadmap.edits import Edit, SetKpi
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.roadmap.structure import LAST, Add, Remove
from lfroadmap.roadmap.tree import insert
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import KPIS, Context
from lfroadmap.ui.widgets.completion import complete_owner, completes
from lfroadmap.ui.widgets.editable_list import LineEdit
from lfroadmap.ui.widgets.inline_editor import Exit
from lfroadmap.ui.widgets.kpi_columns import columns_around
from lfroadmap.ui.widgets.kpi_figures import KpiFigures
from lfroadmap.ui.widgets.kpi_grid import ARROWS, KpiGrid
from lfroadmap.ui.widgets.removal import report_removed

WRITING = 26
"""Columns that an editor has at least."""


class KpiTable(KpiGrid):
    """The grid with what a person can do to it."""

    class Moved(Message):
        """Another row is under the cursor, or the row changed."""

    hints: ClassVar[Place] = "kpi"
    takes_text: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("kpi")

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        super().__init__(kpis, context)
        self._written = kpis
        """The roadmap's rows, without the draft."""

    def show(self, kpis: tuple[Kpi, ...]) -> None:
        """Show the rows as they are now; an editor goes on where its cell went."""
        self._written = kpis
        self.show_rows()

    def show_rows(self) -> None:
        """Show the roadmap's KPIs and the draft."""
        draft, written = self.draft, self._written
        super().show(cast("tuple[Kpi, ...]", insert(written, draft.node, draft.after)) if draft else written)
        self.place_editor()
        self.post_message(self.Moved())

    def put_cursor(self, index: int) -> None:
        """Put the cursor on a row, and say so."""
        super().put_cursor(index)
        self.post_message(self.Moved())

    @property
    def place_id(self) -> str:
        """The id to come back to: the KPI under the cursor, or the one above a row without a letter."""
        fresh = self.draft.node.id if self.draft else ""
        above = [kpi.id for kpi in self.kpis[: self.cursor] if kpi.id != fresh]
        return above[-1] if above else ""

    @property
    def to_copy(self) -> str:
        """The text of the cell under the cursor."""
        return self.text(self.selected, KPI_COLUMNS[self.column]) if self.selected else ""

    def on_click(self, event: events.Click) -> None:
        """Edit by a double click."""
        if event.chain == 2:
            self.action_edit()

    # rows

    def action_add(self) -> None:
        """Add a row below the cursor and begin with its measure."""
        if self.is_writing:
            return
        here = self.selected
        fresh = _empty(self.context.new_id())
        self.context.settle()
        self.draft = Add(fresh, self.context.roadmap_id, here.id if here else LAST)
        self.column = 0
        self.show_rows()
        self.move_to(self.kpis.index(fresh) + 1)
        self.action_edit()

    def action_remove(self) -> None:
        """Take the row out; undo brings it back."""
        if kpi := self.selected:
            self.context.change(Remove(kpi.id))
            if kpi not in self.kpis:
                report_removed(self, self.text(kpi, "measure"), self.context.words)

    def action_shift(self, rows: int) -> None:
        """Move the row up or down."""
        if move := self.shift_by(self.cursor - 1, rows, self.kpis, self.context.roadmap_id):
            to = self.cursor + rows
            self.context.change(move)
            self.move_to(to)

    # cells

    def on_key(self, event: events.Key) -> None:
        """Begin to edit by typing, with what is typed in the place of the old text."""
        if self.ignores(event):  # it was not meant for the cell
            return
        typed = event.character if event.is_printable and not event.key.startswith(("alt+", "ctrl+")) else ""
        bound = self.screen.active_bindings.get(event.key)
        if bound and bound.node is self:  # a person's settings make the letter a key of the table
            return
        if typed and not typed.isspace() and _is_writable(self):
            event.stop()
            event.prevent_default()
            self._write(typed)

    def on_paste(self, event: events.Paste) -> None:
        """Begin to edit by a paste, which replaces the old text."""
        text = one_line(event.text).strip()
        if text and _is_writable(self):
            event.stop()
            self._write(text)

    def _write(self, text: str) -> None:
        """Replace the text of the cell under the cursor, and go on behind it."""
        kpi, column = self.selected, KPI_COLUMNS[self.column]
        if kpi is None:
            return
        self.context.settle()
        self.edit_line(replace(self._edit_of(kpi, column), text=text, kind="line"))
        self.context.change(SetKpi(kpi.id, column, text))

    def action_edit(self) -> None:
        """Edit the cell; the direction goes through its three values instead."""
        kpi, column = self.selected, KPI_COLUMNS[self.column]
        if kpi is None or self.editor:
            return
        self.context.settle()
        if column == "better":
            turns: dict[str, str] = {"": "up", "up": "down", "down": ""}
            self.context.change(SetKpi(kpi.id, column, turns[kpi.better]))
        else:
            self.edit_line(self._edit_of(kpi, column))

    def _edit_of(self, kpi: Kpi, column: str) -> LineEdit:
        return LineEdit(
            self.text(kpi, column),
            change=lambda text: SetKpi(kpi.id, column, text),
            fill=lambda text: replace(kpi, measure=text),
            restore=lambda: self._restored(kpi, column),
            done=self._done,
            kind="cell",
            complete=completes(complete_owner, self.context.owners()) if column == "owner" else None,
        )

    def action_clear(self) -> None:
        """Empty the cell."""
        kpi, column = self.selected, KPI_COLUMNS[self.column]
        if kpi is None or not (text := self.text(kpi, column)):
            return
        self.context.settle()
        self.context.change(SetKpi(kpi.id, column, ""))
        self.context.settle()
        if self.selected and not self.text(self.selected, column):
            report_removed(self, ARROWS.get(text, text) if column == "better" else text, self.context.words)

    def editor_region(self) -> Region:
        """The cell in all its lines, and as many whole columns beside it as writing needs."""
        cell = self.cell_region()
        start, end = columns_around(KPI_COLUMNS[self.column], self._room, WRITING)
        return Region(start, cell.y, end - start, cell.height)

    def _restored(self, before: Kpi, column: str) -> Edit:
        """The edit that takes a cell back; a row in which nothing is left goes."""
        now = next((kpi for kpi in self.kpis if kpi.id == before.id), before)
        if replace(now, **{column: getattr(before, column)}) == _empty(before.id):
            return Remove(before.id)
        return SetKpi(before.id, column, getattr(before, column))

    def _done(self, way: Exit, kept: bool) -> None:
        """Go on with the next cell, or the one before."""
        if kept and way in ("tab", "back") and self._step(1 if way == "tab" else -1):
            self.action_edit()

    def _step(self, cells: int) -> bool:
        """Go to the next cell, or the one before, over the rows' ends; False at the table's end."""
        drawn = self.drawn
        at = (self.cursor - 1) * len(drawn) + drawn.index(self.column) + cells
        if KPI_COLUMNS[drawn[at % len(drawn)]] == "better":  # it is turned, not written
            at += cells
        if not 0 <= at < len(self.kpis) * len(drawn):
            return False
        self.column = drawn[at % len(drawn)]
        self.move_to(at // len(drawn) + 1)
        self.refresh_row(self.cursor)
        return True


def _empty(kpi_id: str) -> Kpi:
    """A row in which nothing is written."""
    return Kpi(kpi_id, "", "", "", "")


def _is_writable(table: KpiTable) -> bool:
    """True if the cell under the cursor takes a text, and none is being written."""
    return table.selected is not None and not table.is_writing and KPI_COLUMNS[table.column] != "better"


class KpiPane(VerticalScroll, can_focus=False):
    """The KPIs' tab."""

    DEFAULT_CSS = """
    KpiPane { height: 1fr; scrollbar-size-vertical: 1; padding: 0 1; }
    """

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        self.figures = KpiFigures(context)
        self.table = KpiTable(kpis, context)
        self._read_of = kpis
        super().__init__(self.table, self.figures)
        self.figures.show(self.table.selected)
        self.tab = KPIS

    def on_kpi_table_moved(self, message: KpiTable.Moved) -> None:
        """Show the figures of the row under the cursor."""
        self.figures.show(self.table.selected)
        self._fit()

    def on_kpi_figures_read(self, message: KpiFigures.Read) -> None:
        """Draw the values over time in the table too."""
        self.table.values = message.values
        self.table.refresh()

    def on_resize(self) -> None:
        """Give the figures the lines that the table leaves."""
        self._fit()

    def _fit(self) -> None:
        width = self.table.size.width
        if width:
            self.figures.fit(
                self.outer_size.height - 1 - self.table.get_content_height(self.size, self.size, width)
            )

    def saved(self) -> None:
        """Read the values again where a KPI changed; the file has them now."""
        if self._read_of is not self.table.kpis:
            self._read_of = self.table.kpis
            self.figures.read()
