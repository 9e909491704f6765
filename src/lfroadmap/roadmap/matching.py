"""Matching typed words against texts: without regard to case, vowel points, final letters, direction marks.

Textual's own search takes minutes for long texts: its time doubles with each letter that the text has more
than once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from lfroadmap.bidi.marks import DIRECTION_MARKS
from lfroadmap.text import clean

_IGNORED = dict.fromkeys(
    [
        *map(ord, DIRECTION_MARKS),
        *range(0x0300, 0x0370),  # Latin accents
        *(code for code in range(0x0591, 0x05C8) if unicodedata.category(chr(code)) == "Mn"),  # Hebrew points
        *range(0x064B, 0x0660),  # Arabic vowel signs
        0x0670,
        0x00AD,
        *range(0x200B, 0x200E),
        0xFEFF,
    ]
)  # fmt: skip
_SAME = {ord("״"): '"', ord("׳"): "'", ord("־"): "-", ord("’"): "'", ord("”"): '"', ord("“"): '"', 0xA0: " "}
"""Characters that a keyboard has another one for."""
_FINALS = dict(zip("ךםןףץ", "כמנפצ", strict=True))
"""A Hebrew letter at the end of a word -> the same letter elsewhere."""
_FOLDED = {**_IGNORED, **_SAME, **{ord(final): letter for final, letter in _FINALS.items()}}

_SPECIAL = re.compile("[^\0-~\u05d0-\u05ea]")
"""Characters for which lower case is not enough; most texts have none, and 10,000 are folded at once."""

WHOLE, BEGINNING, WORD, INSIDE, ABOUT, SCATTERED = 4.0, 3.0, 2.0, 1.0, 0.25, 0.1
"""Scores of a word: the whole name, its beginning, a word's beginning or inside in it, in the description;
and of a query of which only the letters are there, in their order."""


EXCERPT = 160
"""Characters of a long text that are shown."""


class Match(NamedTuple):
    """A name that was found: the higher the score, the better; and the matching letters of the name."""

    score: float
    offsets: tuple[int, ...]


def fold(text: str) -> str:
    """The text for comparing: without case, accents, vowel points, final letters and invisible characters."""
    if text.isascii():
        return text.lower()
    if not _SPECIAL.search(text):
        text = text.lower()
        for final, letter in _FINALS.items():
            text = text.replace(final, letter)
        return text
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_FOLDED)


def query_words(query: str) -> list[str]:
    """The folded words of a query."""
    return fold(clean(query)).split()


def score(words: Sequence[str], name: str, about: str) -> float | None:
    """How well words fit a folded name and description; None where one of them stands in neither."""
    total = 0.0
    for word in words:
        at = name.find(word)
        if at >= 0:
            total += BEGINNING if at == 0 else WORD if not name[at - 1].isalnum() else INSIDE
        elif word in about:
            total += ABOUT
        else:
            return None
    return total + WHOLE - BEGINNING if words and name == " ".join(words) else total


def offsets(words: Sequence[str], name: str) -> tuple[int, ...]:
    """The places of the words' letters in a name that is not folded."""
    folded, places = _with_places(name)
    found = set[int]()
    for word in words:
        at = folded.find(word)
        if at >= 0:
            found.update(places[at : at + len(word)])
    return tuple(sorted(found))


def excerpt(text: str, words: Sequence[str]) -> str:
    """A text, of a long one the part around the first of the words."""
    if len(text) <= EXCERPT:
        return text
    folded = fold(text)
    at = min((place for word in words if (place := folded.find(word)) >= 0), default=0)
    if at and len(folded) != len(text):
        at = _with_places(text)[1][at]
    start = max(min(at, len(text)) - EXCERPT // 4, 0)
    end = start + EXCERPT
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def match(query: str, name: str, about: str) -> Match | None:
    """How a query fits a name and its description; None where it does not.

    Each word of the query must stand in one of them, or all its letters in the name in their order.
    """
    words = query_words(query)
    found = score(words, fold(name), fold(about))
    if found is not None:
        return Match(found, offsets(words, name))
    places = scattered(words, name)
    return None if places is None else Match(SCATTERED, places)


def scattered(words: Sequence[str], name: str) -> tuple[int, ...] | None:
    """The places of all letters in their order, anywhere in a name; None where they are not all there."""
    folded, places = _with_places(name)
    at, found = -1, []
    for letter in "".join(words):
        at = folded.find(letter, at + 1)
        if at < 0:
            return None
        found.append(places[at])
    return tuple(sorted(set(found)))


def _with_places(text: str) -> tuple[str, list[int]]:
    """A folded text, and the offset in the text that each of its letters comes from."""
    pairs = [(letter, offset) for offset, sign in enumerate(text) for letter in fold(sign)]
    return "".join(letter for letter, _ in pairs), [offset for _, offset in pairs]
