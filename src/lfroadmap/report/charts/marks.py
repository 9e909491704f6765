"""Marks: pieces of a drawn line, each in one tone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from lfroadmap.report.palette import ToneName

BLOCK, HALF = "█", "▄"
"""A column's cell that is full, and full to the half."""
_BLOCKS = (BLOCK, HALF)
_MIRRORED = str.maketrans("╾╼╭╮╰╯▌▐", "╼╾╮╭╯╰▐▌")
_ASCII = str.maketrans("━─╾╼●╌│·█▁▂▃▄▅▆▇▲■✓○", "=-==o-|.#_..--==!!*o")


class Mark(NamedTuple):
    """Characters of one tone, each one column wide."""

    text: str
    tone: ToneName


Marks = tuple[Mark, ...]
"""A drawn line, or a part of one, in reading order."""


def joined(cells: Iterable[Mark]) -> Marks:
    """The cells with neighbours of one tone as one mark; blocks stay apart from other characters."""
    out: list[Mark] = []
    for cell in cells:
        if out and out[-1].tone == cell.tone and _alike(out[-1].text[-1], cell.text[0]):
            out[-1] = Mark(out[-1].text + cell.text, cell.tone)
        else:
            out.append(cell)
    return tuple(out)


def _alike(first: str, second: str) -> bool:
    return first == second or (first not in _BLOCKS and second not in _BLOCKS)


def mirrored(text: str) -> str:
    """A drawing as it is drawn from right to left."""
    return text[::-1].translate(_MIRRORED)


def in_ascii(text: str) -> str:
    """A drawing for a terminal that has nothing but ASCII."""
    return text.translate(_ASCII)
