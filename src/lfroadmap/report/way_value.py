"""The standing of a KPI in a table: its words, and its way from the baseline to the target as a bar."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType

from lfroadmap.report.charts.bar import kpi_way
from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.drawing import Drawing
from lfroadmap.report.nodes import Value
from lfroadmap.roadmap.progress import Standing

COLUMNS = 16
"""Most columns of a bar."""
_UNKNOWN = Standing("no_current")


@dataclass(frozen=True, slots=True)
class WayValue(Value):
    """A standing in words with its bar; the bar repeats the words, so that formats may leave it out."""

    standing: Standing = _UNKNOWN

    def bar(self, width: int) -> Marks:
        """The bar in so many columns, in reading order; no marks where there is no share of the way."""
        return () if self.standing.percent is None else kpi_way(self.standing, width)

    def cell(self) -> RenderableType:
        """The words, and the bar on a line of its own."""
        if self.standing.percent is None:
            return self.render("\n")
        return Group(self.render("\n"), Drawing(lambda width: [self.bar(width)], most=COLUMNS))
