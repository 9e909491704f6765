"""A calculator of a card: its title, its table, and what follows from that."""

from __future__ import annotations

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.strip import Strip

from lfroadmap.roadmap.model import Calculator
from lfroadmap.text import one_line
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.calculator_results import CalculatorResults
from lfroadmap.ui.widgets.calculator_table import CalculatorTable
from lfroadmap.ui.widgets.row_drawing import Cell, row
from lfroadmap.ui.widgets.structure_wanted import wanted_by
from lfroadmap.ui.widgets.tones import Toned

SIGN = " ∑ "
"""Before the title of a calculator."""


class CalculatorPane(Toned):
    """The title is drawn in the line above the table."""

    DEFAULT_CSS = """
    CalculatorPane {
        width: 1fr;
        height: auto;
        layout: vertical;
        margin: 1 0 0 0;
        & > CalculatorTable { margin: 1 0 0 0; }
    }
    """

    def __init__(self, calculator: Calculator, context: Context) -> None:
        super().__init__()
        self.calculator = calculator
        self.context = context
        self.table = CalculatorTable(calculator, context)
        self.results = CalculatorResults(calculator, self.table.result, context)

    def compose(self) -> ComposeResult:
        """Stack the table and the results."""
        yield self.table
        yield self.results

    def show(self, calculator: Calculator) -> None:
        """Show the calculator as it is now."""
        if calculator is self.calculator:
            return
        self.calculator = calculator
        self.table.show_calculator(calculator)
        self.results.show(calculator, self.table.result)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the title, with the kind at the end of its line."""
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        title = one_line(self.context.labels.of(self.calculator))
        kind = self.context.words(f"calc.{self.calculator.kind}")
        if kind == title or cell_len(SIGN + title + kind) + 2 > width:
            kind = ""
        cells = [Cell(SIGN, len(SIGN), self.tone("accent")), Cell(title, 0, self.tone("text", bold=True))]
        if kind:
            cells.append(Cell(kind, cell_len(kind), self.tone("muted")))
        return row([*cells, Cell("", 1, Style())], width, base)

    def on_click(self, event: events.Click) -> None:
        """Rename by a double click on the title, open the menu by the right button."""
        is_title = event.widget is self and event.y == 0
        if is_title and (wanted := wanted_by(event, "calculator", self.calculator.id)):
            self.post_message(wanted)
