"""What follows from a calculator's table, drawn below it."""

from __future__ import annotations

from textual.geometry import Size
from textual.strip import Strip

from lfroadmap.report.calculators.short_results import short_results
from lfroadmap.roadmap.calculators.card_tables import CardResult
from lfroadmap.roadmap.model import Calculator
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.node_drawing import NodeDrawing
from lfroadmap.ui.widgets.report_view import placed
from lfroadmap.ui.widgets.tones import Toned, Tones

WIDEST = 110
"""Columns of the results: longer bars say no more."""


class CalculatorResults(Toned):
    """The bars, figures and formulas of a result; drawn again when it is another."""

    DEFAULT_CSS = """
    CalculatorResults { height: auto; margin: 1 0 0 0; }
    """

    def __init__(self, calculator: Calculator, result: CardResult, context: Context) -> None:
        super().__init__()
        self.context = context
        self.calculator, self.result = calculator, result
        self._drawn: tuple[int, Tones, list[Strip]] | None = None

    def show(self, calculator: Calculator, result: CardResult) -> None:
        """Show the result of the calculator as it is now."""
        width = self.size.width
        before = len(self._strips(width)) if width else 0
        self.calculator, self.result, self._drawn = calculator, result, None
        is_as_tall = bool(width) and len(self._strips(width)) == before
        self.refresh(layout=not is_as_tall)

    def _strips(self, width: int) -> list[Strip]:
        """The lines in so many columns."""
        kept = self._drawn
        if kept is None or kept[:2] != (width, self.tones):
            words, labels = self.context.words, self.context.labels
            nodes = short_results(self.calculator, self.result, labels, words)
            drawing = NodeDrawing(min(width, WIDEST), self.tones, self.rich_style)
            strips = drawing.strips(nodes)
            kept = self._drawn = (width, self.tones, strips)
        return kept[2]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All lines."""
        return len(self._strips(width))

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width, base = self.size.width, self.rich_style
        strips = self._strips(width)
        return placed(strips[y], width, base) if y < len(strips) else Strip.blank(width, base)
