"""Drawing the figures of a report in little time: they follow each letter that is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatchmethod
from typing import cast

from rich.style import Style
from textual.strip import Strip

from lfroadmap.report.bars import Bars
from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.nodes import Facts, Grid, Node, Section, Value
from lfroadmap.report.palette import ToneName
from lfroadmap.report.sparkline import Sparklines
from lfroadmap.ui.widgets.row_drawing import Align, Cell, is_figure
from lfroadmap.ui.widgets.text_columns import (
    GAP,
    ColumnText,
    column_widths,
    full_width,
    least_width,
    text_row,
)
from lfroadmap.ui.widgets.tones import Tones

SHORTEST, LONGEST = 6, 50
"""Columns of a bar."""
NAMES = 20
"""Columns that the names of the rows of a table keep where there is little room."""
TRENDS = 80
"""Columns that sparklines want with the figures beside them."""
NOTHING = "—"
"""Stands where there is no figure."""


class NodeDrawing:
    """Draws nodes of a report in so many columns, from the side on which reading begins."""

    def __init__(self, width: int, tones: Tones, base: Style, tables: Iterable[Sequence[str]] = ()) -> None:
        """`tables`: what the rows of each table, in their order, stand for."""
        self.width, self.tones, self.base = width, tones, base
        self._tables = iter(tables)
        self.muted = tones("muted")
        self.targets: list[tuple[Strip, str]] = []
        """The lines of the rows that have a target, in their order."""

    def strips(self, nodes: Iterable[Node]) -> list[Strip]:
        """The lines of all nodes, with a free one between bars and the figures below them."""
        strips: list[Strip] = []
        before: Node | None = None
        for node in nodes:
            if isinstance(before, Bars) and isinstance(node, Facts | Bars):
                strips.append(Strip.blank(self.width, self.base))
            strips += self._draw(node)
            before = node
        return strips

    def _tone(self, style: str) -> Style:
        return self.tones(cast(ToneName, style or "text"))

    def _aimed(self, strips: Iterable[Strip], target: str) -> Iterator[Strip]:
        """The lines of a row, noted where it has a target."""
        for strip in strips:
            if target:
                self.targets.append((strip, target))
            yield strip

    def _row(self, texts: Iterable[ColumnText], widths: list[int]) -> list[Strip]:
        return text_row(tuple(texts), widths, self.width, self.base)

    @singledispatchmethod
    def _draw(self, node: Node) -> Iterator[Strip]:
        raise TypeError(f"no drawing for {type(node).__name__}")

    @_draw.register
    def _(self, node: Value) -> Iterator[Strip]:
        yield from self._aimed(self._value(node, self.width, ()), node.measure)

    @_draw.register
    def _(self, node: Section) -> Iterator[Strip]:
        yield Strip.blank(self.width, self.base)
        yield from self._row([ColumnText(node.title, self.tones("muted", bold=True))], [self.width])
        yield from self.strips(node.body)

    @_draw.register
    def _(self, node: Facts) -> Iterator[Strip]:
        labels = [label for label, _ in node.pairs]
        size = min(full_width(labels), max(least_width(labels), self.width * 2 // 5))
        room = self.width - size - GAP
        for label, value in node.pairs:
            lines = self._value(value, room, [(ColumnText(label, self.muted), size)])
            yield from self._aimed(lines, value.measure)

    def _value(self, value: Value, room: int, before: Iterable[tuple[ColumnText, int]]) -> Iterator[Strip]:
        """A text and its note behind it, or below it where they do not fit into a line."""
        texts, widths = [each for each, _ in before], [size for _, size in before]
        blank = [ColumnText("", self.muted) for _ in texts]
        style = "" if value.note else value.style
        shown, note = ColumnText(value.text, self._tone(style)), value.note
        said = ColumnText(note, self._tone(value.style or "muted"))
        size = full_width([value.text])
        if note and size + GAP + full_width([note]) <= room:
            yield from self._row([*texts, shown, said], [*widths, size, room - size - GAP])
            return
        yield from self._row([*texts, shown], [*widths, room])
        if note:
            yield from self._row([*blank, said], [*widths, room])

    @_draw.register
    def _(self, node: Bars) -> Iterator[Strip]:
        columns = [*zip(node.heads, *((each.name, *each.figures) for each in node.rows), strict=True)]
        widths = column_widths(columns, self.width - SHORTEST - GAP)
        length = max(min(self.width - sum(widths) - GAP * len(widths), LONGEST), 1)
        widths.insert(1, length)
        name, *heads = (ColumnText(head, self.muted) for head in node.heads)
        figures = [head._replace(align="right") for head in heads]
        yield from self._row([name, ColumnText("", self.muted), *figures], widths)
        text, targets = self._tone(""), self._targets_of(node.rows)
        for each, target in zip(node.rows, targets, strict=True):
            chart = self._marks(each.drawn(length))
            shown = [ColumnText(figure, text, "right") for figure in each.figures]
            lines = self._row(
                [ColumnText(each.name, text), ColumnText("", text, chart=chart), *shown], widths
            )
            yield from self._aimed(lines, target)

    def _marks(self, marks: Marks) -> tuple[Cell, ...]:
        return tuple(Cell(mark.text, len(mark.text), self.tones(mark.tone), drawn=True) for mark in marks)

    def _targets_of(self, rows: Sequence[object]) -> Sequence[str]:
        """What the rows of the next table stand for."""
        given = next(self._tables, ())
        return [*given[: len(rows)], *[""] * (len(rows) - len(given))]

    @_draw.register
    def _(self, node: Grid) -> Iterator[Strip]:
        heads, rows = with_notes(node, self.width)
        columns = [*zip(heads, *([value.text for value in each] for each in rows), strict=True)]
        widths, sides = grid_widths(columns, rows, self.width), [_side(texts) for _, *texts in columns]
        shown = (ColumnText(head, self.muted, side) for head, side in zip(heads, sides, strict=True))
        yield from self._row(shown, widths)
        for values, target in zip(rows, self._targets_of(rows), strict=True):
            aim = next((each.measure for each in values if each.measure), target)
            cells = zip(values, sides, strict=True)
            yield from self._aimed(
                self._row(
                    (ColumnText(each.text, self._tone(_style(each)), side) for each, side in cells), widths
                ),
                aim,
            )
            if any(value.note for value in values):
                notes = (
                    ColumnText(value.note, self._tone(value.style or "muted"), side)
                    for value, side in zip(values, sides, strict=True)
                )
                yield from self._aimed(self._row(notes, widths), aim)

    @_draw.register
    def _(self, node: Sparklines) -> Iterator[Strip]:
        names = [each.name for each in node.rows]
        size = min(full_width(names), max(least_width(names), self.width // 3))
        length = min(LONGEST // 2, max(self.width // 4, SHORTEST))
        room = max(self.width - size - length - 2 * GAP, 1)
        text = self._tone("")
        for each, target in zip(node.rows, self._targets_of(node.rows), strict=True):
            chart = self._marks(each.bars(length))
            figures = ColumnText(each.text(room), text)
            cells = [ColumnText(each.name, self.muted), ColumnText("", text, chart=chart), figures]
            yield from self._aimed(self._row(cells, [size, length, room]), target)


def wanted_width(node: Node) -> int:
    """Columns in which the rows of a table have one line each; 0 for what is no table."""
    match node:
        case Grid(heads=heads):
            texts = [[head] for head in heads]
            for row in node.rows:
                for column, value in zip(texts, row, strict=True):
                    column.append(f"{value.text}{' ' * GAP if value.note else ''}{value.note}")
            return sum(map(full_width, texts)) + GAP * (len(heads) - 1)
        case Bars(heads=heads):
            columns = [*zip(heads, *((row.name, *row.figures) for row in node.rows), strict=True)]
            return sum(map(full_width, columns)) + GAP * len(columns) + SHORTEST
        case Sparklines():
            return TRENDS
        case _:
            return 0


def grid_widths(columns: Sequence[Sequence[str]], rows: Sequence[Sequence[Value]], width: int) -> list[int]:
    """Widths of the columns of a table: the first one yields to the others, down to what names need."""
    noted = [
        (*texts, *(row[n].note for row in rows)) for n, texts in enumerate(columns)
    ]  # of those that stand below their texts
    others = [*map(full_width, noted[1:])]
    room = width - sum(others) - GAP * len(others)
    if room >= min(full_width(columns[0]), NAMES):
        return [min(full_width(noted[0]), room), *others]
    return column_widths(noted, width)


def with_notes(node: Grid, width: int) -> tuple[list[str], list[list[Value]]]:
    """The columns of a table, notes in columns of their own where each row has room for one line then."""
    heads: list[str] = []
    columns: list[list[Value]] = []
    for n, head in enumerate(node.heads):
        column = [row[n] for row in node.rows]
        heads.append(head)
        if any(value.note for value in column):
            heads.append("")
            columns.append([_without_note(value) for value in column])
            columns.append([Value(value.note, value.style or "muted") for value in column])
        else:
            columns.append(column)
    texts = zip(heads, columns, strict=True)
    needed = sum(full_width([head, *(value.text for value in column)]) for head, column in texts)
    spare = max(full_width([node.heads[0], *(row[0].text for row in node.rows)]) - NAMES, 0)
    if needed - spare + GAP * (len(heads) - 1) <= width:
        return heads, [list(row) for row in zip(*columns, strict=True)]
    return [*node.heads], [[*row] for row in node.rows]


def _without_note(value: Value) -> Value:
    """The text of a value alone."""
    return Value(value.text, _style(value), measure=value.measure)


def _style(value: Value) -> str:
    """The style of a text, which is that of its note where it has one."""
    return "" if value.note else value.style


def _side(texts: Sequence[str]) -> Align:
    """Where the texts of a column stand: figures on the right, so that their digits are below each other."""
    shown = [text for text in texts if text not in ("", NOTHING)]
    return "right" if shown and all(map(is_figure, shown)) else "start"
