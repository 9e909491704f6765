"""Drawing a row of a list or table as one line of cells.

`row` is the only place where cells are put side by side; a right-to-left screen mirrors them there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import takewhile
from typing import Literal, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from lfroadmap.bidi.cutting import cut as shorten
from lfroadmap.bidi.textual.direction import screen_direction, visual_text
from lfroadmap.bidi.textual.wrapping import line_starts
from lfroadmap.report.charts.bar import FULL, REST
from lfroadmap.report.charts.bar import bar as charted
from lfroadmap.report.charts.marks import mirrored
from lfroadmap.text import one_line
from lfroadmap.words import safe

Align = Literal["start", "end", "right"]
"""Where reading begins or ends, or on the right: figures below each other, whichever way lines go."""

BAR_FULL, BAR_EMPTY = FULL, REST

_FIGURE = re.compile(r" *[-+−]?\d[\d.,]*%? *")
KEPT_LENGTH = 2000
"""Characters of the longest text whose lines are kept: thousands of longer ones would fill the memory."""


class Cell(NamedTuple):
    """A piece of a row: a text in so many columns. `width` 0 takes what the others leave."""

    text: str
    width: int
    style: Style
    align: Align = "start"
    line: DrawnRow | None = None
    """Where the text is a line of a longer one that was wrapped, which gives its direction."""
    drawn: bool = False
    """A drawing: mirrored character by character, and cut without a sign."""


class DrawnRow(NamedTuple):
    """A line of a text that was wrapped: its letters, where it begins, and the whole text."""

    text: str
    start: int
    whole: str


def row(cells: Iterable[Cell], width: int, base: Style) -> Strip:
    """The cells side by side, from the side on which reading begins; texts too long end in `…`."""
    cells = list(cells)
    rest = max(width - sum(cell.width for cell in cells), 0)
    segments = []
    for cell in cells:
        size = cell.width or rest
        if size:
            segments.append(Segment(fit(cell, size), base + cell.style))
    if screen_direction() == "rtl":
        segments.reverse()
        taken = sum(map(_cells_of, segments))
        if taken > width:  # the end of the row is on its left
            return Strip(segments).crop(taken - width, taken).adjust_cell_length(width, base)
        segments.insert(0, Segment(" " * (width - taken), base))
    return Strip(segments).adjust_cell_length(width, base).simplify()


def _cells_of(segment: Segment) -> int:
    return segment.cell_length


def fit(cell: Cell, width: int) -> str:
    """The cell's text in exactly `width` columns, as it is drawn from left to right."""
    if cell.drawn:
        text = cell.text[:width].ljust(width)
        return text if screen_direction() == "ltr" else mirrored(text)
    # a sentence keeps its values apart from its words
    text = cell.line.text if cell.line else " ".join(safe(cell.text).split("\n"))
    if cell_len(text) > width:
        text, cell = shorten(text, width, cell_len), cell._replace(line=None)
    text = visual_text(text, cell.line.whole, cell.line.start) if cell.line else _turned(text)
    pad = " " * (width - cell_len(text))
    if cell.align == "end" and screen_direction() == "rtl" and is_figure(text):
        return pad[1:] + text + pad[:1]  # figures under each other end in one column, whichever way lines go
    if cell.align == "right":
        return pad + text
    left = (cell.align == "start") == (screen_direction() == "ltr")
    return text + pad if left else pad + text


def is_figure(text: str) -> bool:
    """True for a number, also with a sign or a percent sign."""
    return bool(_FIGURE.fullmatch(text))


def cut(text: str, width: int) -> str:
    """The text in at most `width` columns, with `…` in place of what has no room."""
    return shorten(one_line(text), width, cell_len)


def cut_longest(texts: list[str], width: int) -> list[str]:
    """The texts in at most `width` columns together, the longest cut first, none to less than two."""
    sizes = [cell_len(text) for text in texts]
    while sum(sizes) > width and max(sizes, default=0) > 2:
        sizes[sizes.index(max(sizes))] -= 1
    return [cut(text, size) for text, size in zip(texts, sizes, strict=True)]


def _turned(text: str) -> str:
    """The text in the order of the screen, with the blanks at its ends on the sides where they are meant."""
    core = text.strip(" ")
    if not core:
        return text
    before, after = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    left, right = (before, after) if screen_direction() == "ltr" else (after, before)
    return " " * left + visual_text(core) + " " * right


def reading_x(x: int, width: int) -> int:
    """Columns from the side on which reading begins to a place that is `x` columns from the left."""
    return x if screen_direction() == "ltr" else width - 1 - x


def onward(columns: int) -> int:
    """Columns to the right as columns onward in reading."""
    return columns if screen_direction() == "ltr" else -columns


def ink(style: Style) -> Style:
    """The style without its background, to be drawn on a row that has its own."""
    return Style(color=style.color, bold=style.bold, dim=style.dim)


def bar_marks(share: float, width: int) -> int:
    """Columns of a bar that are full; some of a share above nothing, all of a whole one only."""
    most = width if share >= 1 else width - 1
    return max(min(most, max(int(share * width), 1 if share > 0 else 0)), 0)


def bar(share: float, width: int, style: Style, track: Style) -> list[Cell]:
    """A progress bar as a chart of the report draws it."""
    return [
        Cell(mark.text, len(mark.text), track if mark.tone == "border" else style, drawn=True)
        for mark in charted(share, width, "high")
    ]


def cells_width(cells: Iterable[Cell]) -> int:
    """Columns of cells of a set width."""
    return sum(cell.width for cell in cells)


def spread(cells: Iterable[Cell]) -> list[Cell]:
    """The cells without those of no width, which `row` would stretch."""
    return [cell for cell in cells if cell.width]


def changed_columns(before: list[Cell], after: list[Cell], width: int) -> tuple[int, int]:
    """Where a line is another than before: its first column in reading, and how many."""
    if before == after:
        return 0, 0
    if cells_width(before) != cells_width(after):
        return 0, width
    start = _same_width(before, after)
    return start, cells_width(after) - start - _same_width(before[::-1], after[::-1])


def _same_width(before: list[Cell], after: list[Cell]) -> int:
    """Columns of the cells with which both begin."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    return cells_width(cell for cell, _ in same)


_HYPHENS = re.compile(r"(?<=[A-Za-z]-)(?=[A-Za-z])")


def fit_words(text: str, width: int) -> str:
    """The text with every word cut that is longer than a line, so that none is broken.

    A hyphen between letters is a place to break at; what has a digit is not cut: it would be another number.
    """
    if width < 2 or cell_len(text) <= width:
        return text
    return " ".join(_fit_word(word, width) for word in text.split(" "))


def _fit_word(word: str, width: int) -> str:
    parts = _HYPHENS.split(word) if word.isascii() else [word]
    if max(map(cell_len, parts)) <= width or any(char.isdigit() for char in word):
        return word
    return "".join(cut(part, width) for part in parts)


def wrap(text: str, width: int) -> tuple[DrawnRow, ...]:
    """The text in lines of at most `width` columns, broken between words where it can be."""
    return _kept(text, width) if len(text) <= KEPT_LENGTH else _wrapped(text, width)


def _wrapped(text: str, width: int) -> tuple[DrawnRow, ...]:
    whole = " ".join(safe(text).split("\n"))
    starts = line_starts(whole, width)
    if len(starts) == 1:
        return (DrawnRow(whole, 0, whole),)
    ends = (*starts[1:], len(whole))
    return tuple(
        DrawnRow(whole[start:end].rstrip(), start, whole) for start, end in zip(starts, ends, strict=True)
    )


_kept = lru_cache(maxsize=4096, typed=True)(_wrapped)
