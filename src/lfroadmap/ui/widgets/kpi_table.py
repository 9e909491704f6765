"""The KPI table: a grid of cells that are edited in place."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, cast

from textual import events
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region

from lfroadmap.roadmap.edits import SetKpi
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.roadmap.structure import LAST, Add, Move, Remove
from lfroadmap.roadmap.tree import insert
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import KPIS, Context
from lfroadmap.ui.widgets.inline_editor import How, InlineEditor
from lfroadmap.ui.widgets.kpi_columns import COLUMNS
from lfroadmap.ui.widgets.kpi_grid import KpiGrid


class KpiTable(KpiGrid):
    """The grid with what a person can do to it."""

    hints: ClassVar[Place] = "kpi"
    BINDINGS: ClassVar[list[BindingType]] = bindings("kpi")

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        super().__init__(kpis, context)
        self.editor: InlineEditor | None = None
        self._draft: Add | None = None
        """The row that is being added and has no letter yet."""

    def show(self, kpis: tuple[Kpi, ...]) -> None:
        """Show the rows as they are now; an editor goes on where its cell went."""
        draft = self._draft
        super().show(cast("tuple[Kpi, ...]", insert(kpis, draft.node, draft.after)) if draft else kpis)
        if self.editor:
            self.editor.place(self._editor_region())

    @property
    def place_id(self) -> str:
        """The id to come back to: the KPI under the cursor, or the one above a row without a letter."""
        fresh = self._draft.node.id if self._draft else ""
        above = [kpi.id for kpi in self.kpis[: self.cursor] if kpi.id != fresh]
        return above[-1] if above else ""

    @property
    def to_copy(self) -> str:
        """The text of the cell under the cursor."""
        return self.text(self.kpi, KPI_COLUMNS[self.column]) if self.kpi else ""

    def on_click(self, event: events.Click) -> None:
        """Edit by a double click."""
        if event.chain == 2:
            self.action_edit()

    # rows

    def action_add(self) -> None:
        """Add a row below the cursor and begin with its measure."""
        here = self.kpi
        fresh = Kpi(self.context.new_id(), "", "", "", "")
        self.context.settle()
        self._draft = Add(fresh, self.context.roadmap_id, here.id if here else LAST)
        self.column = 0
        self.show(self.kpis)
        self.move_to(self.kpis.index(fresh) + 1)
        self.action_edit()

    def action_remove(self) -> None:
        """Take the row out; undo brings it back."""
        if kpi := self.kpi:
            self.context.change(Remove(kpi.id))

    def action_shift(self, rows: int) -> None:
        """Move the row up or down."""
        at = self.cursor - 1
        if self._draft or self.editor:  # the rows are not the roadmap's, or one of them is being written
            return
        if self.kpi is None or not 0 <= at + rows < len(self.kpis):
            return
        behind = at + rows if rows > 0 else at + rows - 1
        after = self.kpis[behind].id if behind >= 0 else ""
        self.context.change(Move(self.kpi.id, self.context.roadmap_id, after))
        self.move_to(at + rows + 1)

    # cells

    def action_edit(self) -> None:
        """Edit the cell; the direction goes through its three values instead."""
        kpi, column = self.kpi, COLUMNS[self.column]
        if kpi is None or self.editor:
            return
        self.context.settle()
        if column == "better":
            turns: dict[str, str] = {"": "up", "up": "down", "down": ""}
            self.context.change(SetKpi(kpi.id, column, turns[kpi.better]))
            return

        def typed(text: str) -> None:
            self._fill(kpi, column, text)

        def left(how: How, text: str) -> None:
            self._leave(kpi, column, how)

        self.editor = InlineEditor(self.text(kpi, column), self._editor_region(), typed, left, replacing=True)
        self.mount(self.editor)
        self.screen.set_focus(self.editor)

    def action_clear(self) -> None:
        """Empty the cell."""
        if kpi := self.kpi:
            self.context.change(SetKpi(kpi.id, COLUMNS[self.column], ""))

    def _editor_region(self) -> Region:
        """The cell, and as much of its neighbours as writing needs."""
        cell = self.cell_region()
        width = max(cell.width, min(26, self.size.width))
        return Region(max(min(cell.x, self.size.width - width), 0), cell.y, width, 1)

    def _fill(self, kpi: Kpi, column: str, text: str) -> None:
        """Fill a cell; a new row is added with its first letter."""
        draft, self._draft = self._draft, None
        if draft is None:
            self.context.change(SetKpi(kpi.id, column, text))
        else:
            self.context.change(replace(draft, node=replace(kpi, measure=text)))

    def _leave(self, before: Kpi, column: str, how: How) -> None:
        self.editor = None
        if self._draft is not None:
            self._draft = None
            self.show(tuple(kpi for kpi in self.kpis if kpi.id != before.id))
            how = "cancel"
        elif how == "cancel":
            self.context.change(SetKpi(before.id, column, getattr(before, column)))
            if self.kpi == Kpi(before.id, "", "", "", ""):
                self.context.change(Remove(before.id))
        self.context.settle()
        if how != "blur":
            self.screen.set_focus(self)
        if how in ("tab", "back") and self._step(1 if how == "tab" else -1):
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


class KpiPane(VerticalScroll, can_focus=False):
    """The KPIs' tab."""

    DEFAULT_CSS = """
    KpiPane { height: 1fr; scrollbar-size-vertical: 1; padding: 0 1; }
    """

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        self.table = KpiTable(kpis, context)
        super().__init__(self.table)
        self.tab = KPIS
