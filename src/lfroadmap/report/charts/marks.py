"""Marks: pieces of a drawn line, each in one tone."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from lfroadmap.report.palette import ToneName

BLOCK, HALF = "█", "▄"
"""A column's cell that is full, and full to the half."""
_BLOCKS = (BLOCK, HALF)
_MIRRORED = str.maketrans("╾╼╭╮╰╯▌▐‹›←→", "╼╾╮╭╯╰▐▌›‹→←")
_ASCII = str.maketrans("━─╾╼●╌│·█▁▂▃▄▅▆▇▲■✓○◊‹›╰╭╯╮┴┬←→", "=-==o-|.#_..--==!!*ox<>++++++<>")


class Mark(NamedTuple):
    """Characters of one tone, each one column wide."""

    text: str
    tone: ToneName


Marks = tuple[Mark, ...]
"""A drawn line, or a part of one, in reading order."""


def joined(cells: Iterable[Mark]) -> Marks:
    """The cells with neighbours of one tone as one mark; blocks stay apart from other characters."""
    groups = groupby(cells, _kind)
    return tuple(Mark("".join(cell.text for cell in group), tone) for (_, tone), group in groups)


def _kind(cell: Mark) -> tuple[str, ToneName]:
    return (cell.text[0] if cell.text[0] in _BLOCKS else "", cell.tone)


def mirrored(text: str) -> str:
    """A drawing as it is drawn from right to left."""
    return text[::-1].translate(_MIRRORED)


def in_ascii(text: str) -> str:
    """A drawing for a terminal that has nothing but ASCII."""
    return text.translate(_ASCII)
