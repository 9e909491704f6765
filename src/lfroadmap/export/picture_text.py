"""Texts of a picture: how wide they are, where they break, and in which direction they run.

Programs that draw SVG wrap nothing, and few of them know the attribute `direction`. So lines are broken here,
by widths that no common font exceeds, and carry their direction as invisible marks, which all but the
simplest of them read.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from lfroadmap.bidi.cutting import cut
from lfroadmap.bidi.ltr_words import ltr_word
from lfroadmap.bidi.marks import DIRECTION_MARKS, LRE, LRM, PDF, RLE
from lfroadmap.text import Direction, direction, one_line

_NARROW: Final = frozenset("iIjlftr.,:;|!'`()[]{}-/\\׳״ווןי· \u00a0")
_WIDE: Final = frozenset("mwMW%@#&+=<>~—…")
_WIDTHS: Final = {"narrow": 0.42, "plain": 0.64, "capital": 0.76, "wide": 0.98}
"""Widths of letters in DejaVu Sans, the widest of the fonts that are named, in shares of the size."""
BOLD: Final = 1.12
"""Width of a bold text by that of a plain one."""


def width_of(text: str, size: float) -> float:
    """An upper bound of the width of a line, in the unit of `size`."""
    return sum(map(_letter, text)) * size


def _letter(char: str) -> float:
    if char in DIRECTION_MARKS or unicodedata.combining(char):
        return 0.0
    if char in _NARROW:
        return _WIDTHS["narrow"]
    if char in _WIDE or (char > "\u2000" and unicodedata.category(char) != "Sc"):
        return 1.05 if unicodedata.east_asian_width(char) in "WF" else _WIDTHS["wide"]
    return _WIDTHS["capital"] if char.isupper() else _WIDTHS["plain"]


def wrapped(text: str, width: float, size: float, most: int) -> tuple[str, ...]:
    """The lines of a text, none wider than `width`; at most so many, of which the last may be cut."""
    rest = " ".join(one_line(text).split()).replace(" · ", "\u00a0· ")  # a dot ends a line, it begins none
    lines: list[str] = []
    while rest and len(lines) < most - 1:
        end = _line_end(rest, width, size)
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*lines, _shortened(rest, width, size)) if rest else tuple(lines)


def _line_end(text: str, width: float, size: float) -> int:
    """Where the first line of a text ends: behind the last word that fits, or within one that never would."""
    end = _fitting(text, width, size)
    if end == len(text) or text[end] == " ":
        return end
    return text.rfind(" ", 0, end) + 1 or end


def _fitting(text: str, width: float, size: float) -> int:
    """The number of letters of a text that fit; at least one."""
    used, end = 0.0, 0
    while end < len(text) and used + _letter(text[end]) * size <= width:
        used += _letter(text[end]) * size
        end += 1
    return max(end, 1)


def _shortened(text: str, width: float, size: float) -> str:
    """The beginning of a text that fits, with a sign that there is more."""
    room = _fitting(text, width - size, size)
    return text if _fitting(text, width, size) == len(text) else cut(text, room)


def in_order(line: str, base: Direction) -> str:
    """A line with the marks that give it its direction in a picture of direction `base`."""
    way = direction(line, base)
    if way == "rtl":
        return f"{RLE}{ltr_word().sub(_marked, line)}{PDF}"
    return f"{LRE}{line}{PDF}" if direction(line, "rtl") == "rtl" else line


_marked: Final = rf"{LRM}\1{LRM}"
