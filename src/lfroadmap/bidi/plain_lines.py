"""Plain text and rows of cells as lines of a terminal: wrapped between words, then put in visual order.

Lines begin on the side on which the page is read: with blanks before them on a right-to-left page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lfroadmap.bidi.clusters import clusters
from lfroadmap.bidi.line import Paragraph, line_of
from lfroadmap.bidi.marks import isolate
from lfroadmap.bidi.policy import Direction, paragraph_level
from lfroadmap.bidi.tables import has_rtl, without_marks

GAP = "  "
"""Between two columns."""
NARROWEST = 24
"""Cells that the last column needs; with fewer, text goes on under the beginning of its line."""
_ENTRY = re.compile(r"(\S(?:.*?\S)?)( {2,})(?=\S)")
_WORD = re.compile(r"[^ ]+ *")
_COMMAND = re.compile(r"lfroadmap (?:[ -Z\\-~]*|[ -~]*['\"][ -~]*)")
_SYNOPSIS = re.compile(r"lfroadmap [ -~]*")
"""A command with its options in brackets, which nobody copies."""
_HANGING_SYNOPSIS = 4


class _Part(NamedTuple):
    """A paragraph with the blanks before its first line and before the others."""

    text: str
    indent: int
    hanging: int


def page_lines(text: str, page: Direction, width: int) -> list[str]:
    """The lines of a text on a page of `width` cells, in visual order.

    Text behind two blanks or more is a column, and goes on in it. A command that stands on a line of its own
    is never broken, so that it can be copied.
    """
    return [
        line for paragraph in _joined(text.split("\n"), width) for line in _paragraph(paragraph, page, width)
    ]


def _joined(paragraphs: list[str], width: int) -> Iterator[str]:
    """The paragraphs; one that does not fit and ends in a comma goes on in the one under its column."""
    whole = paragraphs[0]
    for following in paragraphs[1:]:
        body = following.lstrip(" ")
        if whole.endswith(",") and _width(whole) > width and _column(whole) == len(following) - len(body) > 0:
            whole += f" {body}"
        else:
            yield whole
            whole = following
    yield whole


def _column(paragraph: str) -> int:
    """The cell in which the text of a paragraph begins, or its column if it is an entry."""
    body = paragraph.lstrip(" ")
    found = _ENTRY.match(body)
    return len(paragraph) - len(body) + (_width(body[: found.end()]) if found else 0)


def row_lines(rows: Sequence[Sequence[str]], page: Direction, width: int) -> list[str]:
    """Rows of cells as columns, the first where reading begins; the text of the last column is wrapped."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    left = width - sum(widths[:-1]) - len(GAP) * (len(widths) - 1)
    if left < min(NARROWEST, widths[-1]):
        return [line for row in rows for line in _paragraph(GAP.join(filter(None, row)), page, width, 2)]
    widths[-1] = left
    return [line for row in rows for line in _row(row, widths, page)]


def fit_beside(rows: Sequence[Sequence[str]], width: int) -> bool:
    """True if all columns of the rows stand side by side in a width, and no cell is wrapped."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return sum(widths) + len(GAP) * (len(widths) - 1) <= width


def _row(row: Sequence[str], widths: Sequence[int], page: Direction) -> Iterator[str]:
    cells = [_cell(cell, page, width) for cell, width in zip(row, widths, strict=True)]
    for number in range(max(map(len, cells))):
        parts = [
            cell[number] if number < len(cell) else " " * width
            for cell, width in zip(cells, widths, strict=True)
        ]
        yield GAP.join(parts[::-1] if page == "rtl" else parts).rstrip()


def _cell(text: str, page: Direction, width: int) -> list[str]:
    """The lines of a cell, each of the width of its column; a number stays aligned by its blanks."""
    body = text.lstrip(" ")
    indent = 0 if body[:1].isdecimal() else len(text) - len(body)
    part = _Part(text[indent:], indent, indent)
    return list(_lines(part, page, width, padded=True)) or [" " * width]


def _width(text: str) -> int:
    return line_of(text, 0).width


def _paragraph(text: str, page: Direction, width: int, hanging: int = 0) -> Iterator[str]:
    body = text.lstrip(" ")
    indent = len(text) - len(body)
    if not body:
        yield ""
        return
    if _COMMAND.fullmatch(command := without_marks(body)) and not _ENTRY.match(body):
        yield " " * (width - indent - len(command) if page == "rtl" else indent) + command
        return
    if _SYNOPSIS.fullmatch(command):
        hanging = _HANGING_SYNOPSIS
    yield from _lines(_entry(body, indent, width) or _Part(body, indent, indent + hanging), page, width)


def _entry(body: str, indent: int, width: int) -> _Part | None:
    """A term with a column of text behind it; the term keeps its order."""
    found = _ENTRY.match(body)
    if found is None:
        return None
    term, rest = found[1], body[found.end(1) :]
    hanging = indent + _width(body[: found.end()])
    whole = body if has_rtl(term) else isolate(term) + rest
    return _Part(whole, indent, hanging if width - hanging >= NARROWEST else indent + 2)


def _lines(part: _Part, page: Direction, width: int, *, padded: bool = False) -> Iterator[str]:
    text, indent, hanging = part
    if width - indent < NARROWEST <= width:  # no room to stand so far in
        indent = hanging = 0
    whole = Paragraph(text, paragraph_level(text, page))
    for start, end in _breaks(text, width - indent, width - hanging):
        line, before = whole.line(start, end), indent if start == 0 else hanging
        free = width - line.width - before
        if page == "rtl":
            yield f"{' ' * free}{line.glyphs}{' ' * before}"
        else:
            yield f"{' ' * before}{line.glyphs}{' ' * free if padded else ''}"


def _breaks(text: str, first: int, others: int) -> Iterator[tuple[int, int]]:
    """Start and end of each line, without the blanks at its end."""
    start, end, taken, room = 0, 0, 0, first
    for word in _pieces(text, min(first, others)):
        width = _width(word[0].rstrip(" "))
        if taken and taken + width > room:
            yield start, end
            start, taken, room = word.start, 0, others
        taken += _width(word[0])
        end = word.start + len(word[0].rstrip(" "))
    yield start, end


class _Word(NamedTuple):
    """A word, or a piece of one that is longer than a line, with the blanks behind it."""

    text: str
    start: int


def _pieces(text: str, most: int) -> Iterator[_Word]:
    for word in _WORD.finditer(text):
        if _width(word[0].rstrip(" ")) <= most:
            yield _Word(word[0], word.start())
        else:
            yield from _split(word[0], word.start(), max(most, 2))


def _split(word: str, start: int, most: int) -> Iterator[_Word]:
    """A word in pieces that fit on a line: a path behind its slashes, where these are near enough."""
    begin = taken = 0
    for cluster in clusters(word):
        if taken + cluster.width > most:
            slash = word.rfind("/", begin, cluster.start) + 1
            end = slash if slash - begin > most // 2 else cluster.start
            yield _Word(word[begin:end], start + begin)
            begin, taken = end, _width(word[end : cluster.start])
        taken += cluster.width
    yield _Word(word[begin:], start + begin)
