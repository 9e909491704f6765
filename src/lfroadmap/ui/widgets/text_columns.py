"""Columns of texts: how wide each is, and its lines side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from lfroadmap.ui.widgets.row_drawing import Align, Cell, fit_words, row, wrap

GAP = 2
"""Columns between two texts."""
LONGEST_WORD = 14
"""Columns that a word claims at most where there is little room; a longer one is cut."""


class ColumnText(NamedTuple):
    """A text of a row; `chart` cells stand in its first line in place of it."""

    text: str
    style: Style
    align: Align = "start"
    chart: tuple[Cell, ...] = ()


def least_width(texts: Sequence[str]) -> int:
    """Columns in which no word of any text is broken."""
    words = (cell_len(word) for text in texts for word in text.split())
    return max((min(width, LONGEST_WORD) for width in words), default=1)


def full_width(texts: Sequence[str]) -> int:
    """Columns in which each text has one line."""
    return max(map(cell_len, texts), default=1) or 1


def column_widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Widths of columns of texts in so much room, the gaps included: as wide as the texts where that fits.

    Where it does not, what is left beside the longest words goes to the columns that lack most.
    """
    room -= GAP * (len(columns) - 1)
    widths, wanted = [*map(least_width, columns)], [*map(full_width, columns)]
    while sum(widths) > room and max(widths) > 1:
        widths[widths.index(max(widths))] -= 1
    lacks = [want - width for want, width in zip(wanted, widths, strict=True)]
    spare, lacking = max(room - sum(widths), 0), sum(lacks)
    if lacking <= spare:
        return wanted
    return [width + spare * lack // lacking for width, lack in zip(widths, lacks, strict=True)]


def text_row(texts: Sequence[ColumnText], widths: Sequence[int], width: int, base: Style) -> list[Strip]:
    """The texts side by side, each in as many lines as it needs."""
    lines = [wrap(fit_words(text.text, size), size) for text, size in zip(texts, widths, strict=True)]
    strips = []
    for n in range(max(map(len, lines), default=0)):
        cells: list[Cell] = []
        for text, size, wrapped in zip(texts, widths, lines, strict=True):
            line = wrapped[n] if n < len(wrapped) else None
            if text.chart:
                cells += text.chart if n == 0 else [Cell("", size, Style())]
            else:
                cells.append(Cell(line.text if line else "", size, text.style, text.align, line))
            cells.append(Cell("", GAP, Style()))
        strips.append(row(cells, width, base))
    return strips
