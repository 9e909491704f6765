"""Encodings of lines in visual order for terminals that reorder text themselves.

Each dialect compensates in advance for the reordering of one kind of terminal, or switches it off.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from lfroadmap.bidi.clusters import clusters
from lfroadmap.bidi.marks import LRM
from lfroadmap.bidi.tables import MIRRORED, RTL, bidi_class, classes, has_rtl
from lfroadmap.bidi.terminals import DialectName

Cell = tuple[str, bool]
"""The drawn text of a cluster, and True if its letter is right to left."""

BRAILLE_BLANK = "\u2800"
"""A Braille cell without dots: drawn as a space, but its bidirectional class is that of a Latin letter."""

_RTL_WORD = re.compile("[RA]{2,}")
_RTL_STRETCH = re.compile("[RA](?:[^L]*[RA])?")
_SPACE_BESIDE_RTL = re.compile("(?<=[^LW])W|W(?=[^LW])")


def _unchanged(cells: Sequence[Cell]) -> list[str]:
    return [text for text, _ in cells]


def _with_marks(cells: Sequence[Cell]) -> list[str]:
    """A left-to-right mark after each right-to-left cell, so that no two form a run to be reversed."""
    return [text + LRM if rtl else text for text, rtl in cells]


def _codes(cells: Sequence[Cell]) -> str:
    """The bidirectional class of each cell, as a letter of tables.CODES."""
    return "".join(["R" if rtl else classes(text[:1]) or "O" for text, rtl in cells])


def _with_words_reversed(cells: Sequence[Cell]) -> list[str]:
    """Each right-to-left word backwards, for a terminal that reverses words."""
    texts = _unchanged(cells)
    for word in _RTL_WORD.finditer(_codes(cells)):
        texts[word.start() : word.end()] = reversed(texts[word.start() : word.end()])
    return texts


def _with_words_separated(cells: Sequence[Cell]) -> tuple[list[str], str]:
    """Texts and classes, with each space beside right-to-left text replaced by a BRAILLE_BLANK."""
    texts, codes = _unchanged(cells), _codes(cells)
    if "R" in codes:
        for space in _SPACE_BESIDE_RTL.finditer(codes):
            texts[space.start()] = BRAILLE_BLANK
        codes = _SPACE_BESIDE_RTL.sub("L", codes)
    return texts, codes


def _terminal_order(codes: str) -> tuple[list[int], list[bool]]:
    """The order in which a terminal draws a right-to-left stretch, and which positions it mirrors.

    The order is its own inverse, so it is also the order to send.
    """
    from lfroadmap.bidi.algorithm import class_levels, visual_order  # noqa: PLC0415 - few terminals need it

    found = class_levels(codes, RTL, {})
    order = visual_order(found)
    return order, [bool(found[position] & 1) for position in order]


def word_sources(cells: Sequence[Cell]) -> list[int]:
    """Position in the text that is sent in the dialect `word` -> the cell of the line that it shows."""
    _, codes = _with_words_separated(cells)
    sources = list(range(len(cells)))
    for stretch in _RTL_STRETCH.finditer(codes):
        order, _ = _terminal_order(stretch[0])
        sources[stretch.start() : stretch.end()] = [stretch.start() + position for position in order]
    return sources


def _with_stretches_reversed(cells: Sequence[Cell]) -> list[str]:
    """Right-to-left words, with the signs that join them, in the inverse of the terminal's order."""
    texts, codes = _with_words_separated(cells)
    sent = list(texts)
    for stretch in _RTL_STRETCH.finditer(codes):
        start = stretch.start()
        for position, (source, mirrored) in enumerate(zip(*_terminal_order(stretch[0]), strict=True), start):
            text = texts[start + source]
            sent[position] = MIRRORED.get(text, text) if mirrored else text
    return sent


class Dialect(NamedTuple):
    """The encoding for one kind of terminal."""

    name: DialectName
    encode: Callable[[Sequence[Cell]], list[str]] = _unchanged
    """The cells of a line, left to right -> the text to send at each position."""
    enter: str = ""
    """Sent before the first line."""
    leave: str = ""
    """Sent when the program ends, also after an error or a signal."""
    is_of_line: bool = False
    """True if `enter` is for the line of the cursor and for later ones, not for others that exist."""

    def enter_screen(self, height: int) -> str:
        """The codes that begin on a screen of so many lines, which exist already."""
        if not self.is_of_line:
            return self.enter
        return "".join(f"\x1b[{line};1H{self.enter}" for line in range(1, height + 1)) or self.enter

    @property
    def rewrites(self) -> bool:
        """True if lines are sent differently from how they are drawn."""
        return self.encode is not _unchanged


DIALECTS: dict[DialectName, Dialect] = {
    dialect.name: dialect
    for dialect in (
        Dialect("plain"),
        Dialect("explicit", enter="\x1b[8l", leave="\x1b[8h", is_of_line=True),
        Dialect("lrm", _with_marks),
        Dialect("kitty", _with_words_reversed),
        Dialect("word", _with_stretches_reversed),
        Dialect("mlterm", enter="\x1b]5379;use_ctl=false\x07", leave="\x1b]5379;use_ctl=true\x07"),
    )
}

PLAIN = DIALECTS["plain"]


def cells_of(text: str) -> list[Cell]:
    """The cells of a text in visual order."""
    return [
        (text[start:end], bidi_class(text[body]) in ("R", "AL")) for start, end, _, body in clusters(text)
    ]


def encode_texts(dialect: Dialect, texts: Sequence[str]) -> list[str]:
    """The pieces of one line in visual order -> the text to send for each piece."""
    if not dialect.rewrites or not any(map(has_rtl, texts)):
        return list(texts)
    pieces = [cells_of(text) for text in texts]
    sent = iter(dialect.encode([cell for piece in pieces for cell in piece]))
    return ["".join([next(sent) for _ in piece]) for piece in pieces]


def visible_column(dialect: Dialect, text: str, column: int) -> int:
    """The column on the screen that a mouse report refers to, in a line in visual order.

    Terminals of the dialect `word` report columns of the text they were sent, not of the text they draw.
    """
    if dialect.name != "word" or not has_rtl(text):
        return column
    widths = [cluster.width for cluster in clusters(text)]
    start = 0
    for source in word_sources(cells_of(text)):
        if start <= column < start + widths[source]:
            return sum(widths[:source]) + column - start
        start += widths[source]
    return column
