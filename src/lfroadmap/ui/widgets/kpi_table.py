"""The KPI table: a grid of cells that are edited in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message

from lfroadmap.roadmap.edits import Edit, SetKpi
from lfroadmap.roadmap.model import Kpi
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import KPIS, Context
from lfroadmap.ui.widgets.completion import complete_owner, completes
from lfroadmap.ui.widgets.kpi_figures import KpiFigures
from lfroadmap.ui.widgets.kpi_grid import KpiGrid


class KpiTable(KpiGrid):
    """The table with what a person can do to it."""

    class Moved(Message):
        """Another row is under the cursor, or the row changed."""

    hints: ClassVar[Place] = "kpi"
    BINDINGS: ClassVar[list[BindingType]] = bindings("kpi")

    def show_rows(self) -> None:
        """Show the roadmap's KPIs and the draft."""
        super().show_rows()
        self.post_message(self.Moved())

    def put_cursor(self, index: int) -> None:
        """Put the cursor on a row, and say so."""
        super().put_cursor(index)
        self.post_message(self.Moved())

    @property
    def parent_id(self) -> str:
        """Id of the roadmap."""
        return self.context.roadmap_id

    def empty_row(self, node_id: str) -> Kpi:
        """A row in which nothing is written."""
        return Kpi(node_id, "", "", "", "")

    def set_cell(self, node_id: str, column: str, text: str | None) -> Edit:
        """The edit that fills a cell."""
        return SetKpi(node_id, column, text)

    def is_turned(self, column: str) -> bool:
        """True for the direction, which goes through its three values."""
        return column == "better"

    def completion(self, column: str) -> Callable[[str], str] | None:
        """Completes the name of an owner."""
        return completes(complete_owner, self.context.owners()) if column == "owner" else None

    def action_edit(self) -> None:
        """Edit the cell; the direction goes through its three values instead."""
        kpi = self.selected
        if kpi is None or self.editor or not self.is_turned(self.column_name):
            super().action_edit()
            return
        turns: dict[str, str] = {"": "up", "up": "down", "down": ""}
        self.context.settle()
        self.context.change(SetKpi(kpi.id, "better", turns[kpi.better]))


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
