"""The table of a calculator, which is edited cell by cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.widget import Widget

from lfroadmap.report.calculators.columns import column_title
from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.calculators.card_tables import CellFault, calculate, row_name
from lfroadmap.roadmap.edits import Edit, Rename, SetRow
from lfroadmap.roadmap.model import CALCULATOR_COLUMNS, Calculator, CalculatorRow
from lfroadmap.text import one_line
from lfroadmap.ui.commands import Place, bindings
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.calculator_columns import column_widths
from lfroadmap.ui.widgets.cell_columns import Widths
from lfroadmap.ui.widgets.cell_editing import WRITING
from lfroadmap.ui.widgets.cell_table import CellTable

NUMBER = 8
"""Columns that the editor of a number has at least."""
NOTHING = "—"
"""Stands in an empty cell."""


class CalculatorTable(CellTable[CalculatorRow]):
    """A row a step, a deal, a stage or a channel; why a cell cannot be read stands below its row."""

    hints: ClassVar[Place] = "calculator"
    BINDINGS: ClassVar[list[BindingType]] = bindings("calculator")

    def __init__(self, calculator: Calculator, context: Context) -> None:
        super().__init__(calculator.rows, context)
        self._is_pointed = False
        """True from a press of the mouse until the focus goes: what is under the mouse must not move."""
        self.calculator = calculator
        self.fillable = CALCULATOR_COLUMNS[calculator.kind]
        self._take(calculator)

    def _take(self, calculator: Calculator) -> None:
        self.calculator = calculator
        self.result = calculate(calculator, self.context.labels)
        self._faults: dict[str, list[CellFault]] = {}
        """Id of a row -> why cells of it cannot be read."""
        for fault in self.result.faults:
            self._faults.setdefault(fault.row, []).append(fault)

    def show_calculator(self, calculator: Calculator) -> None:
        """Show the rows and results of a calculator as it is now."""
        self._take(calculator)
        self.show(calculator.rows)

    def go_to(self, node_id: str) -> None:
        """Put the cursor on a row; for the calculator itself it stays where it is."""
        for at, each in enumerate(self.nodes, 1):
            if each.id == node_id:
                self.move_to(at)

    def region_to_reveal(self) -> Region:
        """The cursor's row, and the results with it where the window has room for the whole calculator."""
        pane = self.parent
        scrolled = (
            each for each in self.ancestors if isinstance(each, Widget) and each.allow_vertical_scroll
        )
        container = next(scrolled, None)
        if self._is_pointed or container is None or not isinstance(pane, Widget):
            return super().region_to_reveal()
        if pane.size.height <= container.size.height:
            return Region(0, -self.virtual_region.y, self.size.width, pane.size.height)
        return super().region_to_reveal()

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the cell under the mouse."""
        self._is_pointed = True
        super().on_mouse_down(event)

    def on_blur(self) -> None:
        """Show the results again with the next focus."""
        self._is_pointed = False

    # the rows

    @property
    def parent_id(self) -> str:
        """Id of the calculator."""
        return self.calculator.id

    @property
    def place_id(self) -> str:
        """The row under the cursor; the calculator where there is none."""
        return super().place_id or self.calculator.id

    def empty_row(self, node_id: str) -> CalculatorRow:
        """A row in which nothing is written."""
        return CalculatorRow(node_id, "")

    def set_cell(self, node_id: str, column: str, text: str | None) -> Edit:
        """The edit that fills a cell."""
        return Rename(node_id, text) if column == "name" else SetRow(node_id, column, text or "")

    def writing_room(self, column: str) -> int:
        """Room for a name, or for a number: the name beside it is to be read while that is typed."""
        return WRITING if column in ("name", "stage") else NUMBER

    # the cells

    def widths_at(self, width: int) -> Widths:
        """The columns at a width."""
        return column_widths(self.calculator.kind, width)

    def heads(self) -> Mapping[str, str]:
        """The headings of the columns, by the kind of the calculator."""
        return {name: self._head(name) for name in self.fillable}

    def _head(self, column: str) -> str:
        if (self.calculator.kind, column) == ("pipeline", "count"):
            return self.context.words("calc.reached")  # the title in exports would be taller than most tables
        return column_title(self.calculator.kind, column, self.context.words)

    def hint(self) -> str:
        """How to add the first row."""
        return self.context.words("calculator.empty")

    def text(self, node: CalculatorRow, column: str) -> str:
        """The words of a cell."""
        if column == "name":
            return row_name(node, self.context.labels)
        return one_line(getattr(node, column))

    def cells(self, node: CalculatorRow) -> Mapping[str, str]:
        """The texts of a row as they are drawn."""
        unnamed = self.context.words("calculator.unnamed")
        empty = {name: unnamed if name == "name" else NOTHING for name in self.fillable}
        return {name: self.text(node, name) or empty[name] for name in self.fillable}

    def style_of(self, node: CalculatorRow, column: str) -> Style:
        """The style of a cell: what cannot be read, and what is empty."""
        if not self.text(node, column):
            return self.tone("muted") + Style(italic=column == "name" or None)
        is_wrong = any(fault.column == column for fault in self._faults.get(node.id, ()))
        return self.tone("risk") if is_wrong else Style()

    def remarks(self, node: CalculatorRow) -> Sequence[tuple[str, ToneName]]:
        """What is still to be filled in, and why cells cannot be read."""
        words = self.context.words
        faults = self._faults.get(node.id, [])
        missing = [self._head(fault.column) for fault in faults if fault.fault == "empty"]
        said: list[tuple[str, ToneName]] = []
        if missing:
            said.append((words("calculator.missing", names=missing), "muted"))
        for fault in faults:
            if fault.fault != "empty":
                why = words(f"error.number_{fault.fault}")
                said.append((words("calculator.wrong", column=self._head(fault.column), why=why), "risk"))
        return said
