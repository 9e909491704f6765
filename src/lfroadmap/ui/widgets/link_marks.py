"""The line under the addresses in a drawn text."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from lfroadmap.roadmap.links import links_in
from lfroadmap.ui.widgets.row_drawing import DrawnRow

_UNDERLINED = Style(underline=True)


def pieces_in(line: DrawnRow) -> list[str]:
    """The parts of a text's addresses that are in one of its lines."""
    if ":" not in line.whole:
        return []
    start, end = line.start, line.start + len(line.text)
    cut = ((max(link.start, start), min(link.end, end)) for link in links_in(line.whole))
    return [line.whole[first:last] for first, last in cut if first < last]


def underline(strip: Strip, pieces: Iterable[str]) -> Strip:
    """A drawn line with a line under each of the texts in it.

    An address is drawn in its own order also in a line from right to left, if it has no letter of such a
    script; one that has is left as it is.
    """
    text, cuts, at = strip.text, [0], 0
    for piece in pieces:
        found = text.find(piece)
        if found >= 0:
            before = cell_len(text[:found])
            cuts += [before, before + cell_len(piece)]
    if len(cuts) == 1:
        return strip
    order = sorted(zip(cuts[1::2], cuts[2::2], strict=True))
    parts = []
    for first, last in order:
        if first >= at:
            parts += [strip.crop(at, first), strip.crop(first, last).apply_style(_UNDERLINED)]
            at = last
    return Strip.join([*parts, strip.crop(at, strip.cell_length)])
