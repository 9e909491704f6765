"""What Rich draws, printed on a terminal in the order of the screen.

Text is turned line by line after it was wrapped, cell by cell of each table; on a right-to-left page the
columns stand from right to left too.
"""

from __future__ import annotations

import os
import select
from collections.abc import Iterable, Iterator
from typing import IO

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.measure import Measurement
from rich.padding import Padding
from rich.protocol import rich_cast
from rich.segment import Segment, Segments
from rich.table import Table
from rich.text import Text

from lfroadmap.bidi.dialect import Dialect, write_texts
from lfroadmap.bidi.line import BidiLine, Paragraph
from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.tables import has_rtl


def lines_of(told: RenderableType, page: Direction, console: Console) -> list[list[Segment]]:
    """What is told as the lines of a page, each from left to right."""
    return console.render_lines(turned(told, page), pad=False)


def holds_rtl(lines: list[list[Segment]]) -> bool:
    """Whether anything in the lines reads from right to left."""
    return any(has_rtl(segment.text) for line in lines for segment in line)


def write(lines: list[list[Segment]], dialect: Dialect, console: Console) -> None:
    """Print lines that are in the order of the screen."""
    console.file.write(dialect.enter)
    try:
        console.print(Segments([segment for line in lines for segment in _sent(line, dialect)]), end="")
    except BaseException:
        if _has_room(console.file):  # or a person who breaks it off would wait for a stalled terminal again
            _leave(dialect, console.file)
        raise
    _leave(dialect, console.file)


def _leave(dialect: Dialect, file: IO[str]) -> None:
    file.write(dialect.leave)
    file.flush()


def _has_room(file: IO[str]) -> bool:
    """Whether writing would not block."""
    return os.name != "posix" or bool(select.select([], [file], [], 0)[1])


def _sent(line: list[Segment], dialect: Dialect) -> Iterator[Segment]:
    texts = write_texts(dialect, [segment.text for segment in line])
    yield from (Segment(text, segment.style) for text, segment in zip(texts, line, strict=True))
    yield Segment.line()


def turned(told: RenderableType, page: Direction) -> RenderableType:
    """What is told, so that Rich draws it in the order of the screen."""
    told = rich_cast(told)
    match told:
        case str():
            return _Turned(Text(told), page)
        case Text():
            return _Turned(told, page)
        case Group():
            return Group(*(turned(part, page) for part in told.renderables))
        case Table():
            return _table(told, page)
        case Padding():
            around = _padding(told.top, told.right, told.bottom, told.left, page)
            return Padding(turned(told.renderable, page), around)
    return _Mirrored(told, page)


def _padding(top: int, right: int, bottom: int, left: int, page: Direction) -> tuple[int, int, int, int]:
    return (top, right, bottom, left) if page == "ltr" else (top, left, bottom, right)


def _table(table: Table, page: Direction) -> Table:
    """The table with its columns from the side on which reading begins."""
    step = 1 if page == "ltr" else -1
    out = Table(
        box=table.box,
        padding=_padding(*table.padding, page),
        collapse_padding=table.collapse_padding,
        pad_edge=table.pad_edge,
        show_header=table.show_header,
        header_style=table.header_style,
        expand=table.expand,
    )
    # Rich makes a table too narrow for its page that has a column of no width
    columns = [column for column in table.columns[::step] if any(map(_takes_room, column.cells))]
    for column in columns:
        out.add_column(turned(column.header, page), ratio=column.ratio, overflow=column.overflow)
    for row, *cells in zip(table.rows, *(column.cells for column in columns), strict=True):
        out.add_row(*(turned(cell, page) for cell in cells), end_section=row.end_section)
    return out


def _takes_room(cell: RenderableType) -> bool:
    return bool(cell.plain if isinstance(cell, Text) else cell)


class _Turned:
    """A text wrapped in the order of reading, each line of it in the order of the screen."""

    def __init__(self, text: Text, page: Direction) -> None:
        self.text = text
        self.page = page

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.text)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for paragraph in self.text.split("\n", allow_blank=True):
            whole = Paragraph(paragraph.plain, paragraph_level(paragraph.plain, self.page))
            at = 0
            for part in paragraph.wrap(console, options.max_width, overflow=options.overflow):
                part.rstrip()
                start = whole.text.find(part.plain, at)
                at = max(start, at) + len(part)
                line = whole.line(start, at) if start >= 0 else Paragraph(part.plain, whole.level).line()
                yield from self._aligned(_drawn(part.render(console), line), options.max_width - line.width)
                yield Segment.line()

    def _aligned(self, segments: list[Segment], free: int) -> list[Segment]:
        """The line at the side where reading begins, or where its text wants to stand."""
        at_end = self.text.justify == "right"
        pad = Segment(" " * free)
        return [pad, *segments] if at_end == (self.page == "ltr") else [*segments, pad]


class _Mirrored:
    """Anything else, a rule or a bar: drawn as it is, and then ordered as one line of the page."""

    def __init__(self, told: RenderableType, page: Direction) -> None:
        self.told = told
        self.level = 1 if page == "rtl" else 0

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        return Measurement.get(console, options, self.told)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for segments in console.render_lines(self.told, options):
            text = "".join(segment.text for segment in segments)
            yield from _drawn(segments, Paragraph(text, self.level).line())
            yield Segment.line()


def _drawn(segments: Iterable[Segment], line: BidiLine) -> list[Segment]:
    """Styled pieces of a line in the order of the screen."""
    spans = [(segment.text, segment.style) for segment in segments]
    return [Segment(glyphs, style) for glyphs, style, _ in line.visual_segments(spans)]
