"""Drawing a row of a list or table as one line of cells.

`row` is the only place where cells are put side by side; a right-to-left screen mirrors them there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Literal, NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.content import Content
from textual.strip import Strip

from lfroadmap.text import one_line

Align = Literal["start", "end"]

BAR_FULL, BAR_EMPTY = "━", "╌"


class Cell(NamedTuple):
    """A piece of a row: a text in so many columns. `width` 0 takes what the others leave."""

    text: str
    width: int
    style: Style
    align: Align = "start"


def row(cells: Iterable[Cell], width: int, base: Style) -> Strip:
    """The cells side by side, from the reading start, in `width` columns; texts too long end in `…`."""
    cells = list(cells)
    rest = max(width - sum(cell.width for cell in cells), 0)
    segments = []
    for cell in cells:
        size = cell.width or rest
        if size:
            segments.append(Segment(fit(cell.text, size, cell.align), base + cell.style))
    return Strip(segments).adjust_cell_length(width, base)


def fit(text: str, width: int, align: Align = "start") -> str:
    """The text in exactly `width` columns."""
    text = one_line(text)
    size = cell_len(text)
    if size > width:
        return set_cell_size(text, width - 1) + "…"
    pad = " " * (width - size)
    return text + pad if align == "start" else pad + text


def ink(style: Style) -> Style:
    """The style without its background, to be drawn on a row that has its own."""
    return Style(color=style.color, bold=style.bold, dim=style.dim)


def bar(share: float, width: int, style: Style, track: Style) -> tuple[Cell, Cell]:
    """A progress bar as two cells; a share above nothing shows at least one mark."""
    full = min(width, max(int(share * width), 1 if share > 0 else 0))
    return Cell(BAR_FULL * full, full, style), Cell(BAR_EMPTY * (width - full), width - full, track)


def spread(cells: Iterable[Cell]) -> list[Cell]:
    """The cells without those of no width, which `row` would stretch."""
    return [cell for cell in cells if cell.width]


@lru_cache(maxsize=4096)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """The text in lines of at most `width` columns, broken between words where it can be."""
    shown = one_line(text)
    if width < 2 or cell_len(shown) <= width:
        return (shown,)
    return tuple(line.plain.rstrip() for line in Content(shown).wrap(width)) or ("",)
