"""Embeddings, overrides and isolates: rules X1 to X8 and X10 of the Unicode Bidirectional Algorithm."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lfroadmap.bidi.tables import REMOVED

MAX_DEPTH = 125
"""Highest explicit level (BD2)."""
_STRONG = {"L": 0, "R": 1, "A": 1}
_NO_FORMATTING = re.compile("[^P1-9]*")


class Run(NamedTuple):
    """An isolating run sequence (BD13): its characters, its level and the directions around it."""

    indexes: Sequence[int]
    level: int
    before: str
    """`L` or `R`: the direction before it (sos)."""
    after: str
    """`L` or `R`: the direction after it (eos)."""


class _Status(NamedTuple):
    """One entry of the directional status stack."""

    level: int
    override: str
    isolate: bool


def isolate_pairs(classes: str) -> dict[int, int]:
    """Index of each isolate initiator -> the index of its matching PDI (BD9)."""
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for index, code in enumerate(classes):
        if code in "678":
            opened.append(index)
        elif code == "9" and opened:
            pairs[opened.pop()] = index
    return pairs


def first_strong(classes: str, pairs: Mapping[int, int], start: int, end: int) -> int | None:
    """The level of the first strong character between two indexes (P2, P3); None if there is none.

    The content of isolates is skipped.
    """
    index = start
    while index < end:
        code = classes[index]
        if code in _STRONG:
            return _STRONG[code]
        index = pairs.get(index, end) + 1 if code in "678" else index + 1
    return None


class _Stack:
    """The directional status stack and the overflow counts of rule X1."""

    def __init__(self, base: int) -> None:
        self.entries = [_Status(base, "", False)]
        self.isolates = 0
        self.overflow_isolates = 0
        self.overflow_embeddings = 0

    @property
    def top(self) -> _Status:
        return self.entries[-1]

    def _push(self, rtl: bool, override: str, isolate: bool) -> bool:
        """Add an entry one level deeper; False beyond the maximum depth."""
        level = (self.top.level + 1) | 1 if rtl else (self.top.level + 2) & ~1
        if level > MAX_DEPTH or self.overflow_isolates or self.overflow_embeddings:
            return False
        self.entries.append(_Status(level, override, isolate))
        return True

    def embed(self, code: str) -> None:
        """Begin an embedding or an override (X2 to X5)."""
        pushed = self._push(code in "24", {"3": "L", "4": "R"}.get(code, ""), False)
        if not pushed and not self.overflow_isolates:
            self.overflow_embeddings += 1

    def isolate(self, rtl: bool) -> None:
        """Begin an isolate (X5a to X5c)."""
        if self._push(rtl, "", True):
            self.isolates += 1
        else:
            self.overflow_isolates += 1

    def end_isolate(self) -> None:
        """End an isolate and all embeddings begun inside it (X6a)."""
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.isolates:
            self.overflow_embeddings = 0
            while not self.top.isolate:
                self.entries.pop()
            self.entries.pop()
            self.isolates -= 1

    def end_embedding(self) -> None:
        """End an embedding or an override (X7)."""
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.top.isolate and len(self.entries) > 1:
            self.entries.pop()

    def level_of(self, code: str, rtl_isolate: bool) -> tuple[int, str]:
        """Process one character; returns its level, and its class after overrides."""
        if code == "9":
            self.end_isolate()
        status = self.top
        if code in "1234":
            self.embed(code)
        elif code == "5":
            self.end_embedding()
        elif code in "678":
            self.isolate(rtl_isolate)
        return status.level, code if code in REMOVED else status.override or code


def explicit_levels(classes: str, base: int, pairs: Mapping[int, int]) -> tuple[list[int], str]:
    """The levels by rules X1 to X8, and the classes after overrides."""
    if _NO_FORMATTING.fullmatch(classes):
        return [base] * len(classes), classes
    stack = _Stack(base)
    levels, kinds = [], []
    for index, code in enumerate(classes):
        end = pairs.get(index, len(classes))
        rtl = code == "7" or (code == "8" and first_strong(classes, pairs, index + 1, end) == 1)
        level, kind = (base, code) if code == "P" else stack.level_of(code, rtl)
        levels.append(level)
        kinds.append(kind)
    return levels, "".join(kinds)


def _level_runs(kept: Sequence[int], levels: Sequence[int]) -> list[list[int]]:
    """The kept indexes, split where the level changes (BD7)."""
    runs: list[list[int]] = []
    last = -1
    for index in kept:
        if levels[index] != last:
            runs.append([])
            last = levels[index]
        runs[-1].append(index)
    return runs


def _joined(runs: list[list[int]], pairs: Mapping[int, int]) -> list[list[int]]:
    """The level runs joined across the isolates between them (BD13)."""
    by_start = {run[0]: run for run in runs}
    closers = set(pairs.values())
    sequences = []
    for run in runs:
        if run[0] not in closers:
            sequence = list(run)
            while (closer := pairs.get(sequence[-1])) is not None:
                sequence += by_start[closer]
            sequences.append(sequence)
    return sequences


def run_sequences(classes: str, levels: Sequence[int], base: int, pairs: Mapping[int, int]) -> list[Run]:
    """The isolating run sequences of a paragraph (X10), without the characters that rule X9 removes."""
    kept: Sequence[int] = range(len(classes))
    if not REMOVED.isdisjoint(classes):
        kept = [index for index in kept if classes[index] not in REMOVED]
    runs = _level_runs(kept, levels)
    if len(runs) == 1:
        edge = "LR"[max(base, levels[kept[0]]) & 1]
        return [Run(kept, levels[kept[0]], edge, edge)]
    position = {index: number for number, index in enumerate(kept)}
    around = [base, *(levels[index] for index in kept), base]

    def run(indexes: list[int]) -> Run:
        level, last = levels[indexes[0]], indexes[-1]
        after = base if classes[last] in "678" and last not in pairs else around[position[last] + 2]
        return Run(
            indexes, level, "LR"[max(around[position[indexes[0]]], level) & 1], "LR"[max(after, level) & 1]
        )

    return [run(indexes) for indexes in _joined(runs, pairs)]
