"""CSV files as rows of texts: the separator is that of the line of headings, not of a title above it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.errors import BrokenSnapshot
from lfroadmap.imports.layout import HEADING_ROWS, find_heads
from lfroadmap.imports.sheet import MAX_COLUMNS, MAX_ROWS, Sheet
from lfroadmap.imports.text_encoding import encoding_of_text
from lfroadmap.report.formulas import unguard, unguard_start
from lfroadmap.roadmap.import_words import head_key
from lfroadmap.roadmap.json_source import is_blank
from lfroadmap.roadmap.table_file import ImportChoices
from lfroadmap.roadmap.table_rows import MAX_CELL, NumberedRow
from lfroadmap.words import LANGUAGES, words

if TYPE_CHECKING:
    from _csv import Reader

SEPARATORS = ",;\t|"
_MAX_DELIMITERS = 250_000
"""Maximal number of separators in a row; cells beyond the columns are ignored."""
_SAMPLE_LINES, _SAMPLE_CHARACTERS = 40, 100_000


class CsvTable(NamedTuple):
    """A CSV file and what was decided about it."""

    sheet: Sheet
    encoding: str
    separator: str


def read_csv(data: bytes, choices: ImportChoices) -> CsvTable:
    """The rows of a CSV file; raises BrokenSnapshot for text in no known encoding, and for none at all."""
    encoding = encoding_of_text(data, choices.encoding)
    if is_blank(data):
        raise BrokenSnapshot("snapshot_empty")
    text = io.TextIOWrapper(io.BytesIO(data), encoding, newline="")
    csv.field_size_limit(MAX_CELL)
    lines = _Lines(text, choices)
    reader = csv.reader(lines, delimiter=lines.separator, strict=False)
    return CsvTable(Sheet("", _numbered(reader, lines)), encoding, lines.separator)


def sample_rows(sample: list[str], separator: str) -> list[NumberedRow]:
    """The first rows of a CSV file as they are with a separator; none where it is no CSV."""
    try:
        reader = csv.reader(sample, delimiter=separator)
        return [(n, row[:MAX_COLUMNS]) for n, row in enumerate(reader, 1) if any(row)][:HEADING_ROWS]
    except csv.Error:
        return []


class _Lines:
    """The lines of a CSV file; an endless row is refused before it is parsed."""

    def __init__(self, text: io.TextIOWrapper, choices: ImportChoices) -> None:
        self._text = text
        self.separator, self.skipped = self._separator(choices)
        """The separator, and the number of lines above the table, as `sep=;`."""
        self.separators = 0
        """Separators since the last complete row; reset to 0 with each."""
        self.last = ""
        """The line that was read last."""

    def _separator(self, choices: ImportChoices) -> tuple[str, int]:
        sample = [line[:_SAMPLE_CHARACTERS] for line in islice(self._text, _SAMPLE_LINES)]
        self._text.seek(0)
        first = sample[0].strip().removeprefix("\ufeff") if sample else ""
        if len(first) == 5 and first[:4].lower() == "sep=" and first[4] in SEPARATORS:
            return first[4], 1
        return max(SEPARATORS, key=lambda each: _fitness(sample, each, choices)), 0

    def __iter__(self) -> Iterator[str]:
        for n, line in enumerate(islice(self._text, self.skipped, None), 1 + self.skipped):
            self.separators += line.count(self.separator)
            if self.separators > _MAX_DELIMITERS:
                raise BrokenSnapshot("table_wide", line=n, columns=f"{MAX_COLUMNS:,}")
            self.last = line
            yield line

    def ends_inside_quotes(self, first: int) -> bool:
        """True if a quote that begins in the row from line `first` is not closed at the end of the file."""
        self._text.seek(0)
        try:
            for _ in csv.reader(islice(self._text, first - 1, None), delimiter=self.separator, strict=True):
                pass
        except csv.Error as error:
            return "end of data" in str(error)
        return False


def _fitness(sample: list[str], separator: str, choices: ImportChoices) -> tuple[int, int]:
    """How well a separator fits: columns that are known in the line of headings, and rows that it parts."""
    rows = sample_rows(sample, separator)
    heads = find_heads(rows, choices)
    lengths = [len(row) for _, row in rows]
    alike = max(((lengths.count(n), n) for n in set(lengths) if n > 1), default=(0, 0))
    return (len(heads[1].places) if heads else 0), alike[0] * alike[1]


def _numbered(reader: Reader, lines: _Lines) -> Iterator[NumberedRow]:
    """The rows with the number of the first line of each; raises BrokenSnapshot."""
    try:
        start = first = lines.skipped
        bare = unguard_start
        for n, row in enumerate(reader):
            bare = unguard if n == 0 and _is_ours(row) else bare
            if n > MAX_ROWS:
                raise table_too_long()
            lines.separators = 0
            first = start
            cells = row[:MAX_COLUMNS]
            yield start + 1, [bare(cell) for cell in cells] if "'" in "".join(cells) else cells
            start = reader.line_num + lines.skipped
        is_suspect = start > first + 1 or '"' in lines.last
        if is_suspect and lines.ends_inside_quotes(first + 1):
            raise BrokenSnapshot("table_quote", line=first + 1)
    except csv.Error as error:
        raise BrokenSnapshot("table_line", line=reader.line_num + lines.skipped, reason=error) from error


def _is_ours(heads: list[str]) -> bool:
    """True if a row heads a table as we write it, in which cells are guarded behind separators too."""
    return bool(heads) and head_key(heads[0]) in {head_key(words(each)("sheet.id")) for each in LANGUAGES}


def table_too_long() -> BrokenSnapshot:
    """The error for more rows than any roadmap has."""
    return BrokenSnapshot("table_long", rows=f"{MAX_ROWS:,}")
