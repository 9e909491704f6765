"""Drawing the lines and the edges of a panel."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from lfroadmap.report.charts.marks import BLOCK, HALF
from lfroadmap.ui.dashboard.cells import Cell, Line, columns_of
from lfroadmap.ui.widgets import row_drawing
from lfroadmap.ui.widgets.tones import Tones

_ABOVE = {BLOCK: " ", HALF: "▀"}
"""A block -> what is above it: drawn on a ground of its tone, so that no seam shows below."""
LEAST_TITLE = 4
"""Columns that a title has where what stands at the edge's end needs the rest."""


class PanelDrawing:
    """Draws in the tones of a theme."""

    def __init__(self, tones: Tones) -> None:
        self.tones = tones
        self.ink_of_ground = Style(color=tones.ground("ground").bgcolor)
        self.base = tones("text") + tones.ground("ground")

    def blank(self, width: int) -> Strip:
        """Free columns."""
        return Strip.blank(width, self.base)

    def upper(self, title: str, end: Line, width: int, *, focused: bool) -> Strip:
        """The upper edge with the title, as a chip where the panel has the focus."""
        ink = self.tones("accent" if focused else "border")
        name = f" {title} "
        end = (Cell("", 1), *end, Cell("", 1)) if end else ()
        if width - 4 - columns_of(end) < min(cell_len(name), LEAST_TITLE):
            end = ()
        room = max(width - 4 - columns_of(end), 0)
        size = min(cell_len(name), max(room - 1, 0))
        chip = self.tones.block() if focused else self.tones("text", bold=True)
        cells = [
            self._drawn("╭─", ink),
            *row_drawing.spread([row_drawing.Cell(name, size, chip)]),
            self._drawn("─" * (room - size), ink),
            *self._cells(end, width),
            self._drawn("─╮", ink),
        ]
        return row_drawing.row(row_drawing.spread(cells), width, self.base)

    def lower(self, foot: Line, width: int, *, focused: bool) -> Strip:
        """The lower edge, with what stands at its end."""
        ink = self.tones("accent" if focused else "border")
        foot = (Cell("", 1), *foot, Cell("", 1)) if foot and columns_of(foot) + 6 <= width else ()
        cells = [
            self._drawn("╰─", ink),
            self._drawn("─" * max(width - 4 - columns_of(foot), 0), ink),
            *self._cells(foot, width),
            self._drawn("─╯", ink),
        ]
        return row_drawing.row(row_drawing.spread(cells), width, self.base)

    def inner(self, line: Line, width: int, *, focused: bool, lit: bool, hovered: bool) -> Strip:
        """A line between the sides; `lit` with the cursor on it."""
        side = self._drawn("│", self.tones("accent" if focused else "border"))
        base = self.tones("text") + self.tones.ground("raised" if hovered and not lit else "ground")
        cursor = row_drawing.Cell(
            "▌" if lit and not self.tones.one_ink else " ", 1, self.tones("accent"), drawn=True
        )
        blocks = not lit and not hovered
        inside = [cursor, *self._cells(line, width - 4, blocks=blocks), row_drawing.Cell("", 1, Style())]
        middle = row_drawing.row(inside, width - 2, base)
        if lit:
            middle = self.tones.on_cursor(middle)
        edge = row_drawing.row([side], 1, self.base)
        return Strip([*edge, *_fewer(middle), *edge], width)

    def around(self, strip: Strip, width: int, *, focused: bool, lit: bool, hovered: bool) -> Strip:
        """A line that is drawn already, between the sides with a blank each."""
        side = self._drawn("│", self.tones("accent" if focused else "border"))
        edge = row_drawing.row([side], 1, self.base)
        blank = Strip.blank(1, self.base)
        middle = Strip.join([blank, strip, blank]).apply_style(self.base)
        if lit:
            middle = self.tones.on_cursor(middle, mark=True)
        elif hovered:
            middle = Strip(
                [
                    Segment(text, (style or self.base) + self.tones.ground("raised"))
                    for text, style, _ in middle
                ]
            )
        return Strip([*edge, *middle, *edge], width)

    def _drawn(self, text: str, style: Style) -> row_drawing.Cell:
        return row_drawing.Cell(text, len(text), style, drawn=True)

    def _cells(self, line: Iterable[Cell], width: int, *, blocks: bool = True) -> list[row_drawing.Cell]:
        """The cells with their styles; one without a width has what the others leave."""
        cells = list(line)
        rest = max(width - columns_of(cells), 0)
        sized = [cell if cell.width or not cell.text else cell._replace(width=rest) for cell in cells]
        return [self._cell(cell, blocks=blocks) for cell in sized if cell.width]

    def _cell(self, cell: Cell, *, blocks: bool) -> row_drawing.Cell:
        kind = set(cell.text) if blocks and cell.drawn else set()
        if len(kind) == 1 and (above := _ABOVE.get(kind.pop())):
            style = self.tones.ground(cell.tone) + self.ink_of_ground
            return row_drawing.Cell(above * cell.width, cell.width, style, drawn=True)
        style = self.tones(cell.tone, bold=cell.bold)
        align: row_drawing.Align = "end" if cell.at_end else "start"
        return row_drawing.Cell(cell.text, cell.width, style, align, drawn=cell.drawn)


def _fewer(segments: Iterable[Segment]) -> list[Segment]:
    """The segments, with blanks on the same ground taken to the one before: fewer bytes are sent."""
    out: list[Segment] = []
    for segment in segments:
        before, style = out[-1] if out else None, segment.style
        alike = before and before.style and style and before.style.bgcolor == style.bgcolor
        if before and alike and (before.style == style or not segment.text.strip(" ")):
            out[-1] = Segment(before.text + segment.text, before.style)
        elif before and alike and not before.text.strip(" "):
            out[-1] = Segment(before.text + segment.text, style)
        else:
            out.append(segment)
    return out
