"""Printing of Rich renderables in visual order.

Text is reordered line by line after wrapping, and in each cell of a table; on a right-to-left page the
columns of a table run from right to left.
"""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.protocol import rich_cast
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from lfroadmap.bidi.dialect import Dialect
from lfroadmap.bidi.line import Paragraph
from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.segments import encoded, in_visual_order
from lfroadmap.bidi.switching import switched
from lfroadmap.bidi.tables import has_rtl


def visual_lines(renderable: RenderableType, page: Direction, console: Console) -> list[list[Segment]]:
    """The lines of a renderable on a page of a given direction, in visual order."""
    return console.render_lines(reordered(renderable, page), pad=False)


def any_rtl(lines: list[list[Segment]]) -> bool:
    """True if the lines contain right-to-left text."""
    return any(has_rtl(segment.text) for line in lines for segment in line)


def print_lines(lines: list[list[Segment]], dialect: Dialect, console: Console) -> None:
    """Print lines that are in visual order, in a terminal's dialect."""
    with switched(dialect, console.file):
        console.print(Segments([segment for line in lines for segment in _sent(line, dialect)]), end="")


def _sent(line: list[Segment], dialect: Dialect) -> Iterator[Segment]:
    yield from encoded(line, dialect)
    yield Segment.line()


def reordered(renderable: RenderableType, page: Direction) -> RenderableType:
    """A renderable that Rich draws in visual order."""
    renderable = rich_cast(renderable)
    match renderable:
        case str():
            return _VisualText(Text(renderable), page)
        case Text():
            return _VisualText(renderable, page)
        case Group():
            return Group(*(reordered(part, page) for part in renderable.renderables))
        case Table():
            return _table(renderable, page)
        case Padding(top=top, right=right, bottom=bottom, left=left):
            return Padding(reordered(renderable.renderable, page), _padding(top, right, bottom, left, page))
    return _VisualLines(renderable, page)


def _padding(top: int, right: int, bottom: int, left: int, page: Direction) -> tuple[int, int, int, int]:
    return (top, right, bottom, left) if page == "ltr" else (top, left, bottom, right)


def _table(table: Table, page: Direction) -> Table:
    """The table with its first column on the side on which reading begins."""
    step = 1 if page == "ltr" else -1
    reordered_table = Table(
        box=table.box,
        padding=_padding(*table.padding, page),
        collapse_padding=table.collapse_padding,
        pad_edge=table.pad_edge,
        show_header=table.show_header,
        header_style=table.header_style,
        expand=table.expand,
    )
    # columns without width are left out: with one, Rich draws the table narrower than its page
    columns = [column for column in table.columns[::step] if any(map(_has_width, column.cells))]
    for column in columns:
        header = reordered(column.header, page)
        reordered_table.add_column(header, ratio=column.ratio, overflow=column.overflow)
    for row, *cells in zip(table.rows, *(column.cells for column in columns), strict=True):
        reordered_table.add_row(*(reordered(cell, page) for cell in cells), end_section=row.end_section)
    return reordered_table


def _has_width(cell: RenderableType) -> bool:
    return bool(cell.plain if isinstance(cell, Text) else cell)


class _VisualText:
    """A text that is wrapped in logical order, then reordered line by line."""

    def __init__(self, text: Text, page: Direction) -> None:
        self.text = text
        self.page = page

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in self.text.split("\n", allow_blank=True):
            whole = Paragraph(paragraph.plain, paragraph_level(paragraph.plain, self.page))
            end = 0
            for part in paragraph.wrap(console, options.max_width, overflow=options.overflow):
                part.rstrip()
                start = whole.text.find(part.plain, end)
                end = max(start, end) + len(part)
                line = whole.line(start, end) if start >= 0 else Paragraph(part.plain, whole.level).line()
                segments = in_visual_order(part.render(console), line)
                yield from self._aligned(segments, options.max_width - line.width)
                yield Segment.line()

    def _aligned(self, segments: list[Segment], free: int) -> list[Segment]:
        """The line padded with `free` cells, aligned to the side on which reading begins.

        Text that is justified to the right is aligned to the other side.
        """
        at_end = self.text.justify == "right"
        pad = Segment(" " * free)
        return [pad, *segments] if at_end == (self.page == "ltr") else [*segments, pad]


class _VisualLines:
    """Any other renderable, such as a rule or a bar, of which each drawn line is reordered."""

    def __init__(self, renderable: RenderableType, page: Direction) -> None:
        self.renderable = renderable
        self.level = 1 if page == "rtl" else 0

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.renderable)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segments in console.render_lines(self.renderable, options):
            text = "".join(segment.text for segment in segments)
            yield from in_visual_order(segments, Paragraph(text, self.level).line())
            yield Segment.line()
