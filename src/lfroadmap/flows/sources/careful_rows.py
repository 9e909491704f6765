"""The rows of a text file one by one, where it is not in order; each bad row with its reason and its line."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TextIO

from lfroadmap.flows.sources.bad_rows import BadRow
from lfroadmap.flows.sources.sql_text import LONGEST_LINE
from lfroadmap.flows.sources.text_form import UTF_8, TextForm

_MOST_LINES, _MOST_CHARACTERS = 500, 4 << 20
"""A cell in quotes that goes on for longer was never closed."""
Row = tuple[int, list[str]]


def careful_rows(path: Path, form: TextForm, reject: Callable[[BadRow], None]) -> Iterator[Row]:
    """The rows below the headings, each with the number of its first line; `reject` gets the others.

    Blank lines are no rows.
    """
    csv.field_size_limit(LONGEST_LINE)
    errors = "surrogateescape" if form.encoding in UTF_8 else "replace"
    with path.open(encoding=form.encoding, errors=errors, newline=None) as file:
        lines = _Lines(file)
        lines.skip(form.skipped)
        is_head = True
        for number, line in lines:
            cells = _cells(number, line, lines, form.separator, reject)
            if cells is None:
                continue
            if is_head:
                is_head = False
            elif fault := _fault(cells, len(form.heads)):
                reject(BadRow(number, fault, line))
            elif any(cells):
                yield number, cells[: len(form.heads)]


def _cells(
    number: int, line: str, lines: _Lines, separator: str, reject: Callable[[BadRow], None]
) -> list[str] | None:
    """The cells of the row that begins in a line; None where it is bad, or the line is blank."""
    if line == "":
        return None
    if len(line) >= LONGEST_LINE:
        reject(BadRow(number, "too_long", line[:1000]))
        return None
    if '"' not in line:
        return line.split(separator)
    cells = _quoted(line, lines, separator)
    if cells is None:
        reject(BadRow(number, "quote", line))
    return cells


def _quoted(line: str, lines: _Lines, separator: str) -> list[str] | None:
    """The cells of a row with quotes, which may go on in the next lines; None where one is not closed."""
    parts, size = [line], len(line)
    try:
        while True:
            row, is_open = _parsed(parts, separator)
            if row is not None:
                return row
            if not is_open:
                break
            while len(parts) < _MOST_LINES and size < _MOST_CHARACTERS:
                more = lines.next()
                if more is None:
                    lines.put_back(parts[1:])
                    return None
                parts.append(more)
                size += len(more)
                if more.count('"') % 2:
                    break
            else:
                break
    except csv.Error:
        pass  # a cell beyond the limit: the row is bad, as one that never ends
    lines.put_back(parts[1:])
    return None


def _parsed(parts: list[str], separator: str) -> tuple[list[str] | None, bool]:
    """The cells of a row in so many lines; else None, and True if a quote is still open."""
    try:
        return next(csv.reader([f"{part}\n" for part in parts], delimiter=separator, strict=True)), False
    except csv.Error as error:
        return None, "end of data" in str(error)


def _fault(cells: list[str], width: int) -> str:
    """Why a row is bad; empty for a good one."""
    if len(cells) != width and any(cells) and (len(cells) < width or any(cells[width:])):
        return "columns"
    joined = "".join(cells)
    if not joined.isascii() and any("\ud800" <= sign <= "\udfff" or sign == "\ufffd" for sign in joined):
        return "encoding"
    return ""


class _Lines:
    """The lines of a file with their numbers; some can be put back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._number = 0
        self._back: deque[str] = deque()

    def skip(self, count: int) -> None:
        """Pass over lines."""
        for _ in range(count):
            self.next()

    def __iter__(self) -> Iterator[tuple[int, str]]:
        while (line := self.next()) is not None:
            yield self._number, line

    def next(self) -> str | None:
        """The next line without its end, cut where it is too long; None at the end."""
        if self._back:
            self._number += 1
            return self._back.popleft()
        line = self._file.readline(LONGEST_LINE)
        if not line:
            return None
        self._number += 1
        if len(line) == LONGEST_LINE and not line.endswith("\n"):
            while (rest := self._file.readline(LONGEST_LINE)) and not rest.endswith("\n"):
                pass
            return line
        return line.removesuffix("\n")

    def put_back(self, lines: list[str]) -> None:
        """Have lines that were read read again."""
        self._back.extendleft(reversed(lines))
        self._number -= len(lines)
