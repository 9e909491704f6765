"""A search through a roadmap's history, from its newest change on, in pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from lfroadmap.report.change_log import Filter, HistoryLine, Row, lines_of
from lfroadmap.report.history import ChangeFormatter
from lfroadmap.words import Words

PATIENCE = 0.25
"""Seconds after which a search shows what it has found so far."""


@dataclass(frozen=True, slots=True)
class HistorySource:
    """Where the lines come from."""

    rows: Callable[[], Iterator[Row]]
    """All rows from the start, the newest first; read in pages, on another thread."""
    formatter: Callable[[], ChangeFormatter]
    total: int
    today: Callable[[], date]


class HistorySearch:
    """The lines of a history that fit a filter; found on a thread."""

    def __init__(self, source: HistorySource, words: Words, wanted: Filter) -> None:
        self._source, self._words, self._wanted = source, words, wanted
        self._lines: Iterator[HistoryLine] | None = None
        self._is_stopped = False
        self.seen = 0
        """Lines that were looked at."""

    def stop(self) -> None:
        """End a `fill` that still runs."""
        self._is_stopped = True

    def fill(self, chunk: list[HistoryLine], most: int) -> bool:
        """Put the next lines into `chunk`, up to `most` or for a while; True if there are no more."""
        if self._lines is None:
            self._lines = lines_of(self._source.rows(), self._source.formatter())
        end = time.monotonic() + PATIENCE
        for line in self._lines:
            self.seen += 1
            if self._is_stopped:
                break
            if self._wanted.fits(line, self._words):
                chunk.append(line)
            if len(chunk) == most or time.monotonic() > end:
                return False
        return True

    def note(self, shown: int, over: bool) -> str:
        """How much of the history is shown."""
        total = self._source.total
        if self._wanted == Filter():
            return self._words.plural("history.count", total)
        key = "history.found" if over else "history.searching"
        return self._words(key, n=shown, seen=min(self.seen, total), total=total)
