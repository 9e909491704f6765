"""What a file would change in a roadmap that is there: the edit for it, and a preview of every row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lfroadmap.errors import RoadmapError
from lfroadmap.imports.snapshot import read_content
from lfroadmap.imports.tables import is_table, read_tables
from lfroadmap.report.comparison_report import Ends, comparison_report
from lfroadmap.report.import_preview import import_preview
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.schema import SnapshotContent
from lfroadmap.roadmap.structure import Move
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.table_rows import Rows
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class ImportSource:
    """What a file holds: the tables in it, or a whole roadmap."""

    path: str
    """As a person gave it; `-` is the standard input."""
    held: tuple[Rows, ...] | SnapshotContent

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks at a preview and when, and what new rows are called."""

    words: Words
    thresholds: Thresholds
    today: date
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class ImportPreview:
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
    same: int = 0
    """Rows of a table that are there already."""

    def looks_like(self, other: ImportPreview) -> bool:
        """Whether both previews tell the same, row by row."""
        return self.told(None) == other.told(None)


def read_source(path: str, piped: BinaryIO | None = None) -> ImportSource:
    """Read a table or a snapshot, out of a pipe where it is not in the file; raises BrokenSnapshot."""
    source = Path(path) if piped is None else piped
    return ImportSource(path, read_tables(source) if is_table(path) else read_content(source))


def preview(given: ImportSource, now: Roadmap, reader: Viewer) -> ImportPreview:
    """What was read, taken into a roadmap; raises RoadmapError for a part, or for another template."""
    if isinstance(given.held, SnapshotContent):
        return _take_snapshot(given, given.held, now, reader)
    held = import_tables(now, given.held, reader.words.language, reader.today, reader.new_id)
    told = partial(import_preview, held, given.held, given.name, reader.words)
    return ImportPreview(now, held.edit, told, left_out=len(held.that("skip")), same=len(held.that("same")))


def _take_snapshot(given: ImportSource, held: SnapshotContent, now: Roadmap, reader: Viewer) -> ImportPreview:
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
    told = partial(comparison_report, shown, ends, words, reader.thresholds)
    edits = difference(now, then)
    return ImportPreview(
        now, Batch(edits), told, shown.is_empty or any(isinstance(edit, Move) for edit in edits)
    )
