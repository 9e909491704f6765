"""What a file would change in a roadmap that is there: the edit for it, and a preview of every row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lfroadmap.errors import RoadmapError
from lfroadmap.export.sheets import is_table, read_tables
from lfroadmap.export.snapshot import read_held
from lfroadmap.report.compared import Ends, compared
from lfroadmap.report.merged import merged
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.merging import merge
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.rows import Rows
from lfroadmap.roadmap.schema import Held
from lfroadmap.roadmap.structure import Move
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class Given:
    """What a file holds: the tables in it, or a whole roadmap."""

    path: str
    """As a person gave it; `-` is the standard input."""
    held: tuple[Rows, ...] | Held

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a preview and when, and what new rows are called."""

    words: Words
    thresholds: Thresholds
    today: date
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Taking:
    """What a file would change."""

    before: Roadmap
    """The roadmap that it would change."""
    edit: Batch
    """All of it, done and undone as one step; no edits where there is nothing to change."""
    told: Callable[[int | None], Report]
    """The preview, with so many rows of each part at most (None: all) and the rest counted."""
    untold: bool = False
    """Whether some of it is not told in the preview: rows that only move, words that read the same."""
    left_out: int = 0
    """Rows of a table that cannot be taken."""

    def looks_like(self, other: Taking) -> bool:
        """Whether both previews tell the same, row by row."""
        return self.told(None) == other.told(None)


def read_given(path: str, piped: BinaryIO | None = None) -> Given:
    """Read a table or a snapshot, out of a pipe where it is not in the file; raises BrokenSnapshot."""
    source = Path(path) if piped is None else piped
    return Given(path, read_tables(source) if is_table(path) else read_held(source))


def take(given: Given, now: Roadmap, reader: Reader) -> Taking:
    """What was read, taken into a roadmap; raises RoadmapError for a part, or for another template."""
    if isinstance(given.held, Held):
        return _take_snapshot(given, given.held, now, reader)
    held = merge(now, given.held, reader.words.language, reader.today, reader.new_id)
    told = partial(merged, held, given.held, given.name, reader.words)
    return Taking(now, held.edit, told, left_out=len(held.that("skip")))


def _take_snapshot(given: Given, held: Held, now: Roadmap, reader: Reader) -> Taking:
    """All of a snapshot; what was added here since it was made goes, as the comparison tells."""
    then = held.roadmap
    if held.is_part:  # what was left out of it would go
        raise RoadmapError("part_into", path=given.path)
    if then.template != now.template:
        raise RoadmapError(
            "other_template", path=given.path, there=then.template or "—", here=now.template or "—"
        )
    words = reader.words
    ends = Ends(words("compared.today", day=words.day(reader.today)), given.name)
    shown = compare(now, then, words.language)
    told = partial(compared, shown, ends, words, reader.thresholds)
    edits = difference(now, then)
    return Taking(now, Batch(edits), told, shown.is_empty or any(isinstance(edit, Move) for edit in edits))
