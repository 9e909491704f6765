"""Searching the texts of a roadmap: the first results at once, whatever comes behind them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, islice

from lfroadmap.roadmap.matching import fold
from lfroadmap.roadmap.search_entries import SearchEntry

BLOCK = 256
"""Entries that are folded and searched at once: so few that a screen can draw in between."""
_BETWEEN = "\0"
"""Between the texts of two entries; no clean text has it."""
Fits = Callable[[SearchEntry], bool]


class Block:
    """Some entries, and all their texts folded into one."""

    def __init__(self, entries: Sequence[SearchEntry]) -> None:
        self.entries = entries
        self.text = fold(_BETWEEN.join([f"{entry.text}\n{entry.others}" for entry in entries]))
        lengths = (len(part) + 1 for part in self.text.split(_BETWEEN))
        self.starts = [*accumulate(lengths, initial=0)]

    def matching(self, words: Sequence[str]) -> Iterator[SearchEntry]:
        """The entries in which each of the folded words stands, in their order."""
        if not words:
            yield from self.entries
            return
        text, starts = self.text, self.starts
        first, *rest = sorted(words, key=len, reverse=True)
        at = text.find(first)
        while at >= 0:
            index = bisect_right(starts, at) - 1
            start, end = starts[index], starts[index + 1]
            if all(text.find(word, start, end) >= 0 for word in rest):
                yield self.entries[index]
            at = text.find(first, end)


class SearchBlocks:
    """The entries of a roadmap, folded as far as somebody has looked; what was folded is kept."""

    def __init__(self, entries: Iterable[SearchEntry]) -> None:
        self._coming = iter(entries)
        self._blocks: list[Block] = []
        self.is_complete = False
        """True when all entries are folded."""

    def results(self, words: Sequence[str], fits: Fits | None = None) -> Iterator[SearchEntry | None]:
        """The entries with all the folded words that fit, in reading order; None after each block.

        With `fits` a note stands for its task, once.
        """
        shown = ""
        for block in self._every():
            for entry in block.matching(words):
                if fits is None:
                    yield entry
                elif fits(entry) and entry.task is not None and entry.task.id != shown:
                    shown = entry.task.id
                    yield entry
            yield None

    def _every(self) -> Iterator[Block]:
        """The blocks, those that were not looked at before made one by one."""
        at = 0
        while at < len(self._blocks) or self._fold_more():
            yield self._blocks[at]
            at += 1

    def _fold_more(self) -> bool:
        entries = tuple(islice(self._coming, BLOCK))
        if entries:
            self._blocks.append(Block(entries))
        self.is_complete = not entries
        return bool(entries)
