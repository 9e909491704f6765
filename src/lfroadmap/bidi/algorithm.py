"""The Unicode Bidirectional Algorithm (UAX #9): levels of a paragraph, and the order of a line on the screen.

A level is even for left to right, odd for right to left. A paragraph holds no line end inside; `levels` are
of the whole paragraph, and each line that it is cut into is ordered by `line_levels` of its part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from lfroadmap.bidi.explicit import explicit_levels, first_strong, isolate_pairs, run_sequences
from lfroadmap.bidi.rules import Bracket, sequence_levels
from lfroadmap.bidi.tables import BRACKET, BRACKETS, REMOVED, classes, has_marks, has_rtl

LTR, RTL = 0, 1

_ISOLATED = re.compile("[678]")
_BLANK_ENDS = re.compile(r"(?<![W0-9])[W0-9]*+(?:[PT]|\Z)")
"""White space and formatting before a tab or the end, and the tab itself (L1)."""


def base_level(text: str, default: int = LTR) -> int:
    """The paragraph's level by its first strong character (P2, P3)."""
    return class_base(classes(text), default)


def class_base(codes: str, default: int = LTR) -> int:
    """`base_level` of a text that is known by its classes."""
    pairs = isolate_pairs(codes) if _ISOLATED.search(codes) else {}
    level = first_strong(codes, pairs, 0, len(codes))
    return default if level is None else level


def levels(text: str, base: int) -> tuple[int, ...]:
    """The level of each character of a paragraph, before it is cut into lines."""
    if not base and not has_rtl(text) and not has_marks(text):
        return (LTR,) * len(text)
    brackets = {match.start(): BRACKETS[match[0]] for match in BRACKET.finditer(text)}
    return class_levels(classes(text), base, brackets)


def class_levels(codes: str, base: int, brackets: dict[int, tuple[str, bool]]) -> tuple[int, ...]:
    """`levels` of a text that is known by its classes, and by which of its characters are which brackets."""
    pairs = isolate_pairs(codes) if _ISOLATED.search(codes) else {}
    found, kinds = explicit_levels(codes, base, pairs)
    for run in run_sequences(codes, found, base, pairs):
        own = "".join([kinds[index] for index in run.indexes])
        held = _brackets_in(run.indexes, brackets) if brackets else ()
        resolved = sequence_levels(own, run.level, run.before, run.after, held)
        for index, level in zip(run.indexes, resolved, strict=True):
            found[index] = level
    return tuple(found if REMOVED.isdisjoint(codes) else _with_removed(codes, found, base))


def _brackets_in(indexes: Sequence[int], brackets: dict[int, tuple[str, bool]]) -> tuple[Bracket, ...]:
    """The brackets of one sequence, by their places in it."""
    return tuple((place, *brackets[index]) for place, index in enumerate(indexes) if index in brackets)


def _with_removed(codes: str, found: Sequence[int], base: int) -> list[int]:
    """Levels in which characters that rule X9 removes have the level of what is before them."""
    filled, last = [], base
    for code, level in zip(codes, found, strict=True):
        last = last if code in REMOVED else level
        filled.append(last)
    return filled


def line_levels(codes: str, found: Sequence[int], base: int) -> list[int]:
    """Levels of one line: blanks at its end, and tabs with blanks before them, go back to the base (L1).

    `codes` are the classes of the line's characters, `found` their levels in the paragraph.
    """
    reset = list(found)
    for match in _BLANK_ENDS.finditer(codes):
        reset[match.start() : match.end()] = [base] * len(match[0])
    return reset


def visual_order(found: Sequence[int]) -> list[int]:
    """The places of a line's characters from left to right (L2)."""
    runs = [(level, list(run)) for level, run in groupby(range(len(found)), found.__getitem__)]
    odd = [level for level, _ in runs if level & 1]
    if not odd:
        return list(range(len(found)))
    for depth in range(max(level for level, _ in runs), min(odd) - 1, -1):
        runs = _reversed_from(runs, depth)
    return [place for level, run in runs for place in (run[::-1] if level & 1 else run)]


def _reversed_from(runs: list[tuple[int, list[int]]], depth: int) -> list[tuple[int, list[int]]]:
    """The runs with each stretch that is as deep as `depth` or deeper turned around."""
    turned: list[tuple[int, list[int]]] = []
    for deep, stretch in groupby(runs, lambda run: run[0] >= depth):
        part = list(stretch)
        turned += reversed(part) if deep else part
    return turned
