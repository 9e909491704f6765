"""Grapheme clusters with their widths: a letter with its marks, an emoji with its parts."""

from __future__ import annotations

from typing import NamedTuple

from rich.cells import split_graphemes


class Cluster(NamedTuple):
    """A piece of text that the cursor does not enter."""

    start: int
    end: int
    width: int
    """Cells: 1 or 2; 0 only if the whole text takes no cell."""
    body: int
    """Index of the character that takes the cell; direction marks may precede it."""


def clusters(text: str) -> list[Cluster]:
    """The clusters of a text, in logical order and without gaps."""
    if text.isascii() and text.isprintable():
        return [Cluster(index, index + 1, 1, index) for index in range(len(text))]
    spans = split_graphemes(text)[0]
    found = [Cluster(start, end, width, start) for start, end, width in spans]
    if len(found) > 1 and not found[0].width:  # Rich joins characters without width to the cluster before
        leading, first = found[:2]
        found[:2] = [Cluster(leading.start, first.end, first.width, first.start)]
    return found
