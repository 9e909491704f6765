"""Drawing the figures of a report in little time: they follow each letter that is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatchmethod
from typing import cast

from rich.style import Style
from textual.strip import Strip

from lfroadmap.report.bars import Bars
from lfroadmap.report.nodes import Facts, Grid, Node, Section, Value
from lfroadmap.report.palette import ToneName
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
NOTHING = "—"
"""Stands where there is no figure."""


class NodeDrawing:
    """Draws nodes of a report in so many columns, from the side on which reading begins."""

    def __init__(self, width: int, tones: Tones, base: Style) -> None:
        self.width, self.tones, self.base = width, tones, base
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
        yield from self._aimed(self._value(node, self.width, ()), node.target)

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
            yield from self._aimed(lines, value.target)

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
        text = self._tone("")
        for each in node.rows:
            chart = tuple(
                Cell(mark.text, len(mark.text), self.tones(mark.tone), drawn=True)
                for mark in each.drawn(length)
            )
            shown = [ColumnText(figure, text, "right") for figure in each.figures]
            yield from self._row(
                [ColumnText(each.name, text), ColumnText("", text, chart=chart), *shown], widths
            )

    @_draw.register
    def _(self, node: Grid) -> Iterator[Strip]:
        rows = [tuple(value.text for value in each) for each in node.rows]
        columns = [*zip(node.heads, *rows, strict=True)]
        widths, sides = column_widths(columns, self.width), [_side(texts) for _, *texts in columns]
        heads = (ColumnText(head, self.muted, side) for head, side in zip(node.heads, sides, strict=True))
        yield from self._row(heads, widths)
        for values in node.rows:
            cells = zip(values, sides, strict=True)
            lines = self._row(
                (ColumnText(value.text, self._tone(value.style), side) for value, side in cells), widths
            )
            yield from self._aimed(lines, next((each.target for each in values if each.target), ""))


def _side(texts: Sequence[str]) -> Align:
    """Where the texts of a column stand: figures on the right, so that their digits are below each other."""
    shown = [text for text in texts if text not in ("", NOTHING)]
    return "right" if shown and all(map(is_figure, shown)) else "start"
