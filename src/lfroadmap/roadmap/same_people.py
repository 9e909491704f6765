"""Names that may be the same person's, as `Dana` and `Dana Levi` are. Nothing is joined by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

from lfroadmap.text import match_key

_FINAL = str.maketrans("ךםןףץ", "כמנפצ")
_BETWEEN = re.compile(r"[\W_]+")


class Alike(NamedTuple):
    """Two names of owners that may be the same person."""

    short: str
    long: str
    """The name that says more; of two that say the same the one that stands first."""


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name without case, accents, vowel points, signs between letters and final forms."""
    plain = unicodedata.normalize("NFKD", match_key(name)).casefold()
    bare = "".join(char for char in plain if unicodedata.category(char) != "Mn").translate(_FINAL)
    joined = re.sub(r"(?<=\w)['’׳\"״](?=\w)", "", bare)  # O'Neil, ג'ורג'
    return tuple(part for part in _BETWEEN.split(joined) if part)


def alike(names: Iterable[str]) -> tuple[Alike, ...]:
    """The pairs of different names that may be one person, in the order of the names."""
    each = [(name, name_parts(name)) for name in names]
    pairs = _candidates([parts for _, parts in each])
    return tuple(found for one, other in sorted(pairs) if (found := _pair(each[one], each[other])))


def _candidates(names: list[tuple[str, ...]]) -> set[tuple[int, int]]:
    """The pairs of names that can be alike at all, so that not all of many are compared."""
    groups: dict[object, list[int]] = {}
    for at, parts in enumerate(names):
        for key in {parts[:1], ("", *sorted(parts)), "".join(parts)}:
            groups.setdefault(key, []).append(at)
    pairs = {pair for places in groups.values() for pair in combinations(places, 2)}
    initials = [at for at, parts in enumerate(names) if parts and len(parts[0]) == 1]
    for one in initials:
        pairs |= {
            (min(one, other), max(one, other))
            for other, parts in enumerate(names)
            if other != one and parts and parts[0][0] == names[one][0]
        }
    return pairs


def _pair(one: tuple[str, tuple[str, ...]], other: tuple[str, tuple[str, ...]]) -> Alike | None:
    (name, parts), (second, others) = one, other
    if not _may_be_same(parts, others):
        return None
    is_shorter = (len(parts), sum(map(len, parts))) < (len(others), sum(map(len, others)))
    return Alike(name, second) if is_shorter else Alike(second, name)


def _may_be_same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True if the words are the same in any order, or those of one begin the other, initials for words.

    At least one word is the same in both.
    """
    if not one or not other:
        return False
    if sorted(one) == sorted(other) or "".join(one) == "".join(other):
        return True
    pairs = [*zip(one, other, strict=False)]
    return any(a == b and len(a) > 1 for a, b in pairs) and all(_same_word(a, b) for a, b in pairs)


def _same_word(one: str, other: str) -> bool:
    """True for equal words, and for an initial with its word."""
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))
