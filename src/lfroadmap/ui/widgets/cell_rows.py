"""A table of cells as it is drawn: a row of headings, and a row a node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual.strip import Strip

from lfroadmap.report.palette import ToneName
from lfroadmap.roadmap.model import CalculatorRow, Kpi
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.cell_columns import Widths
from lfroadmap.ui.widgets.editable_list import EditableList
from lfroadmap.ui.widgets.row_drawing import Cell, DrawnRow, fit_words, row, wrap

N = TypeVar("N", bound=Kpi | CalculatorRow)


INDENT = 2
"""Columns before a remark."""


class CellRows(EditableList, Generic[N]):
    """The rows; each as tall as its longest cell, with remarks below it."""

    charted: ClassVar[Sequence[str]] = ()
    """The columns with a chart in place of a text."""

    def __init__(self, nodes: tuple[N, ...], context: Context) -> None:
        super().__init__(context)
        self.nodes = nodes
        self.cursor = 1 if nodes else 0

    # the cells, defined by each kind of table

    def widths_at(self, width: int) -> Widths:
        """The columns that are drawn at a width."""
        raise NotImplementedError

    def heads(self) -> Mapping[str, str]:
        """The headings of all columns."""
        raise NotImplementedError

    def cells(self, node: N) -> Mapping[str, str]:
        """The texts of a row as they are drawn."""
        raise NotImplementedError

    def hint(self) -> str:
        """How to add the first row."""
        raise NotImplementedError

    def style_of(self, node: N, column: str) -> Style:
        """The style of a cell."""
        raise NotImplementedError

    def chart(self, node: N, column: str, width: int) -> list[Cell]:
        """The chart of a cell in so many columns."""
        raise NotImplementedError

    def remarks(self, node: N) -> Sequence[tuple[str, ToneName]]:
        """Sentences about the cells of a row, below it, each with its tone."""
        return ()

    # showing

    def show_nodes(self, nodes: tuple[N, ...]) -> None:
        """Show the rows as they are now; the cursor stays on its row."""
        if nodes is self.nodes:
            return
        here, self.nodes = self.selected, nodes
        self.remeasure()
        rows = [node.id for node in nodes]
        self.cursor = (
            rows.index(here.id) + 1 if here and here.id in rows else max(self.cursor, min(1, len(rows)))
        )

    @property
    def selected(self) -> N | None:
        """The row under the cursor."""
        return self.nodes[self.cursor - 1] if self.nodes and self.cursor else None

    def row_count(self) -> int:
        """One row a node and one of headings; a hint where there is none."""
        return 1 + (len(self.nodes) or 1)

    def row_height(self, index: int, width: int) -> int:
        """As many lines as its longest cell needs, and those of the remarks."""
        if index and not self.nodes:
            return len(wrap(self.hint(), max(width - 1, 1)))
        return self.cells_height(index, width) + (len(self._remarks(index, width)) if index else 0)

    def cells_height(self, index: int, width: int) -> int:
        """Lines of a row's cells, without the remarks below them."""
        return max(map(len, self._lines(index, width).values()))

    def _lines(self, index: int, width: int) -> dict[str, tuple[DrawnRow, ...]]:
        texts = self.cells(self.nodes[index - 1]) if index else self.heads()
        return {
            name: wrap(fit_words(texts.get(name, ""), size), size)
            for name, size in self.widths_at(width).items()
        }

    def _remarks(self, index: int, width: int) -> list[tuple[DrawnRow, ToneName]]:
        remarks = self.remarks(self.nodes[index - 1])
        return [(line, tone) for text, tone in remarks for line in wrap(text, max(width - INDENT, 1))]

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a row, its cells wrapped."""
        if index and not self.nodes:
            muted = self.tone("muted")
            return [_indented(line, 1, muted, width, base) for line in wrap(self.hint(), max(width - 1, 1))]
        if index == 0:
            base = base + self.tone("muted", bold=True)
        lines = self._lines(index, width)
        styles = {name: self._drawn_style(index, name) for name in lines}
        strips = []
        for n in range(max(map(len, lines.values()))):
            cells: list[Cell] = []
            for name, size in self.widths_at(width).items():
                line = lines[name][n] if n < len(lines[name]) else None
                cells += self._cell(index, name, size, line, styles[name], first=n == 0)
            strips.append(row(cells, width, base))
        remarks = self._remarks(index, width) if index else []
        said = [_indented(line, INDENT, self.tone(tone), width, base) for line, tone in remarks]
        return [*strips, *said]

    def _cell(
        self, index: int, name: str, size: int, line: DrawnRow | None, style: Style, *, first: bool
    ) -> list[Cell]:
        """A line of a cell, and the gap behind it."""
        gap = Cell("", 1, Style())
        if index and first and name in self.charted:
            return [*self.chart(self.nodes[index - 1], name, size), gap]
        if line is None:  # a block of the cursor is as tall as its text
            return [Cell("", size, Style()), gap]
        return [Cell(line.text, size, style, line=line), gap]

    def _drawn_style(self, index: int, column: str) -> Style:
        return self.style_of(self.nodes[index - 1], column) if index else Style()

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """The row is as it is: the cell under the cursor is the one that is lit."""
        return strip


def _indented(line: DrawnRow, by: int, style: Style, width: int, base: Style) -> Strip:
    return row([Cell("", by, Style()), Cell(line.text, 0, style, line=line)], width, base)
