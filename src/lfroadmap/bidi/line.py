"""One line of text on the screen: cells of indexes, indexes of cells, and cursor movement."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import NamedTuple, TypeVar

from lfroadmap.bidi.algorithm import levels, line_levels, visual_order
from lfroadmap.bidi.clusters import Cluster, clusters
from lfroadmap.bidi.ltr_words import ltr_word
from lfroadmap.bidi.marks import LRI, PDI, isolate
from lfroadmap.bidi.tables import MIRRORED_ON_SCREEN, classes, has_rtl, without_marks

Style = TypeVar("Style")

LIMIT = 20_000
"""Longest text, in characters, that is ordered as a paragraph; longer ones are ordered line by line if they
are wrapped, and not at all if they are not."""
LONG = 2000
"""Length in characters from which few results are cached."""

_MARK = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_PATH = re.compile(rf"{LRI}(?:[A-Za-z]:)?[/~.\\][^{LRI}{PDI}]*{PDI}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


@cache
def _word() -> re.Pattern[str]:
    """A word with its vowel points, in which an apostrophe or the gershayim of an acronym are letters.

    Compiled on first use, to keep the import fast.
    """
    return re.compile(rf"(?:[\w{_MARK}]|(?<=[\w{_MARK}])(?:['’](?=\w)|[\"”׳״](?=[\u05d0-\u05ea])))+")


class VisualCluster(NamedTuple):
    """A cluster as it is drawn."""

    start: int
    end: int
    """Index after its last character."""
    cell: int
    """Its leftmost column."""
    width: int
    """In cells."""
    level: int
    """Odd if it is right to left."""
    glyph: str
    """The drawn text: mirrored if right to left, and without invisible direction characters."""


class BidiLine:
    """A line in logical and in visual order: indexes are those of `text`, cells are columns from 0.

    The index after the last character has a cell outside the text: `width` in a left-to-right line, -1 in a
    right-to-left one.
    """

    def __init__(self, text: str, level: int, found: Sequence[int]) -> None:
        """`found` is the level of each character of the line, after rule L1."""
        self.text = text
        self.level = level
        """The level of its paragraph."""
        self.clusters: Sequence[Cluster] = clusters(text)
        self.levels = [found[cluster.body] for cluster in self.clusters]
        numbers = {cluster.body: number for number, cluster in enumerate(self.clusters)}
        self.order = [numbers[index] for index in visual_order(found) if index in numbers]
        """Numbers of the clusters, from left to right."""
        self._cells = [0] * len(self.order)
        self._number_in_cell: list[int] = []
        for number in self.order:
            self._cells[number] = len(self._number_in_cell)
            self._number_in_cell += [number] * self.clusters[number].width
        self.width = len(self._number_in_cell)
        """In cells."""

    @property
    def rtl(self) -> bool:
        """True if the line is right to left."""
        return bool(self.level & 1)

    @cached_property
    def _rank(self) -> list[int]:
        """Number of a cluster -> its position from the left."""
        ranks = [0] * len(self.order)
        for rank, number in enumerate(self.order):
            ranks[number] = rank
        return ranks

    @cached_property
    def _number_at(self) -> list[int]:
        """Index -> number of its cluster; the count of clusters at the end."""
        numbers = [number for number, each in enumerate(self.clusters) for _ in range(each.start, each.end)]
        return [*numbers, len(self.clusters)]

    def number_of(self, index: int) -> int:
        """The number of the cluster at an index; the count of clusters at the end."""
        return self._number_at[min(max(index, 0), len(self.text))]

    def cell_of(self, index: int) -> int:
        """The leftmost cell of the cluster at an index."""
        number = self.number_of(index)
        if number < len(self.order):
            return self._cells[number]
        return -1 if self.rtl else self.width

    def index_at(self, cell: int) -> int:
        """The first index of the cluster in a cell; outside the line, the index of its start or end."""
        if 0 <= cell < self.width:
            return self.clusters[self._number_in_cell[cell]].start
        return len(self.text) if (cell < 0) == self.rtl else 0

    def step(self, index: int, by: int) -> int | None:
        """The index one cluster to the left (-1) or right (1) on the screen; None beyond the line."""
        number = self.number_of(index)
        end = -1 if self.rtl else len(self.order)
        rank = (end if number == len(self.order) else self._rank[number]) + by
        if 0 <= rank < len(self.order):
            return self.clusters[self.order[rank]].start
        return len(self.text) if rank == end else None

    def word_step(self, index: int, by: int) -> int | None:
        """The index of a word boundary to the left (-1) or right (1), in reading order.

        Forward it is the start of the next word or the end of the line; backward the start of the word around
        or before the index, or the start of the line. None if the index is there already.
        """
        forward = (by < 0) == self.rtl
        starts = self._word_starts
        if forward:
            return next((start for start in starts if start > index), None)
        return next((start for start in reversed(starts) if start < index), None)

    @cached_property
    def _word_starts(self) -> list[int]:
        words = (self.number_of(match.start()) for match in _word().finditer(self.text))
        return sorted({0, *(self.clusters[number].start for number in words), len(self.text)})

    def word_at(self, index: int) -> tuple[int, int]:
        """Start and end of the word around an index, or of the cluster there if it is in no word."""
        for word in _word().finditer(self.text):
            if word.start() <= index < word.end():
                return word.span()
        number = self.number_of(index)
        return self.clusters[number][:2] if number < len(self.clusters) else (len(self.text),) * 2

    def glyph(self, number: int) -> str:
        """The drawn text of a cluster."""
        cluster = self.clusters[number]
        body = self.text[cluster.body]
        if self.levels[number] & 1:
            body = MIRRORED_ON_SCREEN.get(body, body)
        drawn = self.text[cluster.start : cluster.body] + body + self.text[cluster.body + 1 : cluster.end]
        if drawn.isascii() and drawn.isprintable():
            return drawn
        return _CONTROL.sub("", without_marks(drawn))

    @cached_property
    def visual(self) -> tuple[VisualCluster, ...]:
        """The clusters in visual order, from left to right."""
        return tuple(map(self._visual_cluster, self.order))

    def _visual_cluster(self, number: int) -> VisualCluster:
        start, end, width, _ = self.clusters[number]
        return VisualCluster(start, end, self._cells[number], width, self.levels[number], self.glyph(number))

    @cached_property
    def glyphs(self) -> str:
        """The drawn text of the line, from left to right."""
        return "".join([cluster.glyph for cluster in self.visual])

    def visual_segments(
        self, spans: Iterable[tuple[str, Style]], *, ascending: bool = False
    ) -> list[tuple[str, Style, int]]:
        """Styled text in logical order -> (glyphs, style, index of the first) from left to right.

        The texts of `spans` are together the text of the line; ValueError if not. With `ascending`, the
        indexes within a segment count upwards, so that the index of each cell follows from that of the
        segment.
        """
        styles = [style for text, style in spans for _ in text]
        if len(styles) != len(self.text):
            raise ValueError(f"styles for {len(styles)} of {len(self.text)} characters")
        segments: list[tuple[list[str], Style, int]] = []
        last = -1
        for number, cluster in zip(self.order, self.visual, strict=True):
            style, joins = styles[self.clusters[number].body], cluster.start == last or not ascending
            if segments and joins and segments[-1][1] == style:
                segments[-1][0].append(cluster.glyph)
            else:
                segments.append(([cluster.glyph], style, cluster.start))
            last = cluster.end
        return [("".join(glyphs), style, start) for glyphs, style, start in segments]

    def selection_cells(self, start: int, end: int) -> list[tuple[int, int]]:
        """The cells of the clusters between two indexes, as (start, end) ranges from left to right."""
        first, last = self.number_of(min(start, end)), self.number_of(max(start, end))
        ranges: list[tuple[int, int]] = []
        for number in self.order:
            if first <= number < last:
                cell = self._cells[number]
                start_cell = ranges.pop()[0] if ranges and ranges[-1][1] == cell else cell
                ranges.append((start_cell, cell + self.clusters[number].width))
        return ranges


class Paragraph(NamedTuple):
    """A text without line breaks, and its base level. Its levels and lines are cached."""

    text: str
    level: int

    def line(self, start: int = 0, end: int | None = None) -> BidiLine:
        """The part of the paragraph from `start` to `end`, ordered as a line of its own."""
        cached = _short_line if len(self.text) < LONG else _long_line
        return cached(self, start, len(self.text) if end is None else end)


def _resolve(paragraph: Paragraph) -> tuple[str, tuple[int, ...]]:
    """Classes and levels of a paragraph's characters, with left-to-right words isolated beside others."""
    text, level = paragraph
    words = _ltr_words(text) if level & 1 or has_rtl(text) else []
    if not words:
        return classes(text), levels(text, level)
    marked = text
    for word in reversed(words):
        marked = f"{marked[: word.start()]}{isolate(word[0])}{marked[word.end() :]}"
    found = list(levels(marked, level))
    for number, word in reversed(list(enumerate(words))):
        del found[word.end() + 2 * number + 1], found[word.start() + 2 * number]
    return classes(text), tuple(found)


def _ltr_words(text: str) -> list[re.Match[str]]:
    """The left-to-right words of a text, except in an isolated path: there a blank ends no word."""
    words = list(ltr_word().finditer(text))
    paths = [path.span() for path in _PATH.finditer(text)] if words and LRI in text else []
    return [word for word in words if not any(start < word.start() < end for start, end in paths)]


def _line(paragraph: Paragraph, start: int, end: int) -> BidiLine:
    cached = _short_levels if len(paragraph.text) < LONG else _long_levels
    codes, found = cached(paragraph)
    own = line_levels(codes[start:end], found[start:end], paragraph.level)
    return BidiLine(paragraph.text[start:end], paragraph.level, own)


_short_levels = lru_cache(maxsize=256)(_resolve)
_long_levels = lru_cache(maxsize=4)(_resolve)
_short_line = lru_cache(maxsize=256)(_line)
_long_line = lru_cache(maxsize=32)(_line)


def line_of(text: str, level: int) -> BidiLine:
    """A paragraph as a single line."""
    return Paragraph(text, level).line()
