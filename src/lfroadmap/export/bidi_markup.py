"""Which parts of a line a reader of the page must see left to right, for faces that mark them up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lfroadmap.bidi.ltr_words import LTR_WORD
from lfroadmap.text import Direction, direction


class DirectionRun(NamedTuple):
    """A part of a line that reads one way."""

    text: str
    apart: bool
    """It reads left to right in a line that reads right to left."""


def runs(text: str, base: Direction) -> tuple[Direction, Iterator[DirectionRun]]:
    """Which way a line of clean text reads on a page of direction `base`, and its parts in order."""
    way = direction(text, base)
    if way == "ltr":
        return way, iter((DirectionRun(text, False),))
    return way, (DirectionRun(part, bool(n % 2)) for n, part in enumerate(LTR_WORD.split(text)) if part)
