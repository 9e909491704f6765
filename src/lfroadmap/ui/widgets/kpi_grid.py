"""The KPIs as a grid of cells: how it is drawn, and its cursor."""

from __future__ import annotations

from collections.abc import Mapping

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from lfroadmap.machine import now
from lfroadmap.report.charts.bar import kpi_way
from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.charts.spark import spark
from lfroadmap.report.formatting import format_problem, format_standing, format_target
from lfroadmap.report.value_source import ORIGIN_SIGNS, describe_now
from lfroadmap.roadmap.activity import Values, with_current
from lfroadmap.roadmap.kpi_sources import ValueSource
from lfroadmap.roadmap.model import KPI_COLUMNS, Kpi
from lfroadmap.roadmap.progress import Standing, number_in, number_problem, standing
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.editable_list import EditableList
from lfroadmap.ui.widgets.kpi_columns import (
    COLUMNS,
    DRAWN,
    STANDING,
    TREND,
    column_start,
    column_widths,
    needed,
)
from lfroadmap.ui.widgets.row_drawing import Cell, fit_words, onward, reading_x, row, wrap

PROBLEMATIC = ("baseline", "target", "current")
"""The columns in which a number is needed; anything else is kept, and marked with the reason."""
ARROWS = {"up": "↑", "down": "↓"}


class KpiGrid(EditableList):
    """One row a KPI under a row of headings; the cursor is on a cell."""

    def __init__(self, kpis: tuple[Kpi, ...], context: Context) -> None:
        super().__init__(context)
        self.kpis = kpis
        self.sources = {kpi.id: source for kpi in kpis if (source := context.source_of(kpi))}
        """Where the values come from that nobody typed, by the ids of their KPIs."""
        self.values: Mapping[str, Values] = {}
        """The values that each KPI has had, as far as they were read."""
        self._column = 0
        self.cursor = 1 if kpis else 0

    # showing

    def show(self, kpis: tuple[Kpi, ...]) -> None:
        """Show the rows as they are now; the cursor stays on its row."""
        sources = {kpi.id: source for kpi in kpis if (source := self.context.source_of(kpi))}
        if kpis is self.kpis and sources == self.sources:
            return
        here, self.kpis, self.sources = self.selected, kpis, sources
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
        texts = self._texts(index)
        return max(
            len(wrap(fit_words(texts[name], widths[name]), widths[name])) for name in widths if name in texts
        )

    def _texts(self, index: int) -> dict[str, str]:
        words = self.context.words
        if index == 0:
            return {name: words(f"kpi.{name}") for name in COLUMNS}
        if not self.kpis:
            return {"measure": words("kpi.empty")}
        kpi = self.kpis[index - 1]
        texts = {name: self.text(kpi, name) or words(f"kpi.empty_{name}") for name in KPI_COLUMNS}
        if kpi.better:
            texts["better"] = ARROWS[kpi.better]
        texts |= dict.fromkeys(DRAWN, "")
        if target := format_target(self.text(kpi, "target"), kpi.baseline, "", words):
            texts["target"] = target
        if source := self.sources.get(kpi.id):
            texts["current"] = f"{texts['current']} {_origin(source, self.context)}"
        for name in PROBLEMATIC:
            if problem := format_problem(self.text(kpi, name), words):
                texts[name] = f"{texts[name]} ({problem})"
        return texts | {STANDING: format_standing(self._stands(kpi), words)}

    def text(self, kpi: Kpi, column: str) -> str:
        """The words of a cell."""
        return self.context.labels.kpi(kpi, column)

    def _stands(self, kpi: Kpi) -> Standing:
        return standing(kpi, self.text(kpi, "target"))

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a row, its cells wrapped."""
        if index == 0:
            base = base + self.tone("muted", bold=True)
        widths = column_widths(width)
        texts = self._texts(index)
        if not self.kpis and index:
            return [row([Cell(" " + texts["measure"], 0, self.tone("muted"))], width, base)]
        lines = {name: wrap(fit_words(texts[name], widths[name]), widths[name]) for name in widths}
        styles = {name: self._style(index, name) for name in widths}
        out = []
        for n in range(max(map(len, lines.values()))):
            cells: list[Cell] = []
            for name in widths:
                line = lines[name][n] if n < len(lines[name]) else None
                if index and name in DRAWN and n == 0:
                    cells += [*self._chart(self.kpis[index - 1], name, widths[name]), Cell("", 1, Style())]
                    continue
                style = styles[name] if line else Style()  # a block of the cursor is as tall as its text
                cells.append(Cell(line.text if line else "", widths[name], style, line=line))
                cells.append(Cell("", 1, Style()))
            out.append(row(cells, width, base))
        return out

    def mark_cursor(self, strip: Strip, line: int) -> Strip:
        """The row is as it is: the cell under the cursor is the one that is lit."""
        return strip

    def _chart(self, kpi: Kpi, name: str, width: int) -> list[Cell]:
        """The way to the target, or the values over time, in exactly so many columns."""
        drawn = (
            _trend(self.values.get(kpi.id, ()), kpi, width)
            if name == TREND
            else kpi_way(self._stands(kpi), width)
        )
        cells = [Cell(mark.text, len(mark.text), self.tone(mark.tone), drawn=True) for mark in drawn]
        return cells or [Cell("", width, Style())]

    def _style(self, index: int, column: str) -> Style:
        if index and index == self.cursor and KPI_COLUMNS[self.column] == column and self.has_focus:
            return self.tones.block()
        if index and column in PROBLEMATIC and number_problem(self.text(self.kpis[index - 1], column)):
            return self.tone("risk")
        if index and self.kpis and column in KPI_COLUMNS and not self.text(self.kpis[index - 1], column):
            return self.tone("muted") + Style(italic=True)
        if index and column == STANDING:
            tone = self._stands(self.kpis[index - 1]).tone
            return self.tone(tone or "muted")
        return Style()

    # moving

    @property
    def selected(self) -> Kpi | None:
        """The row under the cursor."""
        return self.kpis[self.cursor - 1] if self.kpis and self.cursor else None

    @property
    def drawn(self) -> list[int]:
        """The numbers of the columns that can be filled in and are drawn."""
        return [n for n, name in enumerate(KPI_COLUMNS) if name in column_widths(self._room)]

    @property
    def _room(self) -> int:
        """The width; before the first layout one in which all columns are drawn."""
        return self.size.width or needed(COLUMNS)

    @property
    def column(self) -> int:
        """The number of the cursor's column; of the one before where there is no room to draw it."""
        return max(n for n in self.drawn if n <= self._column)

    @column.setter
    def column(self, column: int) -> None:
        self._column = column

    def move_to(self, index: int) -> None:
        """Keep the cursor off the headings, but show them with the first row."""
        super().move_to(max(index, 1))

    def action_across(self, columns: int) -> None:
        """Move the cursor along the row, to the right or the left of the screen."""
        drawn = self.drawn
        self.column = drawn[max(0, min(drawn.index(self.column) + onward(columns), len(drawn) - 1))]
        self.refresh_row(self.cursor)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor on the cell under the mouse."""
        event.prevent_default()
        super().on_mouse_down(event)
        mouse = reading_x(event.x, self.size.width)
        starts = ((n, column_start(KPI_COLUMNS[n], self._room)) for n in self.drawn)
        self.column = max(n for n, start in starts if start <= max(mouse, 0))
        self.refresh_row(self.cursor)

    def cell_region(self) -> Region:
        """Where the cell under the cursor is."""
        name = KPI_COLUMNS[self.column]
        x, width = column_start(name, self._room), column_widths(self._room)[name]
        area = self.row_region(self.cursor)
        return Region(x, area.y, width, area.height)


def _origin(source: ValueSource, context: Context) -> str:
    """The sign of a value that nobody typed, and what its calculator gives now where that is another."""
    now = describe_now(source, context.labels, context.words, unit=False)
    return f"{ORIGIN_SIGNS[source.reading.origin]}{f' ({now})' if now else ''}"


def _trend(values: Values, kpi: Kpi, width: int) -> Marks:
    """The numbers among the values that a KPI has had, and its current one, as a spark line."""
    known = with_current(values, kpi, now())
    return spark([number for _, typed in known if (number := number_in(typed)) is not None], width)
