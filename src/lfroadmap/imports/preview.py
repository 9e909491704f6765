"""The changes that a file makes in an existing roadmap: the edit, and a preview of every row."""

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
    """The content of a file: tables, or a whole roadmap."""

    path: str
    """The path as given; `-` is the standard input."""
    content: tuple[Rows, ...] | SnapshotContent

    @property
    def name(self) -> str:
        """The file's name."""
        return Path(self.path).name


@dataclass(frozen=True, slots=True)
class PreviewContext:
    """The settings of a preview, and the source of ids for new rows."""

    words: Words
    thresholds: Thresholds
    today: date
    new_id: Callable[[], str]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The changes that a file would make."""

    before: Roadmap
    """The roadmap before the changes."""
    edit: Batch
    """All changes, applied and undone as one step; without edits where there is nothing to change."""
    report: Callable[[int | None], Report]
    """The preview, with at most so many rows of each part (None: all) and the rest counted."""
    has_unlisted: bool = False
    """True if some changes are not listed: rows that only move, texts that read the same."""
    left_out: int = 0
    """Number of rows that cannot be imported."""
    same: int = 0
    """Number of rows that are there already."""

    def looks_like(self, other: ImportPreview) -> bool:
        """True if both previews list the same changes, row by row."""
        return self.report(None) == other.report(None)


def read_source(path: str, piped: BinaryIO | None = None) -> ImportSource:
    """Read a table or a snapshot, from `piped` or else from the file; raises BrokenSnapshot."""
    source = Path(path) if piped is None else piped
    return ImportSource(path, read_tables(source) if is_table(path) else read_content(source))


def preview(source: ImportSource, now: Roadmap, context: PreviewContext) -> ImportPreview:
    """The preview of a file for a roadmap; raises RoadmapError for a part, or for another template."""
    if isinstance(source.content, SnapshotContent):
        return _snapshot_preview(source, source.content, now, context)
    result = import_tables(now, source.content, context.words.language, context.today, context.new_id)
    report = partial(import_preview, result, source.content, source.name, context.words)
    left_out, same = (len(result.with_outcome(outcome)) for outcome in ("skip", "same"))
    return ImportPreview(now, result.edit, report, left_out=left_out, same=same)


def _snapshot_preview(
    source: ImportSource, snapshot: SnapshotContent, now: Roadmap, context: PreviewContext
) -> ImportPreview:
    """The preview of a snapshot; nodes added since it was made are removed, as the comparison shows."""
    then = snapshot.roadmap
    if snapshot.is_part:  # the parts left out of it would be removed
        raise RoadmapError("part_into", path=source.path)
    if then.template != now.template:
        raise RoadmapError(
            "other_template", path=source.path, there=then.template or "—", here=now.template or "—"
        )
    words = context.words
    ends = Ends(words("compared.today", day=words.day(context.today)), source.name)
    comparison = compare(now, then, words.language)
    report = partial(comparison_report, comparison, ends, words, context.thresholds)
    edits = difference(now, then)
    return ImportPreview(
        now, Batch(edits), report, comparison.is_empty or any(isinstance(edit, Move) for edit in edits)
    )
