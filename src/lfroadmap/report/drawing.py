"""Marks as Rich draws them."""

from __future__ import annotations

from collections.abc import Callable

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment

from lfroadmap.report.charts.marks import Marks, in_ascii


class Drawing:
    """A chart that fills its width, or so many columns of it."""

    def __init__(self, draw: Callable[[int], list[Marks]], least: int = 4, most: int | None = None) -> None:
        self.draw = draw
        self.least = least
        self.most = most

    def _width(self, options: ConsoleOptions) -> int:
        return options.max_width if self.most is None else min(options.max_width, self.most)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for marks in self.draw(self._width(options)):
            for mark in marks:
                text = in_ascii(mark.text) if options.ascii_only else mark.text
                yield Segment(text, console.get_style(mark.tone, default="none"))
            yield Segment.line()

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        width = self._width(options)
        return Measurement(min(self.least, width), width)
