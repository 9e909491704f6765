"""The values over time of the KPI under the cursor."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from lfroadmap.errors import RoadmapError
from lfroadmap.report.sparkline import sparkline
from lfroadmap.roadmap.model import Kpi
from lfroadmap.ui.context import Context
from lfroadmap.ui.widgets.row_drawing import Cell, row

Values = Mapping[str, Sequence[tuple[datetime, str]]]
"""Id of a KPI -> its current values in the order of time."""
MOST_BARS = 40


class KpiFigures(Widget):
    """Two lines below the KPI table: a sparkline, and the first, last and best value with their days."""

    DEFAULT_CSS = """
    KpiFigures { dock: bottom; height: 2; background: $panel; color: $text-muted; }
    """

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.kpi: Kpi | None = None
        self.values: Values | None = None
        """None until the history was read."""
        self.error = ""

    def on_mount(self) -> None:
        """Read the history."""
        self.read()

    def read(self) -> None:
        """Read the values on a thread; a reading that is under way is given up for a newer one."""
        self.run_worker(self._read(), group="values", exclusive=True)

    async def _read(self) -> None:
        try:
            self.values = await asyncio.to_thread(self.context.kpi_values)
            self.error = ""
        except RoadmapError as error:
            self.error = self.context.words.error(error)
        self.refresh()

    def show(self, kpi: Kpi | None) -> None:
        """Show the figures of another KPI."""
        if kpi is not self.kpi:
            self.kpi = kpi
            self.refresh()

    def lines(self, width: int) -> tuple[str, str]:
        """The name with the bars, and the figures."""
        if self.kpi is None or (self.values is None and not self.error):
            return "", ""
        words, labels = self.context.words, self.context.labels
        name = labels.of(self.kpi)
        if self.error:
            return name, self.error
        found = sparkline(self.kpi, (self.values or {}).get(self.kpi.id, ()), labels, words)
        if found is None:
            return name, words("kpi.no_values")
        bars = found.bars(min(MOST_BARS, width // 2, len(found.numbers)))
        return "".join(mark.text for mark in bars), found.text(width - 1)

    def render_line(self, y: int) -> Strip:
        """Draw the bars, or the figures."""
        width = self.size.width
        bars, figures = self.lines(width)
        text = (bars, figures)[y] if y < 2 else ""
        return row([Cell(f" {text}", 0, Style())], width, self.rich_style)
