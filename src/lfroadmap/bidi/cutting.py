"""Cutting a line that does not fit, in the order of reading.

It imports nothing but the direction marks, so that any part of a program can use it at no cost.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable

from lfroadmap.bidi.marks import FSI, LRI, LRM, PDI, RLI, RLM

SIGN = "…"
"""Stands where something was cut off."""
_LONGEST_WORD = 24
"""Characters of the longest word with a digit that is kept whole, such as `+972-54-1234567`."""
_LONGEST_NUMBER = 200
"""Characters of the longest number that is kept whole."""
_WORD = re.compile(r"\S*\d\S*(?:[ \u00a0](?=[%‰₪$€£])\S+)?|[%‰₪$€£+−–±-]+[ \u00a0]\d\S*")
_NUMBER = re.compile(r"[-+−–±#₪$€£]*\d(?:[\d.,:/–−-]*\d)?(?:[ \u00a0]?[%‰₪$€£°])?")
_JOINER = "\u200d"
_STRONG = {"L": LRM, "R": RLM, "AL": RLM}


def cut(text: str, width: int, measure: Callable[[str], int] = len) -> str:
    """The line in at most `width` columns, its end replaced by `…` where it does not fit.

    A number is whole or absent, with its sign and its unit, and so is a short word that has one. Where a run
    of the other direction is cut, the sign stands at the end of that run, where reading goes on. `measure`
    gives the columns of a text.
    """
    if measure(text) <= width:
        return text
    if width < measure(SIGN):
        return ""
    end = _whole(text, _fitting(text, width - measure(SIGN), measure))
    shown = text[:end].rstrip()
    open_isolates = sum(map(shown.count, (LRI, RLI, FSI))) - shown.count(PDI)
    if open_isolates > 0:
        return f"{shown}{SIGN}{PDI * open_isolates}"
    found = f"{shown}{SIGN}{_mark(text, len(shown))}"
    return found if measure(found) <= width else f"{shown}{SIGN}"  # marks have no width on a screen


def _fitting(text: str, room: int, measure: Callable[[str], int]) -> int:
    """The index behind the longest beginning that fits and ends between two clusters."""
    most = range(min(len(text), 8 * room + 64) + 1)
    end = bisect_right(most, room, key=lambda index: measure(text[:index])) - 1
    while end > 0 and _joins(text, end):
        end -= 1
    return end


def _joins(text: str, index: int) -> bool:
    """True if the character at an index is drawn as a part of the one before."""
    if index >= len(text):
        return False
    char, before = text[index], text[index - 1]
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Mc"):
        return True
    if _JOINER in (char, before) or "\U0001f3fb" <= char <= "\U0001f3ff":
        return True
    return _is_region(char) and sum(1 for _ in _regions_before(text, index)) % 2 == 1


def _regions_before(text: str, index: int) -> str:
    """The letters of flags that end before an index."""
    start = index
    while start and _is_region(text[start - 1]):
        start -= 1
    return text[start:index]


def _is_region(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _whole(text: str, end: int) -> int:
    """The end before a number or a word with one that would be cut, else the end itself."""
    for pattern, longest in ((_WORD, _LONGEST_WORD), (_NUMBER, _LONGEST_NUMBER)):
        first = max(end - longest - 1, 0)  # farther away nothing reaches the end: a long text takes no longer
        near = text[first : end + longest + 1]
        for found in pattern.finditer(near):
            start, behind = first + found.start(), first + found.end()
            if start >= end:
                break
            if end < behind and behind - start <= longest:
                end = start
                break
    return end


def _mark(text: str, end: int) -> str:
    """The mark that keeps the sign in the run that is cut; empty where the cut is between two runs.

    A text of one direction needs none.
    """
    if text.isascii():
        return ""
    before = next(filter(None, map(_direction, reversed(text[:end]))), "")
    after = next(filter(None, map(_direction, text[end:])), "")
    if before != after or all(_direction(char) in ("", before) for char in text):
        return ""
    return before


def _direction(char: str) -> str:
    """The mark of the direction of a letter; empty for what is no letter."""
    return _STRONG.get(unicodedata.bidirectional(char), "")
