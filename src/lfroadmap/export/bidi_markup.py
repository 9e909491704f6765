"""Parts of a line that must be isolated left to right, for formats that mark them up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lfroadmap.bidi.ltr_words import ltr_word
from lfroadmap.text import Direction, direction


class DirectionRun(NamedTuple):
    """A part of a line in one direction."""

    text: str
    apart: bool
    """True for a left-to-right part beside right-to-left text."""


def direction_runs(text: str, base: Direction) -> tuple[Direction, Iterator[DirectionRun]]:
    """The direction of a line of clean text on a page of direction `base`, and its parts in order."""
    way = direction(text, base)
    if way == "ltr" and direction(text, "rtl") == "ltr":
        return way, iter((DirectionRun(text, False),))
    return way, (DirectionRun(part, bool(n % 2)) for n, part in enumerate(ltr_word().split(text)) if part)
