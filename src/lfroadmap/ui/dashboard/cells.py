"""Cells: pieces of a line, each a text in so many columns and in one tone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rich.cells import cell_len

from lfroadmap.report.charts.marks import Marks
from lfroadmap.report.palette import ToneName
from lfroadmap.text import one_line


class Cell(NamedTuple):
    """A piece of a line. `width` 0 takes what the others leave; a text too long ends in `…`."""

    text: str
    width: int = 0
    tone: ToneName = "text"
    at_end: bool = False
    """Aligned to the side on which reading ends."""
    bold: bool = False
    drawn: bool = False
    """A drawing, which is mirrored character by character, and no text."""


Line = tuple[Cell, ...]


def said(text: str, tone: ToneName = "text", *, bold: bool = False) -> Cell:
    """A text in the columns that it needs."""
    shown = one_line(text)
    return Cell(shown, cell_len(shown), tone, bold=bold)


def gap(width: int) -> Cell:
    """Blank columns."""
    return Cell("", width)


def drawing(marks: Marks) -> list[Cell]:
    """A chart's line as cells."""
    return [Cell(mark.text, len(mark.text), mark.tone, drawn=True) for mark in marks if mark.text]


def columns_of(cells: Iterable[Cell]) -> int:
    """The columns that cells of a fixed width take."""
    return sum(cell.width for cell in cells)


def widest(texts: Iterable[str], most: int | None = None) -> int:
    """The columns of the longest text."""
    width = max((cell_len(one_line(text)) for text in texts), default=0)
    return width if most is None else min(width, most)
