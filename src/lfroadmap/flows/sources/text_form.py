"""How a text file is a table: its encoding, its separator, and where its headings are."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.flows.sources.files import SAMPLE
from lfroadmap.flows.sources.heads import Pairs, known_heads
from lfroadmap.imports.csv_reader import SEPARATORS
from lfroadmap.imports.layout import HEADING_ROWS
from lfroadmap.imports.text_encoding import encoding_of_text, utf_16_without_mark
from lfroadmap.roadmap.json_source import is_blank

_SAMPLE_LINES, _SAMPLE_ROWS = 60, 200
_LONGEST_LINE = 100_000
UTF_8 = ("utf-8", "utf-8-sig")


class TextForm(NamedTuple):
    """What was decided about a text file."""

    encoding: str
    separator: str
    skipped: int
    """Lines above the line of headings, as `sep=;` or a title."""
    heads: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    """The first rows below the headings."""
    is_plain: bool
    """True if DuckDB may read it as it is: UTF-8, lines that end alike, headings in one line."""


def form_of(path: Path, chosen: Pairs) -> TextForm:
    """The form of a text file; raises BrokenSnapshot for one without text, or in no known encoding."""
    with path.open("rb") as file:
        data = file.read(SAMPLE)
        is_whole = len(data) < SAMPLE
    if is_blank(data) and is_whole:
        raise BrokenSnapshot("snapshot_empty")
    encoding = _encoding(data, path, is_whole)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")[:_SAMPLE_ROWS]
    skipped, separator = _marked(lines)
    separator = separator or _separator(lines[skipped:], chosen)
    rows = _rows(lines, separator)
    at = _heading_row(rows, skipped, chosen)
    heads = tuple(rows[at]) if at < len(rows) else ()
    body = tuple(tuple(row) for row in rows[at + 1 :] if any(row))
    ends = (text.count("\r\n"), text.count("\n"), text.count("\r"))
    is_even = ends[2] == 0 or ends[0] == ends[1] == ends[2]
    is_plain = encoding in UTF_8 and is_even and lines[at].count('"') % 2 == 0
    return TextForm(encoding, separator, at, heads, body, is_plain)


def _encoding(data: bytes, path: Path, is_whole: bool) -> str:
    """The encoding by the file's beginning; where that is ASCII, by its other bytes, wherever they are."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or utf_16_without_mark(data):
        return encoding_of_text(data[: len(data) // 2 * 2])
    complete = data if is_whole else data[: data.rfind(b"\n") + 1] or data
    if not is_whole and complete.isascii():
        complete = _not_ascii(path)
    try:
        return encoding_of_text(complete) if complete.strip() else "utf-8"
    except BrokenSnapshot:
        if _is_mostly_utf_8(complete):
            return "utf-8"  # the lines with damaged bytes are bad rows
        raise


def _not_ascii(path: Path) -> bytes:
    """The first lines of a file that are not ASCII."""
    found = bytearray()
    with path.open("rb") as file:
        rest = b""
        while len(found) < SAMPLE and (piece := file.read(SAMPLE)):
            if piece.isascii() and rest.isascii():
                rest = piece[piece.rfind(b"\n") + 1 :][:SAMPLE]
                continue
            *lines, rest = (rest + piece).split(b"\n")
            found += b"".join(line + b"\n" for line in lines if not line.isascii())
    return bytes(found) or b"ascii"


def _is_mostly_utf_8(data: bytes) -> bool:
    """True if at least half of the lines with other bytes than ASCII are UTF-8."""
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    return sum(_is_utf_8(line) for line in lines) * 2 >= len(lines)


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _marked(lines: Sequence[str]) -> tuple[int, str]:
    """The line and the separator of `sep=;`, as Excel writes it above the table."""
    first = lines[0].strip() if lines else ""
    if len(first) == 5 and first[:4].lower() == "sep=" and first[4] in SEPARATORS:
        return 1, first[4]
    return 0, ""


def _separator(lines: Sequence[str], chosen: Pairs) -> str:
    """The separator with most known headings, then the one that parts most rows alike."""

    def fitness(separator: str) -> tuple[int, int]:
        rows = [row for row in _rows(lines[:_SAMPLE_LINES], separator) if any(row)]
        lengths = [len(row) for row in rows]
        alike = max(((lengths.count(n), n) for n in set(lengths) if n > 1), default=(0, 0))
        return max((known_heads(row, chosen) for row in rows[:HEADING_ROWS]), default=0), alike[0] * alike[1]

    return max(SEPARATORS, key=fitness)


def _rows(lines: Sequence[str], separator: str) -> list[list[str]]:
    """The cells of each line alone; a row that goes on in the next line is cut there."""
    return [_cells(line[:_LONGEST_LINE], separator) for line in lines]


def _cells(line: str, separator: str) -> list[str]:
    if '"' not in line:
        return [cell.strip() for cell in line.split(separator)] if line else []
    try:
        return [cell.strip() for cell in next(csv.reader([line], delimiter=separator), [])]
    except csv.Error:
        return []


def _heading_row(rows: Sequence[Sequence[str]], skipped: int, chosen: Pairs) -> int:
    """The row of headings: the one with most known ones, else the first that is not blank."""
    first = [at for at, row in enumerate(rows) if at >= skipped and any(row)][:HEADING_ROWS]
    if not first:
        return skipped
    return max(first, key=lambda at: (known_heads(rows[at], chosen), -at))
