"""Which parts of a line a reader of the page must see left to right, for faces that mark them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lfroadmap.text import Direction, direction

_BEFORE = r"(?:(?<![^\s(\[{])|(?<=[א-ת]-))"
_APART = re.compile(
    rf"({_BEFORE}[-+−–±]\d[\d.,]*%?"  # `+20%`: the sign would go to the other side
    rf"|{_BEFORE}[/@#~\\$_.+-]+[A-Za-z](?:[^\s()\[\]{{}},;]*[\w/+#])?"  # `/pricing`, `@dana`
    r"|(?<![\w.+#/])[A-Za-z][A-Za-z0-9.]*[+#]+)"  # `C++`
    r"(?=$|[\s.,;:!?)\]}])"
)
"""Left-to-right words in a Hebrew line whose first or last sign would go to the wrong side."""


class Run(NamedTuple):
    """A part of a line that reads one way."""

    text: str
    apart: bool
    """It reads left to right in a line that reads right to left."""


def runs(text: str, base: Direction) -> tuple[Direction, Iterator[Run]]:
    """Which way a line of clean text reads on a page of direction `base`, and its parts in order."""
    way = direction(text, base)
    if way == "ltr":
        return way, iter((Run(text, False),))
    return way, (Run(part, bool(n % 2)) for n, part in enumerate(_APART.split(text)) if part)
