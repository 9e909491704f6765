"""Runs of values that one person filled in for the first time, to be described as one change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from lfroadmap.report.change_log import HistoryLine
from lfroadmap.words import Words

FEW = 4
"""Least number of values in a row that are described as one change."""
_NAMED = 3
"""Most cards that are named."""


def runs(lines: Sequence[HistoryLine]) -> Iterator[tuple[HistoryLine, ...]]:
    """The changes in their order, those of one first fill together and all others alone."""
    for (_, _, is_fill), group in groupby(lines, key=_kind):
        together = tuple(group)
        if is_fill and len(together) >= FEW:
            yield together
        else:
            yield from ((line,) for line in together)


def _kind(line: HistoryLine) -> tuple[str, object, bool]:
    """Author, day, and whether a value was filled in that was empty."""
    return line.author, line.at.date(), line.change.action == "fill"


def describe(run: Sequence[HistoryLine], words: Words) -> tuple[str, str]:
    """Where a first fill was and what it was: the first of its cards, and the number of its values."""
    cards = tuple(dict.fromkeys(line.change.card.strip() or "—" for line in reversed(run)))
    rest = f" +{len(cards) - _NAMED}" if len(cards) > _NAMED else ""
    return ", ".join(cards[:_NAMED]) + rest, words.plural("report.filled", len(run))
