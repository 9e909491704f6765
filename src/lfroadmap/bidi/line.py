"""One line of text on the screen: the cell of an index, the index of a cell, what stands beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple, TypeVar

from lfroadmap.bidi.algorithm import levels, line_levels, visual_order
from lfroadmap.bidi.clusters import Cluster, clusters
from lfroadmap.bidi.policy import APART, isolate
from lfroadmap.bidi.tables import MIRRORED_ON_SCREEN, classes, without_marks

Style = TypeVar("Style")

LIMIT = 20_000
"""Characters from which a text is ordered only line by line, or not at all where it is not wrapped."""
LONG = 2000
"""Characters from which a text is too big to keep many of."""

_MARK = "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
_WORD = re.compile(rf"(?:[\w{_MARK}]|(?<=[\w{_MARK}])(?:['’](?=\w)|[\"”׳״](?=[\u05d0-\u05ea])))+")
"""A word with its points; an apostrophe in it and the gershayim of an acronym do not end it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Shown(NamedTuple):
    """A cluster as it stands on the screen."""

    start: int
    end: int
    """Index after its last character."""
    cell: int
    width: int
    """Cells that it takes."""
    level: int
    """Odd if it reads from the right."""
    glyph: str
    """What is drawn: mirrored where it reads from the right, and without what only directs."""


class BidiLine:
    """A line in both orders: an index is one of `text`, from 0 to its length; a cell is a column from 0.

    The index after the last character has a cell of its own outside the text: `width` in a line that
    reads from the left, -1 in one that reads from the right.
    """

    def __init__(self, text: str, level: int, found: Sequence[int]) -> None:
        """`found` holds the level of each character of the line, blanks at its end reset."""
        self.text = text
        self.level = level
        """The paragraph's."""
        self.clusters: Sequence[Cluster] = clusters(text)
        self.levels = [found[cluster.body] for cluster in self.clusters]
        numbers = {cluster.body: number for number, cluster in enumerate(self.clusters)}
        self.order = [numbers[index] for index in visual_order(found) if index in numbers]
        """Numbers of clusters, from left to right."""
        self._cells = [0] * len(self.order)
        self._shown: list[int] = []
        for number in self.order:
            self._cells[number] = len(self._shown)
            self._shown += [number] * self.clusters[number].width
        self.width = len(self._shown)
        """Cells that the text takes."""

    @property
    def rtl(self) -> bool:
        """Whether the line reads from the right."""
        return bool(self.level & 1)

    @cached_property
    def _rank(self) -> list[int]:
        """Number of cluster -> its place from the left."""
        ranks = [0] * len(self.order)
        for rank, number in enumerate(self.order):
            ranks[number] = rank
        return ranks

    @cached_property
    def _number_at(self) -> list[int]:
        """Index -> number of the cluster that holds it; the number of clusters at the end."""
        numbers = [number for number, cut in enumerate(self.clusters) for _ in range(cut.start, cut.end)]
        return [*numbers, len(self.clusters)]

    def number_of(self, index: int) -> int:
        """The number of the cluster that holds an index; the number of clusters at the end."""
        return self._number_at[min(max(index, 0), len(self.text))]

    def cell_of(self, index: int) -> int:
        """The leftmost cell of the cluster that holds an index."""
        number = self.number_of(index)
        if number < len(self.order):
            return self._cells[number]
        return -1 if self.rtl else self.width

    def index_at(self, cell: int) -> int:
        """The index where the cluster at a cell begins; beside the line, its start or its end."""
        if 0 <= cell < self.width:
            return self.clusters[self._shown[cell]].start
        return len(self.text) if (cell < 0) == self.rtl else 0

    def step(self, index: int, by: int) -> int | None:
        """The index one cluster to the left (-1) or right (1) on the screen; None beyond the line's edge."""
        number = self.number_of(index)
        end = -1 if self.rtl else len(self.order)
        rank = (end if number == len(self.order) else self._rank[number]) + by
        if 0 <= rank < len(self.order):
            return self.clusters[self.order[rank]].start
        return len(self.text) if rank == end else None

    def word_step(self, index: int, by: int) -> int | None:
        """The index where a word begins, to the left (-1) or right (1) as the line reads.

        To the right in a line that reads from the left, it is the next word or the end; to the left, the
        word that the index is in or the one before, or the start. None where the index is there already.
        """
        forward = (by < 0) == self.rtl
        starts = self._word_starts
        if forward:
            return next((start for start in starts if start > index), None)
        return next((start for start in reversed(starts) if start < index), None)

    @cached_property
    def _word_starts(self) -> list[int]:
        words = (self.number_of(match.start()) for match in _WORD.finditer(self.text))
        return sorted({0, *(self.clusters[number].start for number in words), len(self.text)})

    def word_at(self, index: int) -> tuple[int, int]:
        """Start and end of the word that holds an index; of the one cluster there where it is no word."""
        for word in _WORD.finditer(self.text):
            if word.start() <= index < word.end():
                return word.span()
        at = self.number_of(index)
        return self.clusters[at][:2] if at < len(self.clusters) else (len(self.text), len(self.text))

    def glyph(self, number: int) -> str:
        """What is drawn for a cluster."""
        cluster = self.clusters[number]
        body = self.text[cluster.body]
        if self.levels[number] & 1:
            body = MIRRORED_ON_SCREEN.get(body, body)
        drawn = self.text[cluster.start : cluster.body] + body + self.text[cluster.body + 1 : cluster.end]
        if drawn.isascii() and drawn.isprintable():
            return drawn
        return _CONTROL.sub("", without_marks(drawn))

    @cached_property
    def visual(self) -> tuple[Shown, ...]:
        """The clusters as they stand on the screen, from left to right."""
        return tuple(
            Shown(cut.start, cut.end, self._cells[number], cut.width, self.levels[number], self.glyph(number))
            for number, cut in ((number, self.clusters[number]) for number in self.order)
        )

    @cached_property
    def glyphs(self) -> str:
        """The line as it is drawn, from left to right."""
        return "".join([shown.glyph for shown in self.visual])

    def visual_segments(
        self, spans: Iterable[tuple[str, Style]], *, apart: bool = False
    ) -> list[tuple[str, Style, int]]:
        """Styled text in logical order -> (glyphs, style, index of the first) from left to right.

        The texts of `spans` are the line's text. With `apart`, no two clusters share a segment unless the
        indexes in it count upwards, so that a cell's index can be told from the segment's.
        """
        styles = [style for text, style in spans for _ in text]
        if len(styles) != len(self.text):
            raise ValueError(f"styles for {len(styles)} of {len(self.text)} characters")
        segments: list[tuple[list[str], Style, int]] = []
        last = -1
        for number, shown in zip(self.order, self.visual, strict=True):
            style, joins = styles[self.clusters[number].body], shown.start == last or not apart
            if segments and joins and segments[-1][1] == style:
                segments[-1][0].append(shown.glyph)
            else:
                segments.append(([shown.glyph], style, shown.start))
            last = shown.end
        return [("".join(glyphs), style, start) for glyphs, style, start in segments]

    def selection_cells(self, start: int, end: int) -> list[tuple[int, int]]:
        """The cells of the clusters between two indexes, as ranges from left to right."""
        first, last = self.number_of(min(start, end)), self.number_of(max(start, end))
        ranges: list[tuple[int, int]] = []
        for number in self.order:
            if first <= number < last:
                cell = self._cells[number]
                begun = ranges.pop()[0] if ranges and ranges[-1][1] == cell else cell
                ranges.append((begun, cell + self.clusters[number].width))
        return ranges


class Paragraph(NamedTuple):
    """A text and its level, to be cut into the lines that it wraps to. It holds no line end.

    What is found out of it is kept for the next time that the same text is asked for.
    """

    text: str
    level: int

    def line(self, start: int = 0, end: int | None = None) -> BidiLine:
        """The line of the characters from `start` up to `end`, ordered by itself."""
        keep = _short_line if len(self.text) < LONG else _long_line
        return keep(self, start, len(self.text) if end is None else end)


def _resolved(whole: Paragraph) -> tuple[str, tuple[int, ...]]:
    """The classes of a paragraph's characters, and their levels, with what stands APART isolated."""
    text, level = whole
    words = list(APART.finditer(text)) if level & 1 else []
    if not words:
        return classes(text), levels(text, level)
    found = list(levels(APART.sub(lambda word: isolate(word[0]), text), level))
    for number, word in reversed(list(enumerate(words))):
        del found[word.end() + 2 * number + 1], found[word.start() + 2 * number]
    return classes(text), tuple(found)


def _cut(whole: Paragraph, start: int, end: int) -> BidiLine:
    keep = _short_resolved if len(whole.text) < LONG else _long_resolved
    codes, found = keep(whole)
    own = line_levels(codes[start:end], found[start:end], whole.level)
    return BidiLine(whole.text[start:end], whole.level, own)


_short_resolved = lru_cache(maxsize=256)(_resolved)
_long_resolved = lru_cache(maxsize=4)(_resolved)
_short_line = lru_cache(maxsize=256)(_cut)
_long_line = lru_cache(maxsize=32)(_cut)


def line_of(text: str, level: int) -> BidiLine:
    """The one line of a paragraph that is not wrapped."""
    return Paragraph(text, level).line()
