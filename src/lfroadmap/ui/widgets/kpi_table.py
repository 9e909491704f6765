"""The KPI table: a grid of cells that are edited in place."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, cast

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.report.told import told_standing
from lfroadmap.roadmap.edits import LAST, Add, Move, Remove, SetKpi
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.roadmap.progress import Standing, standing
from lfroadmap.roadmap.tree import insert
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.door import KPIS, Context
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.lines import Cell, onward, reading_x, row, wrap
from lfroadmap.ui.widgets.place_input import How, PlaceInput

STANDING = "standing"
COLUMNS = (*KPI_COLUMNS, STANDING)
"""What is filled in, and last what is worked out from it."""

NARROWEST = {
    "measure": 11, "definition": 13, "baseline": 7, "target": 8, "current": 7, "better": 6, "unit": 5,
    "owner": 8, STANDING: 9,
}  # fmt: skip
SHARES = {"measure": 4, "definition": 6, "target": 2, "owner": 3, STANDING: 3, "baseline": 1, "current": 1}
ARROWS = {"up": "↑", "down": "↓", "": "—"}


def column_widths(width: int) -> dict[str, int]:
    """Columns of the table at a width: what is left over the narrowest goes where the texts are long."""
    spare = max(width - sum(NARROWEST.values()) - len(COLUMNS), 0)
    parts = sum(SHARES.values())
    return {name: NARROWEST[name] + spare * SHARES.get(name, 0) // parts for name in COLUMNS}


class KpiGrid(LineList):
    """One row a KPI under a row of headings; the cursor is on a cell."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"kpi--cell", "kpi--head"}
    DEFAULT_CSS = """
    KpiGrid {
        & > .list--cursor { background: $foreground 8%; text-style: none; }
        & > .kpi--cell { background: $primary 55%; }
        & > .kpi--head { background: $panel; color: $text-muted; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
    ]

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        super().__init__()
        self.kpis = kpis
        self.context = context
        self.column = 0
        self.cursor = 1 if kpis else 0

    # showing

    def show(self, kpis: tuple[Kpi, ...]) -> None:
        """Show the rows as they are now; the cursor stays on its row."""
        if kpis is self.kpis:
            return
        here, self.kpis = self.kpi, kpis
        self.remeasure()
        rows = [kpi.id for kpi in kpis]
        self.cursor = (
            rows.index(here.id) + 1 if here and here.id in rows else max(self.cursor, min(1, len(rows)))
        )

    def row_count(self) -> int:
        """One row a KPI and one of headings; a hint where there is none."""
        return 1 + (len(self.kpis) or 1)

    def row_height(self, index: int, width: int) -> int:
        """As many lines as its longest cell needs."""
        widths = column_widths(width)
        return max(len(wrap(text, widths[name])) for name, text in self._texts(index).items())

    def _texts(self, index: int) -> dict[str, str]:
        words = self.context.words
        if index == 0:
            return {name: words(f"kpi.{name}") for name in COLUMNS}
        if not self.kpis:
            return {"measure": words("kpi.empty")}
        kpi = self.kpis[index - 1]
        texts = {name: self.text(kpi, name) or "—" for name in KPI_COLUMNS}
        texts["better"] = ARROWS[kpi.better]
        return texts | {STANDING: told_standing(self._stands(kpi), words)}

    def text(self, kpi: Kpi, column: str) -> str:
        """The words of a cell."""
        return self.context.labels.kpi(kpi, column)

    def _stands(self, kpi: Kpi) -> Standing:
        return standing(kpi, self.text(kpi, "target"))

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a row, its cells wrapped."""
        if index == 0:
            base = self.get_component_rich_style("kpi--head")
        widths = column_widths(width)
        texts = self._texts(index)
        if not self.kpis and index:
            return [row([Cell(" " + texts["measure"], 0, self.tone("dim"))], width, base)]
        lines = {name: wrap(text, widths[name]) for name, text in texts.items()}
        styles = {name: self._style(index, name) for name in COLUMNS}
        out = []
        for n in range(max(map(len, lines.values()))):
            cells: list[Cell] = []
            for name in COLUMNS:
                line = lines[name][n] if n < len(lines[name]) else None
                cells.append(Cell(line.text if line else "", widths[name], styles[name], line=line))
                cells.append(Cell("", 1, Style()))
            out.append(row(cells, width, base))
        return out

    def _style(self, index: int, column: str) -> Style:
        if index and index == self.cursor and COLUMNS[self.column] == column and self.has_focus:
            return self.get_component_rich_style("kpi--cell")
        if index and column == STANDING:
            tone = self._stands(self.kpis[index - 1]).tone(self.context.thresholds)
            return self.tone(tone) if tone else self.tone("dim")
        return Style()

    # moving

    @property
    def kpi(self) -> Kpi | None:
        """The row under the cursor."""
        return self.kpis[self.cursor - 1] if self.kpis and self.cursor else None

    def move_to(self, index: int) -> None:
        """Keep the cursor off the headings, but show them with the first row."""
        super().move_to(max(index, 1))

    def action_across(self, columns: int) -> None:
        """Move the cursor along the row, to the right or the left of the screen."""
        self.column = max(0, min(self.column + onward(columns), len(KPI_COLUMNS) - 1))
        self.refresh_row(self.cursor)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the cell under the mouse."""
        event.prevent_default()
        super().on_mouse_down(event)
        x, mouse = 0, reading_x(event.x, self.size.width)
        for n, name in enumerate(KPI_COLUMNS):
            x += column_widths(self.size.width)[name] + 1
            if mouse < x:
                self.column = n
                break
        self.refresh_row(self.cursor)

    def cell_region(self) -> Region:
        """Where the cell under the cursor is."""
        widths = column_widths(self.size.width)
        x = sum(widths[name] + 1 for name in COLUMNS[: self.column])
        width = widths[COLUMNS[self.column]]
        return Region(x, self.row_region(self.cursor).y, width, 1)


class KpiTable(KpiGrid):
    """The grid with what a person can do to it."""

    hints: ClassVar[Place] = "kpi"
    BINDINGS: ClassVar[list[BindingType]] = bindings("kpi")

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        super().__init__(kpis, context)
        self.editor: PlaceInput | None = None
        self._draft: Add | None = None
        """The row that is being added and has no letter yet."""

    def show(self, kpis: tuple[Kpi, ...]) -> None:
        """Show the rows as they are now; an editor goes on where its cell went."""
        draft = self._draft
        super().show(cast("tuple[Kpi, ...]", insert(kpis, draft.node, draft.after)) if draft else kpis)
        if self.editor:
            self.editor.place(self._editor_region())

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

        self.editor = PlaceInput(self.text(kpi, column), self._editor_region(), typed, left, replacing=True)
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
        at = (self.cursor - 1) * len(KPI_COLUMNS) + self.column + cells
        if KPI_COLUMNS[at % len(KPI_COLUMNS)] == "better":  # it is turned, not written
            at += cells
        if not 0 <= at < len(self.kpis) * len(KPI_COLUMNS):
            return False
        self.column = at % len(KPI_COLUMNS)
        self.move_to(at // len(KPI_COLUMNS) + 1)
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
