"""The KPIs as a table of cells: how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style

from lfroadmap.machine import now
from lfroadmap.report.charts.bar import kpi_way
from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.charts.spark import spark
from lfroadmap.report.formatting import format_problem, format_standing, format_target
from lfroadmap.report.value_source import ORIGIN_SIGNS, describe_now
from lfroadmap.roadmap.activity import Values, with_current
from lfroadmap.roadmap.kpi_sources import ValueSource
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.roadmap.progress import Standing, number_in, number_problem, own_baseline, standing
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.cell_columns import Widths
from lfroadmap.ui.widgets.cell_table import CellTable
from lfroadmap.ui.widgets.kpi_columns import COLUMNS, DRAWN, STANDING, TREND, column_widths
from lfroadmap.ui.widgets.row_drawing import Cell

PROBLEMATIC = ("baseline", "target", "current")
"""The columns in which a number is needed; anything else is kept, and marked with the reason."""
ARROWS = {"up": "↑", "down": "↓"}


class KpiGrid(CellTable[Kpi]):
    """One row a KPI under a row of headings; the cursor is on a cell."""

    charted = DRAWN
    fillable = KPI_COLUMNS

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        super().__init__(kpis, context)
        self.sources = self._sources_of(kpis)
        """Where the values come from that nobody typed, by the ids of their KPIs."""
        self.values: Mapping[str, Values] = {}
        """The values that each KPI has had, as far as they were read."""

    @property
    def kpis(self) -> tuple[Kpi, ...]:
        """The KPIs, and among them the one that is being added and has no letter yet."""
        return self.nodes

    def show_nodes(self, nodes: tuple[Kpi, ...]) -> None:
        """Show the rows as they are now, and where their values come from."""
        sources = self._sources_of(nodes)
        if sources != self.sources:
            self.sources = sources
            self.remeasure()
        super().show_nodes(nodes)

    def _sources_of(self, kpis: tuple[Kpi, ...]) -> dict[str, ValueSource]:
        return {kpi.id: source for kpi in kpis if (source := self.context.source_of(kpi))}

    def widths_at(self, width: int) -> Widths:
        """The columns that are drawn at a width."""
        return column_widths(width)

    def heads(self) -> Mapping[str, str]:
        """The headings of all columns."""
        return {name: self.context.words(f"kpi.{name}") for name in COLUMNS}

    def hint(self) -> str:
        """How to add the first KPI."""
        return self.context.words("kpi.empty")

    def cells(self, node: Kpi) -> Mapping[str, str]:
        """The texts of a row, numbers that cannot be read with the reason."""
        words = self.context.words
        texts = {name: self.text(node, name) or words(f"kpi.empty_{name}") for name in KPI_COLUMNS}
        if node.better:
            texts["better"] = ARROWS[node.better]
        texts |= dict.fromkeys(DRAWN, "")
        target = self.text(node, "target")
        if shown := format_target(target, own_baseline(node, target).value, "", words):
            texts["target"] = shown
        if source := self.sources.get(node.id):
            texts["current"] = f"{texts['current']} {_origin(source, self.context)}"
        for name in PROBLEMATIC:
            if problem := format_problem(self.text(node, name), words):
                texts[name] = f"{texts[name]} ({problem})"
        return texts | {STANDING: format_standing(self._stands(node), words)}

    def text(self, node: Kpi, column: str) -> str:
        """The words of a cell."""
        return self.context.labels.kpi(node, column)

    def _stands(self, kpi: Kpi) -> Standing:
        return standing(kpi, self.text(kpi, "target"))

    def chart(self, node: Kpi, column: str, width: int) -> list[Cell]:
        """The way to the target, or the values over time, in exactly so many columns."""
        drawn = (
            _trend(self.values.get(node.id, ()), node, width)
            if column == TREND
            else kpi_way(self._stands(node), width)
        )
        cells = [Cell(mark.text, len(mark.text), self.tone(mark.tone), drawn=True) for mark in drawn]
        return cells or [Cell("", width, Style())]

    def style_of(self, node: Kpi, column: str) -> Style:
        """The style of a cell: what cannot be read, what is empty, and how the KPI stands."""
        if column in PROBLEMATIC and number_problem(self.text(node, column)):
            return self.tone("risk")
        if column in KPI_COLUMNS and not self.text(node, column):
            return self.tone("muted") + Style(italic=True)
        if column == STANDING:
            return self.tone(self._stands(node).tone or "muted")
        return Style()


def _origin(source: ValueSource, context: Context) -> str:
    """The sign of a value that nobody typed, and what its calculator gives now where that is another."""
    now = describe_now(source, context.labels, context.words, unit=False)
    return f"{ORIGIN_SIGNS[source.reading.origin]}{f' ({now})' if now else ''}"


def _trend(values: Values, kpi: Kpi, width: int) -> Marks:
    """The numbers among the values that a KPI has had, and its current one, as a spark line."""
    known = with_current(values, kpi, now())
    return spark([number for _, typed in known if (number := number_in(typed)) is not None], width)
