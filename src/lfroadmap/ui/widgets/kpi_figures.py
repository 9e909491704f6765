"""The values over time of the KPI under the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from lfroadmap.bidi.cutting import cut
from lfroadmap.errors import RoadmapError
from lfroadmap.machine import now
from lfroadmap.report.charts.marks import Mark, Marks
from lfroadmap.report.charts.spark import spark
from lfroadmap.report.kpi_chart import KpiChart
from lfroadmap.report.measure_names import measure_name
from lfroadmap.report.sparkline import Sparkline, sparkline
from lfroadmap.report.value_source import ORIGIN_SIGNS, describe_value_source
from lfroadmap.roadmap.activity import Values, with_current
from lfroadmap.roadmap.model import Kpi
from lfroadmap.roadmap.progress import goal_of, number_in, own_baseline
from lfroadmap.text import one_line
from lfroadmap.ui.context import Context
from lfroadmap.ui.dashboard.cells import Cell, Line, drawing, gap, said
from lfroadmap.ui.widgets.panel_drawing import PanelDrawing
from lfroadmap.ui.widgets.row_drawing import Cell as RowCell
from lfroadmap.ui.widgets.row_drawing import row
from lfroadmap.ui.widgets.tones import Toned
from lfroadmap.ui.work import start_work

MOST_BARS = 40
LOW, HIGH = 2, 8
"""Lines without a chart, and least lines with one."""


class KpiFigures(Toned):
    """A sparkline and the first, last and best value below the KPI table; with room, a chart in a panel."""

    DEFAULT_CSS = """
    KpiFigures { dock: bottom; height: 2; color: $text-muted; }
    """

    class Read(Message):
        """The values were read."""

        def __init__(self, values: Mapping[str, Values]) -> None:
            super().__init__()
            self.values = values

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.kpi: Kpi | None = None
        self.values: Mapping[str, Values] | None = None
        """Id of a KPI -> its current values in the order of time; None until the history was read."""
        self.error = ""
        self._cards = ""
        """The cards that move the KPI, as they were drawn."""

    def on_mount(self) -> None:
        """Read the history."""
        self.read()

    def read(self) -> None:
        """Read the values on a thread; a reading that is under way is given up for a newer one."""
        start_work(self, self._read, "values", exclusive=True)

    async def _read(self) -> None:
        try:
            self.values = await asyncio.to_thread(self.context.kpi_values)
            self.error = ""
            self.post_message(self.Read(self.values))
        except RoadmapError as error:
            self.error = self.context.words.error(error)
        self.refresh()

    def show(self, kpi: Kpi | None) -> None:
        """Show the figures of another KPI."""
        if kpi is not self.kpi:
            self.kpi = kpi
            self.refresh()

    def follow_cards(self) -> None:
        """Show the cards that move the KPI as they are now."""
        if self._moved_by() != self._cards:
            self.refresh()

    def _moved_by(self) -> str:
        """The cards that move the KPI, and how far they are; empty for none."""
        relations = self.context.relations() if self.kpi else None
        return relations.moved_by(self.kpi) if relations and self.kpi else ""

    def fit(self, room: int) -> None:
        """Take so many lines, as far as they are of use."""
        height = room if room >= HIGH else LOW
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height

    async def on_click(self) -> None:
        """Choose the measure that gives the KPI its value."""
        if self.kpi is not None:
            await self.app.run_action("start('bind_kpi')")

    def _binding(self) -> str:
        """The measure that the KPI is bound to, or the key that binds it to one."""
        words = self.context.words
        if self.kpi is None or not self.kpi.bound_to:
            return words("kpi.bind")
        filters = (self.kpi.bound_channel, self.kpi.bound_segment)
        parts = [measure_name(self.kpi.bound_to, words.language), *filter(None, filters)]
        return words("kpi.bound", measure=" · ".join(map(one_line, parts)))

    def _sparkline(self) -> Sparkline | None:
        if self.kpi is None or self.values is None:
            return None
        known = with_current(self.values.get(self.kpi.id, ()), self.kpi, now())
        return sparkline(self.kpi, known, self.context.labels, self.context.words)

    def lines(self, width: int) -> tuple[str, str]:
        """The name or the bars, and the figures."""
        if self.kpi is None or (self.values is None and not self.error):
            return "", ""
        name, found = self.context.labels.of(self.kpi), self._sparkline()
        if self.error or found is None:
            return name, self.error or self.context.words("kpi.no_values")
        bars = found.bars(min(MOST_BARS, width // 2, len(found.numbers)))
        return "".join(mark.text for mark in bars), self._figures(found, width - 1)

    def _figures(self, found: Sparkline, room: int) -> str:
        """The first, last and best value, and where the current one comes from; this alone in little room."""
        assert self.kpi is not None
        source = self.context.source_of(self.kpi)
        if source is None:
            return found.text(room)
        context = self.context
        origin = describe_value_source(source, context.labels, context.words)
        parts = [f"{ORIGIN_SIGNS[source.reading.origin]} {origin}"]
        if source.is_outdated:
            parts.append(context.words("kpi.take_again"))
        text = " · ".join(parts)
        whole = f"{found.text()} · {text}"
        return whole if cell_len(whole) <= room else cut(text, room, cell_len)

    # drawing

    def render_line(self, y: int) -> Strip:
        """Draw a line of the chart's panel; in little room the bars, or the figures."""
        width, height, found = self.size.width, self.size.height, self._sparkline()
        if height < HIGH:
            return self._low(y, width, found)
        drawing_in = PanelDrawing(self.tones)
        if self.kpi is None:
            return drawing_in.blank(width)
        if y == 0:
            name = self.context.words("kpi.over_time", measure=self.context.labels.of(self.kpi))
            return drawing_in.upper(name, (said(self._binding(), "muted"),), width, focused=False)
        if y == height - 1:
            self._cards = self._moved_by()
            cards = (said(cut(self._cards, width - 8, cell_len), "muted"),) if self._cards else ()
            return drawing_in.lower(cards, width, focused=False)
        line = self._chart(found, width - 4, height - 2, y - 1)
        return drawing_in.inner(line, width, focused=False, lit=False, hovered=False)

    def _low(self, y: int, width: int, found: Sparkline | None) -> Strip:
        base = self.tone("muted") + self.tones.ground("ground")
        text = self.lines(width)[y] if y < LOW else ""
        if y == 1:
            self._cards = self._moved_by()
            parts = (self._cards, text) if self._cards else (text,)
            text = cut(" · ".join(filter(None, parts)), width - 2, cell_len)
        if y or found is None or not text:
            return row([RowCell(f" {text}", 0, Style())], width, base)
        marks = spark(found.numbers, len(text))
        cells = [RowCell(mark.text, len(mark.text), self.tone(mark.tone), drawn=True) for mark in marks]
        return row([RowCell("", 1, Style()), *cells, RowCell("", 0, Style())], width, base)

    def _chart(self, found: Sparkline | None, width: int, height: int, line: int) -> Line:
        """A line of the chart; the last one has the figures."""
        assert self.kpi is not None
        if line == height - 1 or found is None:
            return (Cell(self.lines(width + 1)[1] if line == height - 1 else "", 0, "muted"),)
        labels = self.context.labels
        target = labels.kpi(self.kpi, "target")
        goal = goal_of(target, number_in(own_baseline(self.kpi, target).value))
        chart = KpiChart(found.points, goal, now(), labels.kpi(self.kpi, "unit"), self.context.words)
        lines = chart.lines(width - 2, height - 1)
        return (*_texts_apart(lines[line]), gap(2))


def _texts_apart(marks: Marks) -> list[Cell]:
    """Numbers and days as texts, the rest as drawings."""

    def cell(mark: Mark) -> Cell:
        drawn = not any(map(str.isalnum, mark.text))
        return drawing((mark,))[0]._replace(drawn=drawn)

    return [cell(mark) for mark in marks if mark.text]
