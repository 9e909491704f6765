"""A report on the screen, drawn line by line from the side on which reading begins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from lfroadmap.report.nodes import Facts, Grid, Meter, Report, Section, Value
from lfroadmap.ui.widgets.line_list import LineList
from lfroadmap.ui.widgets.lines import Cell, Line, bar, row, spread, wrap

GAP = 2
"""Columns between two columns of a table."""
BAR = 24
"""Columns of a bar."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts side by side."""

    values: tuple[Value, ...]
    shares: tuple[int, ...]
    """How wide each is beside the others; a negative one is so many columns."""

    def widths(self, width: int) -> list[int]:
        """Columns for each text, the gap behind it included; the first takes what rounding leaves."""
        free = max(width + sum(share for share in self.shares if share < 0), 0)
        parts = max(sum(share for share in self.shares if share > 0), 1)
        out = [-share if share < 0 else free * share // parts for share in self.shares]
        out[next((n for n, share in enumerate(self.shares) if share > 0), 0)] += max(width - sum(out), 0)
        return out


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of tasks done."""

    meter: Meter


Row = Columns | Bar


class ReportView(LineList):
    """Shows a report; its rows are walked with the cursor, so that long ones scroll."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: tuple[Row, ...] = ()

    def show(self, told: Report | str) -> None:
        """Show a report, or a sentence in its place."""
        self.rows = tuple(_report(told)) if isinstance(told, Report) else (_line(told),)
        self.cursor = 0
        self.remeasure()

    def row_count(self) -> int:
        """One row a line of the report, wrapped where it is too long."""
        return len(self.rows)

    def row_height(self, index: int, width: int) -> int:
        """As many lines as the longest of its texts takes."""
        held = self.rows[index]
        return 1 if isinstance(held, Bar) else max(len(lines) for lines in _wrapped(held, width))

    def draw_row(self, index: int, width: int, base: Style) -> list[Strip]:
        """Draw a row."""
        held = self.rows[index]
        if isinstance(held, Bar):
            return [row(self._bar(held.meter), width, base)]
        columns, widths = _wrapped(held, width), held.widths(width)
        return [
            row(
                [self._cell(lines, n, wide) for lines, wide in zip(columns, widths, strict=True)], width, base
            )
            for n in range(max(map(len, columns)))
        ]

    def _cell(self, lines: list[tuple[Line, str]], n: int, width: int) -> Cell:
        if n >= len(lines):
            return Cell("", width, Style())
        line, style = lines[n]
        return Cell(line.text, width, self._style(style), line=line)

    def _bar(self, meter: Meter) -> list[Cell]:
        tone, (done, total) = self.tone(meter.tone), meter.tally
        return [
            Cell(meter.label, 0, self.tone("strong")),
            *spread(bar(meter.tally.share, BAR, tone, self.tone("track"))),
            Cell(f"{done}/{total}", 10, self.tone("dim"), "end"),
            Cell(f"{meter.tally.percent}%", 6, tone, "end"),
        ]

    def _style(self, name: str) -> Style:
        if not name:
            return Style()
        return self.tone(name if name in ("red", "orange", "green", "strong") else "dim")


def _wrapped(held: Columns, width: int) -> list[list[tuple[Line, str]]]:
    """The lines of each text with their styles; a note stands below its text."""
    pairs = zip(held.values, held.widths(width), strict=True)
    return [list(_lines(value, max(wide - GAP, 2))) for value, wide in pairs]


def _lines(value: Value, width: int) -> Iterator[tuple[Line, str]]:
    style = "" if value.note else value.style
    yield from ((line, style) for line in wrap(value.text, width))
    if value.note:
        yield from ((line, value.style or "note") for line in wrap(value.note, width))


def _line(text: str, style: str = "") -> Columns:
    return Columns((Value(text, style),), (1,))


def _report(told: Report) -> Iterator[Row]:
    yield _line(told.title, "strong")
    yield from _rows((told.facts, *told.body))


def _rows(nodes: Iterable[object]) -> Iterator[Row]:
    for node in nodes:
        yield from _of(node)


@singledispatch
def _of(node: object) -> Iterator[Row]:
    """The rows of a node; raises TypeError for one that no report shown here has."""
    raise TypeError(f"no rows for {type(node).__name__}")


@_of.register
def _value(node: Value) -> Iterator[Row]:
    yield Columns((node,), (1,))


@_of.register
def _facts(node: Facts) -> Iterator[Row]:
    wide = max((cell_len(label) for label, _ in node.pairs), default=0) + GAP
    for label, value in node.pairs:
        yield Columns((Value(label, "dim"), value), (-wide, 1))


@_of.register
def _meter(node: Meter) -> Iterator[Row]:
    yield Bar(node)


@_of.register
def _section(node: Section) -> Iterator[Row]:
    yield _line("")
    yield _line(node.title, "strong")
    yield from _rows(node.body)


@_of.register
def _grid(node: Grid) -> Iterator[Row]:
    shares = (3, *(2 for _ in node.heads[1:]))
    yield Columns(tuple(Value(head, "dim") for head in node.heads), shares)
    for values in node.rows:
        yield Columns(values, shares)
