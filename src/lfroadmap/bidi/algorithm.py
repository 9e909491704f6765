"""The Unicode Bidirectional Algorithm (UAX #9): levels of a paragraph, and the visual order of a line.

Even levels are left to right, odd levels right to left. A paragraph contains no line break. `levels` are
those of the whole paragraph; each line that it wraps to is ordered by the `line_levels` of its part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from lfroadmap.bidi.explicit import explicit_levels, first_strong, isolate_pairs, run_sequences
from lfroadmap.bidi.rules import Bracket, sequence_levels
from lfroadmap.bidi.tables import BRACKET, BRACKETS, LTR, REMOVED, classes, has_marks, has_rtl

_ISOLATED = re.compile("[678]")
_BLANK_ENDS = re.compile(r"(?<![W0-9])[W0-9]*+(?:[PT]|\Z)")
"""White space and formatting before a tab or the end, with the tab (L1)."""


def base_level(text: str, default: int = LTR) -> int:
    """The level of a paragraph by its first strong character (P2, P3)."""
    return class_base(classes(text), default)


def class_base(codes: str, default: int = LTR) -> int:
    """`base_level` of a text that is given by its classes."""
    pairs = isolate_pairs(codes) if _ISOLATED.search(codes) else {}
    level = first_strong(codes, pairs, 0, len(codes))
    return default if level is None else level


def levels(text: str, base: int) -> tuple[int, ...]:
    """The level of each character of a paragraph, before it is wrapped."""
    if not base and not has_rtl(text) and not has_marks(text):
        return (LTR,) * len(text)
    brackets = {match.start(): BRACKETS[match[0]] for match in BRACKET.finditer(text)}
    return class_levels(classes(text), base, brackets)


def class_levels(codes: str, base: int, brackets: dict[int, tuple[str, bool]]) -> tuple[int, ...]:
    """`levels` of a text that is given by its classes and its brackets by index."""
    pairs = isolate_pairs(codes) if _ISOLATED.search(codes) else {}
    found, kinds = explicit_levels(codes, base, pairs)
    for run in run_sequences(codes, found, base, pairs):
        own = "".join([kinds[index] for index in run.indexes])
        pairs_in_run = _brackets_in(run.indexes, brackets) if brackets else ()
        resolved = sequence_levels(own, run.level, run.before, run.after, pairs_in_run)
        for index, level in zip(run.indexes, resolved, strict=True):
            found[index] = level
    return tuple(found if REMOVED.isdisjoint(codes) else _with_removed(codes, found, base))


def _brackets_in(indexes: Sequence[int], brackets: dict[int, tuple[str, bool]]) -> tuple[Bracket, ...]:
    """The brackets of one sequence, by their positions in it."""
    return tuple((position, *brackets[index]) for position, index in enumerate(indexes) if index in brackets)


def _with_removed(codes: str, found: Sequence[int], base: int) -> list[int]:
    """The levels, where characters that rule X9 removes take the level of the character before them."""
    filled, last = [], base
    for code, level in zip(codes, found, strict=True):
        last = last if code in REMOVED else level
        filled.append(last)
    return filled


def line_levels(codes: str, found: Sequence[int], base: int) -> list[int]:
    """The levels of one line: trailing blanks, and tabs with the blanks before them, get the base level (L1).

    `codes` are the classes of the line's characters, `found` their levels in the paragraph.
    """
    reset = list(found)
    for match in _BLANK_ENDS.finditer(codes):
        reset[match.start() : match.end()] = [base] * len(match[0])
    return reset


def visual_order(found: Sequence[int]) -> list[int]:
    """The positions of a line's characters from left to right (L2), given their levels."""
    runs = [(level, list(run)) for level, run in groupby(range(len(found)), found.__getitem__)]
    odd = [level for level, _ in runs if level & 1]
    if not odd:
        return list(range(len(found)))
    for depth in range(max(level for level, _ in runs), min(odd) - 1, -1):
        runs = _reversed_from(runs, depth)
    return [position for level, run in runs for position in (run[::-1] if level & 1 else run)]


def _reversed_from(runs: list[tuple[int, list[int]]], depth: int) -> list[tuple[int, list[int]]]:
    """The runs, with each sequence of runs at `depth` or deeper reversed."""
    ordered: list[tuple[int, list[int]]] = []
    for deep, sequence in groupby(runs, lambda run: run[0] >= depth):
        part = list(sequence)
        ordered += reversed(part) if deep else part
    return ordered
