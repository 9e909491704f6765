"""Rows of a source that are no events, with the reason and the place of each."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

REASONS = (
    "columns", "quote", "encoding", "too_long", "json", "no_customer", "no_kind", "no_time", "time",
    "time_range", "number",
)  # fmt: skip
"""Why a row is no event; each has its words."""
SHOWN = 5
"""Rows of a reason that are named."""


RejectedRow = tuple[str, str, str, str]
"""A bad row as it is written out: the file, the row (empty where there are no numbers), reason and text."""


class BadRow(NamedTuple):
    """A row that is no event."""

    row: int
    """Its place in its file as people see it: the headings are in row 1."""
    reason: str
    text: str
    """The cell that cannot be read, or the whole line."""


@dataclass(frozen=True, slots=True)
class BadReason:
    """The bad rows of a file with one reason."""

    file: str
    reason: str
    count: int
    rows: tuple[int, ...]
    """The first of them."""
    example: str


class BadRows:
    """The bad rows of all files, in a file of the temporary folder: there may be millions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w", encoding="utf-8", errors="surrogateescape", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], list[BadRow]] = {}

    def add(self, file: str, bad: BadRow) -> None:
        """Note a bad row."""
        self._writer.writerow((file, bad.row, bad.reason, bad.text.replace("\0", "")))
        key = (file, bad.reason)
        self._counts[key] += 1
        first = self._first.setdefault(key, [])
        if len(first) < SHOWN:
            first.append(bad._replace(text=bad.text[:200]))

    def summary(self) -> tuple[BadReason, ...]:
        """The reasons by file, each with its number of rows."""
        return tuple(
            BadReason(file, reason, count, *self._example(self._first[file, reason]))
            for (file, reason), count in self._counts.items()
        )

    @staticmethod
    def _example(first: list[BadRow]) -> tuple[tuple[int, ...], str]:
        return tuple(each.row for each in first), first[0].text

    def rows(self) -> Iterator[RejectedRow]:
        """All of them: the file, the row, the reason and the text."""
        self._file.flush()
        csv.field_size_limit(1 << 30)
        with self.path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            for row in csv.reader(file):
                yield row[0], row[1], row[2], row[3]

    def close(self) -> None:
        """Close the file; its folder is removed with it."""
        self._file.close()
