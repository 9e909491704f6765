"""Text cut into what takes cells of its own: a letter with its marks, an emoji with its parts."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import split_graphemes


class Cluster(NamedTuple):
    """A piece of text that the cursor does not enter."""

    start: int
    end: int
    width: int
    """Cells: 1 or 2; 0 only where the whole text takes no cell."""
    body: int
    """Index of the character that takes the cell; what only directs may stand before it."""


def clusters(text: str) -> list[Cluster]:
    """The clusters of a text, in logical order and without gaps."""
    if text.isascii() and text.isprintable():
        return [Cluster(index, index + 1, 1, index) for index in range(len(text))]
    spans = split_graphemes(text)[0]
    cut = [Cluster(start, end, width, start) for start, end, width in spans]
    if len(cut) > 1 and not cut[0].width:  # only the first may have none: others go with what is before them
        lone, first = cut[:2]
        cut[:2] = [Cluster(lone.start, first.end, first.width, first.start)]
    return cut
