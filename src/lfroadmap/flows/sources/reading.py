"""Reading sources into the relation `events`, with what was decided and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.bad_rows import BadReason, BadRows
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.files import find_files, is_beside, open_source
from lfroadmap.flows.sources.heads import (
    Columns,
    Pairs,
    check_roles,
    columns_of,
    layout_key,
)
from lfroadmap.flows.sources.identities import Identities, read_identities
from lfroadmap.flows.sources.other_cells import read_other_numbers, read_other_times
from lfroadmap.flows.sources.relation import drop_staging, make_events, reject
from lfroadmap.flows.sources.segments import Segment, find_segments, with_segments
from lfroadmap.flows.sources.sql_text import text
from lfroadmap.flows.sources.staging import BASES, STAGING, create
from lfroadmap.flows.sources.tables import Table, look_at, read_table
from lfroadmap.flows.sources.times import (
    ORDERS,
    Order,
    in_words_or_digits,
    iso_or_number,
)
from lfroadmap.imports.layout import place_of
from lfroadmap.paths import for_display

Remembered = Callable[[str], Pairs]
"""The columns that were chosen earlier for a table, by the key of its headings."""


@dataclass(frozen=True, slots=True)
class ReadChoices:
    """What a person chose about the sources."""

    columns: Pairs = ()
    order: Order = ""
    identities: str = ""
    remembered: Remembered = lambda key: ()
    segments: tuple[str, ...] = ()
    """Headings of columns that customers are segmented by."""
    wanted_segments: tuple[str, ...] = ()
    """Headings of further ones, which are read where a source has them."""
    has_candidates: bool = False
    """True to read as segments also the columns that look like it."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read."""

    path: str
    kind: str
    encoding: str
    """The name of its encoding where that is not UTF-8."""
    columns: Columns
    key: str
    """The key by which its columns are remembered."""
    rows: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading the sources."""

    files: tuple[ReadFile, ...]
    skipped: tuple[str, ...]
    """Files of folders that were not read."""
    rows: int
    events: int
    bad: tuple[BadReason, ...]
    order: Order
    """The order of days and months where it was decided; empty where none was needed."""
    identities: Identities | None
    currency: str
    """The sign beside the values, where they have one."""
    segments: tuple[Segment, ...] = ()
    """The columns that were read as segments."""

    @property
    def bad_count(self) -> int:
        """The number of bad rows."""
        return sum(reason.count for reason in self.bad)


def read_events(
    engine: Engine, sources: Sequence[str], choices: ReadChoices, piped: BinaryIO | None, bad: BadRows
) -> Reading:
    """Read all sources, and make the relation `events`.

    Raises RoadmapError for a source that cannot be read, or lacks a column, and for no events at all;
    UsageError for columns that are named and in no file.
    """
    tables, skipped = look_at_all(engine, sources, choices, piped)
    segments = find_segments(
        tables, choices.segments, choices.wanted_segments, has_candidates=choices.has_candidates
    )
    tables = [(table, with_segments(columns, segments)) for table, columns in tables]
    engine.execute(create(segment.column for segment in segments))
    engine.execute(f"CREATE TABLE {BASES} (file INTEGER, base BIGINT)")
    files = []
    for number, (table, columns) in enumerate(tables):
        rows = read_table(engine, table, columns, number, bad)
        key = layout_key(table.heads)
        files.append(ReadFile(table.file.shown, table.file.kind, table.encoding, columns, key, rows))
    order = read_other_times(engine, choices.order)
    currency = read_other_numbers(engine)
    identities = None
    if choices.identities:
        identities = read_identities(engine, choices.identities, STAGING)
    make_events(engine, segments, is_joined=identities is not None)
    reject(engine, [file.path for file in files], bad)
    drop_staging(engine)
    events = int(engine.execute("SELECT count(*) FROM events")[0][0])
    total = sum(file.rows for file in files)
    return Reading(tuple(files), skipped, total, events, bad.summary(), order, identities, currency, segments)


def look_at_all(
    engine: Engine, sources: Sequence[str], choices: ReadChoices, piped: BinaryIO | None
) -> tuple[list[tuple[Table, Columns]], tuple[str, ...]]:
    """The tables of all sources with their columns, and the files that are not read; raises RoadmapError."""
    check_roles(choices.columns)
    found = find_files(sources)
    tables, skipped = [], [*found.skipped]
    fault: RoadmapError | None = None
    for path in found.paths:
        try:
            table = look_at(engine, open_source(path, piped, engine.folder), choices.columns)
            tables.append((table, _columns(engine, table, choices)))
        except RoadmapError as error:
            why = error.facts.get("why")
            if path not in found.in_folders or not (isinstance(why, RoadmapError) and is_beside(path, why)):
                raise
            fault = fault or error
            skipped.append(path)
    if fault and not tables:
        raise fault
    _check_chosen(choices.columns, [table for table, _ in tables])
    return tables, tuple(str(for_display(path)) for path in skipped)


def _columns(engine: Engine, table: Table, choices: ReadChoices) -> Columns:
    remembered = choices.remembered(layout_key(table.heads))
    try:
        return columns_of(table.heads, choices.columns, remembered, lambda: _time_columns(engine, table))
    except RoadmapError as error:
        raise RoadmapError("flows_file", path=table.file.shown, why=error) from error


def _time_columns(engine: Engine, table: Table) -> list[bool]:
    """Which columns have times in nearly all filled cells of the sample, and no mere numbers."""
    found = []
    for at in range(len(table.heads)):
        cells = [row[at].strip() for row in table.sample if at < len(row) and row[at].strip()]
        if not cells or all(cell.isdecimal() for cell in cells):
            found.append(False)
            continue
        listed = ", ".join(f"({text(cell[:60])})" for cell in cells)
        forms = (iso_or_number("t"), *(in_words_or_digits("t", order) for order in ORDERS))
        count = engine.execute(
            f"SELECT count(coalesce({', '.join(forms)})) FROM (VALUES {listed}) AS cells(t)"
        )[0][0]
        found.append(count >= 0.9 * len(cells))
    return found


def _check_chosen(chosen: Pairs, tables: Sequence[Table]) -> None:
    """Raise UsageError where a heading that is chosen is in no file."""
    for role, head in chosen:
        if head and not any(_has(table, head) for table in tables):
            heads = dict.fromkeys(each for table in tables for each in table.heads if each)
            raise UsageError("flows_map_head", head=head[:80], role=role, heads=", ".join(heads) or "—")


def _has(table: Table, head: str) -> bool:
    return place_of(head, tuple(" ".join(each.split()) for each in table.heads)) is not None
