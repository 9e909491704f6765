"""Importing a file into a roadmap: a preview, and changing exactly what the preview shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.imports.deal_table import read_deals
from lfroadmap.imports.preview import (
    DealsFor,
    ImportPreview,
    ImportSource,
    PreviewContext,
    is_roadmap_file,
    preview,
    read_source,
)
from lfroadmap.imports.tables import UnmappedTable
from lfroadmap.paths import absolute, typed_path
from lfroadmap.roadmap.foreign_days import ORDERS, DateOrder
from lfroadmap.roadmap.schema import SnapshotContent
from lfroadmap.roadmap.table_file import ColumnMapping, ImportChoices, TableFile
from lfroadmap.roadmap.table_rows import Column
from lfroadmap.roadmap.whole_days import NoDay, with_days
from lfroadmap.usecases.comma_lists import comma_list

if TYPE_CHECKING:
    from lfroadmap.roadmap.model import Roadmap
    from lfroadmap.store.folder.notices import Notify
    from lfroadmap.words import Words

TRIES = 20
"""How often an import is tried again because others changed the roadmap at the same moment."""

Verdict = Literal["changes", "nothing", "none_taken", "partly", "undecided"]
"""What a preview comes to: there is something to change; all is there already; no row can be taken; rows are
there already and others cannot be taken; nothing tells day and month of a date apart."""


def verdict(shown: ImportPreview) -> Verdict:
    """What a preview comes to."""
    if shown.undecided is not None:
        return "undecided"
    if shown.edit.edits:
        return "changes"
    if not shown.left_out:
        return "nothing"
    return "partly" if shown.same else "none_taken"


def row_counts(shown: ImportPreview, words: Words) -> dict[str, str]:
    """The numbers of rows that are there already and that cannot be taken, in words."""
    return {
        "same": words.plural("merge.same", shown.same),
        "left_out": words.plural("merge.skip", shown.left_out),
    }


class DealsFound(UsageError):
    """A table of deals where a person must say what takes it: a calculator, or the roadmap as tasks."""

    def __init__(self) -> None:
        super().__init__("deals_where")


class ImportResult(NamedTuple):
    """The end of applying a preview."""

    preview: ImportPreview
    """What was applied; otherwise what the file would change by now, to be shown."""
    applied: bool


@dataclass(frozen=True, slots=True)
class FileImport:
    """A file that was read, for a person who looks at its preview."""

    source: ImportSource
    viewer: PreviewContext

    @property
    def tables(self) -> TableFile | None:
        """The tables in the file; None for a whole roadmap."""
        return self.source.content if isinstance(self.source.content, TableFile) else None

    def roadmap(self) -> tuple[Roadmap, tuple[NoDay, ...]]:
        """The whole roadmap in the file, and the values of an older one that stood where a day must.

        Raises UsageError for tables, which are for a roadmap that is there.
        """
        content = self.source.content
        if isinstance(content, TableFile | DealsFor):
            raise UsageError("table_needs_into")
        whole = content.roadmap if isinstance(content, SnapshotContent) else content
        return with_days(whole, self.viewer.words.language)

    def preview(self, roadmap: Roadmap) -> ImportPreview:
        """The changes of a roadmap; raises RoadmapError for a part of one, or one of another template."""
        return preview(self.source, roadmap, self.viewer)

    def apply(
        self, shown: ImportPreview, current: Callable[[], Roadmap], change: Callable[[ImportPreview], bool]
    ) -> ImportResult:
        """Change what was shown; where the file would change something else by now, nothing.

        `change` changes the roadmap, and returns False where that is not the preview's `before` any more.
        """
        latest = shown
        for _ in range(TRIES):
            if change(latest):
                return ImportResult(latest, True)
            latest = self.preview(current())
            if not latest.looks_like(shown):
                break
        return ImportResult(latest, False)


def read_import(
    path: str,
    viewer: PreviewContext,
    piped: BinaryIO | None,
    choices: ImportChoices | None,
    notify: Notify,
) -> FileImport:
    """Read a file, or what is piped; raises BrokenSnapshot, BrokenStore and UsageError.

    `notify` receives a notice where some of a copy of a roadmap is not shown.
    """
    if piped is None and is_roadmap_file(typed_path(path)):
        from lfroadmap.store.sqlite.file_format import read  # noqa: PLC0415 - only a copy needs SQLite

        return FileImport(ImportSource(path, read(absolute(typed_path(path)), notify)), viewer)
    return FileImport(read_source(path, piped, choices, viewer.today), viewer)


def read_deal_import(
    path: str, viewer: PreviewContext, piped: BinaryIO | None, mapping: ColumnMapping, calculator: str
) -> FileImport:
    """Read a table of deals for the calculator with this id; raises RoadmapError and UsageError."""
    table = read_deals(path, piped, mapping, refusal="broken_snapshot")
    return FileImport(ImportSource(path, DealsFor(table, calculator)), viewer)


def unknown_columns(error: RoadmapError) -> tuple[Column, ...]:
    """The columns of a table whose headings are not known, where that is why a file was not read."""
    why = error.facts.get("why")
    return why.columns if isinstance(why, UnmappedTable) else ()


def parse_mapping(typed: str) -> tuple[tuple[str, str], ...]:
    """The roles of columns as typed: `task=Summary,owner=Assignee`; raises UsageError.

    A heading with a comma stands in quotes, as in CSV; a column may be named by its number: `task=#3`.
    """
    pairs = []
    for part in comma_list(typed):
        role, sign, head = part.partition("=")
        if not sign or not role.strip():
            raise UsageError("map_form", part=part)
        pairs.append((role.strip().lower().replace(" ", "_").replace("-", "_"), head.strip()))
    return tuple(pairs)


def check_dates(typed: str) -> DateOrder:
    """The order of dates as typed; raises UsageError for another."""
    for order in ORDERS:
        if typed.strip().lower() == order:
            return order
    raise UsageError("dates_order", value=typed, known=", ".join(ORDERS))
