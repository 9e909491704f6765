"""Finding by a few letters: Textual's own search takes minutes for long texts, and fails on some letters.

Its time doubles with each letter that the text has more than once, and its offsets are those of the text in
lower case, which may be longer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Match(NamedTuple):
    """A name that was found: the higher the score, the better; and the matching letters of the name."""

    score: float
    offsets: tuple[int, ...]


def match(query: str, name: str, about: str) -> Match | None:
    """How a query fits a name and its description; None where it does not.

    Each word of the query must stand in one of them, or all its letters in the name in their order. Case
    does not matter.
    """
    words = query.casefold().split()
    if not words:
        return Match(0, ())
    folded, places = _folded(name)
    description = about.casefold()
    score, offsets = 0.0, set[int]()
    for word in words:
        at = folded.find(word)
        if at >= 0:
            score += 3 if at == 0 else 2 if not folded[at - 1].isalnum() else 1
            offsets.update(places[at : at + len(word)])
        elif word in description:
            score += 0.25
        else:
            return _scattered("".join(words), folded, places)
    if folded == query.casefold():
        score += 1
    return Match(score, tuple(sorted(offsets)))


def _scattered(letters: str, folded: str, places: Sequence[int]) -> Match | None:
    """All letters in their order, anywhere in a name: the weakest match."""
    at, offsets = -1, []
    for letter in letters:
        at = folded.find(letter, at + 1)
        if at < 0:
            return None
        offsets.append(places[at])
    return Match(0.1, tuple(sorted(set(offsets))))


def _folded(text: str) -> tuple[str, list[int]]:
    """A text without differences of case, and the offset in it that each letter of that comes from."""
    pairs = [(letter, offset) for offset, sign in enumerate(text) for letter in sign.casefold()]
    return "".join(letter for letter, _ in pairs), [offset for _, offset in pairs]
