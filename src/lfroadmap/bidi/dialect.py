"""What a terminal is sent so that it shows a line that is in visual order already.

Some terminals order text once more. Each dialect undoes that in advance, or asks them not to.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from lfroadmap.bidi.algorithm import RTL, class_levels, visual_order
from lfroadmap.bidi.clusters import clusters
from lfroadmap.bidi.tables import MIRRORED, bidi_class, classes, has_rtl
from lfroadmap.bidi.terminals import DialectName

Cell = tuple[str, bool]
"""A cluster as it is drawn, and whether its letter reads from the right."""

LEFT_TO_RIGHT_MARK = "\u200e"
LETTER_LIKE_BLANK = "\u2800"
"""A Braille cell without dots: drawn as a space, ordered as a Latin letter."""

_WORDS = re.compile("[RA]{2,}")
_STRETCHES = re.compile("[RA](?:[^L]*[RA])?")
_LOOSE_SPACE = re.compile("(?<=[^LW])W|W(?=[^LW])")


def _as_it_is(cells: Sequence[Cell]) -> list[str]:
    return [text for text, _ in cells]


def _marked(cells: Sequence[Cell]) -> list[str]:
    """A mark after each right-to-left cell: no two of them are neighbours to be turned around."""
    return [text + LEFT_TO_RIGHT_MARK if rtl else text for text, rtl in cells]


def _codes(cells: Sequence[Cell]) -> str:
    """The class of each cell, as a letter of tables.CODES."""
    return "".join(["R" if rtl else classes(text[:1]) or "O" for text, rtl in cells])


def _words_turned(cells: Sequence[Cell]) -> list[str]:
    """Each word backwards, for a terminal that turns words around."""
    texts = _as_it_is(cells)
    for word in _WORDS.finditer(_codes(cells)):
        texts[word.start() : word.end()] = reversed(texts[word.start() : word.end()])
    return texts


def _held(cells: Sequence[Cell]) -> tuple[list[str], str]:
    """Texts and classes with each space that touches no Latin letter made a Latin one, to part the words."""
    texts, codes = _as_it_is(cells), _codes(cells)
    if "R" in codes:
        for space in _LOOSE_SPACE.finditer(codes):
            texts[space.start()] = LETTER_LIKE_BLANK
        codes = _LOOSE_SPACE.sub("L", codes)
    return texts, codes


def _stretch_order(codes: str) -> tuple[list[int], list[bool]]:
    """How a terminal orders a stretch from one right-to-left letter to another; which places it mirrors.

    Done twice it is undone, so it also tells what to send.
    """
    found = class_levels(codes, RTL, {})
    order = visual_order(found)
    return order, [bool(found[place] & 1) for place in order]


def word_sources(cells: Sequence[Cell]) -> list[int]:
    """Place in what is sent in the dialect `word` -> the cell of the line that was put there."""
    _, codes = _held(cells)
    sources = list(range(len(cells)))
    for stretch in _STRETCHES.finditer(codes):
        order, _ = _stretch_order(stretch[0])
        sources[stretch.start() : stretch.end()] = [stretch.start() + place for place in order]
    return sources


def _stretches_turned(cells: Sequence[Cell]) -> list[str]:
    """Words, with what joins them, backwards between blanks that are ordered as letters."""
    texts, codes = _held(cells)
    sent = list(texts)
    for stretch in _STRETCHES.finditer(codes):
        start = stretch.start()
        for place, (source, odd) in enumerate(zip(*_stretch_order(stretch[0]), strict=True), start):
            text = texts[start + source]
            sent[place] = MIRRORED.get(text, text) if odd else text
    return sent


@dataclass(frozen=True, slots=True)
class Dialect:
    """How to write to one kind of terminal."""

    name: DialectName
    write: Callable[[Sequence[Cell]], list[str]] = _as_it_is
    """The cells of a line, left to right -> what is sent for each; styles stay with the places."""
    enter: str = ""
    """Sent before the first line."""
    leave: str = ""
    """Sent when the program ends, however it ends."""

    @property
    def rewrites(self) -> bool:
        """Whether lines are sent otherwise than they are drawn."""
        return self.write is not _as_it_is


DIALECTS: dict[DialectName, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("plain"),
        Dialect("explicit", enter="\x1b[8l", leave="\x1b[8h"),
        Dialect("lrm", _marked),
        Dialect("kitty", _words_turned),
        Dialect("word", _stretches_turned),
        Dialect("mlterm", enter="\x1b]5379;use_ctl=false\x07", leave="\x1b]5379;use_ctl=true\x07"),
    )
}

PLAIN = DIALECTS["plain"]


def cells_of(text: str) -> list[Cell]:
    """The cells of a piece of a line that is in visual order."""
    return [(text[cut.start : cut.end], bidi_class(text[cut.body]) in ("R", "AL")) for cut in clusters(text)]


def write_texts(dialect: Dialect, texts: Sequence[str]) -> list[str]:
    """The pieces of one line in visual order, each as it is sent."""
    if dialect.write is _as_it_is or not any(map(has_rtl, texts)):
        return list(texts)
    pieces = [cells_of(text) for text in texts]
    sent = iter(dialect.write([cell for piece in pieces for cell in piece]))
    return ["".join([next(sent) for _ in piece]) for piece in pieces]


def pointed_cell(dialect: Dialect, text: str, column: int) -> int:
    """The column of the screen that a mouse report means, in a line in visual order.

    Terminals of the dialect `word` report columns of what they were sent, before they order it.
    """
    if dialect.name != "word" or not has_rtl(text):
        return column
    widths = [cut.width for cut in clusters(text)]
    passed = 0
    for source in word_sources(cells_of(text)):
        if passed <= column < passed + widths[source]:
            return sum(widths[:source]) + column - passed
        passed += widths[source]
    return column
