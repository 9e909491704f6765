"""The changes that a file makes in an existing roadmap: the edit, and a preview of every row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import BinaryIO

from lfroadmap.errors import BrokenSnapshot, RoadmapError
from lfroadmap.imports.deal_table import DealTable
from lfroadmap.imports.kinds import ROADMAP, SAMPLE, kind_of
from lfroadmap.imports.snapshot import naming_errors, open_source, read_bytes, read_started
from lfroadmap.imports.tables import tables_in
from lfroadmap.paths import typed_path
from lfroadmap.report.calculators.deal_import_report import deal_import_report
from lfroadmap.report.comparison_report import Ends, comparison_report
from lfroadmap.report.import_preview import import_preview, left_out_days
from lfroadmap.report.nodes import Report
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.copy_import import import_copy
from lfroadmap.roadmap.deal_import import import_deals
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.json_source import LIMIT
from lfroadmap.roadmap.model import Calculator, Roadmap
from lfroadmap.roadmap.progress import Thresholds
from lfroadmap.roadmap.schema import SnapshotContent
from lfroadmap.roadmap.structure import Move
from lfroadmap.roadmap.table_file import ImportChoices, TableFile
from lfroadmap.roadmap.table_import import TableImport, import_tables
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.tree import find
from lfroadmap.roadmap.whole_days import NoDay, with_days
from lfroadmap.text import one_line
from lfroadmap.words import Words


@dataclass(frozen=True, slots=True)
class DealsFor:
    """A table of deals, and the calculator that it is for."""

    table: DealTable
    calculator: str
    """Id of the calculator."""


@dataclass(frozen=True, slots=True)
class ImportSource:
    """The content of a file: tables, deals, a snapshot, or a copy of a roadmap's own file."""

    path: str
    """The path as given; `-` is the standard input."""
    content: TableFile | DealsFor | SnapshotContent | Roadmap

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
    undecided: tuple[str, int] | None = None
    """A date whose day and month nothing tells apart, and its row."""

    def looks_like(self, other: ImportPreview) -> bool:
        """True if both previews list the same changes, row by row."""
        return self.report(None) == other.report(None)


def read_source(
    path: str, piped: BinaryIO | None = None, choices: ImportChoices | None = None, today: date | None = None
) -> ImportSource:
    """Read tables or a snapshot, from `piped` or else from the file; raises BrokenSnapshot, or UsageError."""
    source = typed_path(path) if piped is None else piped
    with naming_errors(source, path), open_source(source) as file:
        start = read_bytes(file, SAMPLE)
        kind = kind_of(start)
        if kind == "roadmap":
            raise BrokenSnapshot("roadmap_piped")
        if kind == "snapshot":
            return ImportSource(path, read_started(start, file))
        data = start + read_bytes(file, LIMIT + 1 - len(start))
        return ImportSource(path, tables_in(data, choices or ImportChoices(), today or date.today()))


def is_roadmap_file(path: Path) -> bool:
    """True if a file is a roadmap's own, or a copy of one."""
    with naming_errors(path, ""), open_source(path) as file:
        return read_bytes(file, len(ROADMAP)) == ROADMAP


def preview(source: ImportSource, now: Roadmap, context: PreviewContext) -> ImportPreview:
    """The preview of a file for a roadmap.

    Raises RoadmapError for a part, for another template, and for deals that the calculator cannot take.
    """
    if isinstance(source.content, DealsFor):
        return deal_preview(source.content, now, context.words, context.new_id)
    if isinstance(source.content, SnapshotContent):
        return _snapshot_preview(source, source.content, now, context)
    file = source.content if isinstance(source.content, TableFile) else None
    result = _result(source, now, context)
    report = partial(import_preview, result, file, source.name, context.words)
    left_out, same = (len(result.with_outcome(outcome)) for outcome in ("skip", "same"))
    undecided = file.undecided if file else None
    return ImportPreview(now, result.edit, report, left_out=left_out, same=same, undecided=undecided)


def _result(source: ImportSource, now: Roadmap, context: PreviewContext) -> TableImport:
    language = context.words.language
    if isinstance(source.content, Roadmap):
        _check_template(source, source.content, now)
        return import_copy(now, source.content, language)
    assert isinstance(source.content, TableFile)
    file = source.content
    name = file.member or ("" if source.path == "-" else source.path)
    fallback = Path(name).stem.strip() or context.words("merge.new_card_name")
    return import_tables(
        now, file.tables, language, context.today, context.new_id, choices=file.choices, fallback=fallback
    )


def deal_preview(deals: DealsFor, now: Roadmap, words: Words, new_id: Callable[[], str]) -> ImportPreview:
    """The preview of deals for their calculator; raises RoadmapError where it cannot take them."""
    place = find(now, deals.calculator)
    if place is None or not isinstance(place.node, Calculator):
        raise RoadmapError("no_such_calculator", name=deals.calculator)
    table, labels = deals.table, Labels(now.template, words.language)
    columns = {column for column, _ in table.heads}
    found = import_deals(place.node, table.rows, columns, labels, new_id)
    title = one_line(labels.of(place.node))

    def report(limit: int | None) -> Report:
        return deal_import_report(found, title, table, words, limit=limit)

    return ImportPreview(now, found.edit, report, same=found.same)


def _snapshot_report(
    no_days: tuple[NoDay, ...], compared: Callable[[int | None], Report], words: Words, limit: int | None
) -> Report:
    """The comparison, and the values that were left out of the snapshot."""
    report = compared(limit)
    if not no_days:
        return report
    return replace(report, body=(left_out_days(no_days, words, limit), *report.body))


def _check_template(source: ImportSource, then: Roadmap, now: Roadmap) -> None:
    if then.template != now.template:
        raise RoadmapError(
            "other_template", path=source.path, there=then.template or "—", here=now.template or "—"
        )


def _snapshot_preview(
    source: ImportSource, snapshot: SnapshotContent, now: Roadmap, context: PreviewContext
) -> ImportPreview:
    """The preview of a snapshot; nodes added since it was made are removed, as the comparison shows."""
    words = context.words
    then, no_days = with_days(snapshot.roadmap, words.language)
    if snapshot.is_part:  # the parts left out of it would be removed
        raise RoadmapError("part_into", path=source.path)
    _check_template(source, then, now)
    ends = Ends(words("compared.today", day=words.day(context.today)), source.name)
    comparison = compare(now, then, words.language)
    report = partial(
        _snapshot_report,
        no_days,
        partial(comparison_report, comparison, ends, words, context.thresholds),
        words,
    )
    edits = difference(now, then)
    return ImportPreview(
        now, Batch(edits), report, comparison.is_empty or any(isinstance(edit, Move) for edit in edits)
    )
