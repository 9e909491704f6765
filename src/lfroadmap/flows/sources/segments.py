"""Columns that customers are segmented by: a plan, a country, whichever a source has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from lfroadmap.errors import UsageError
from lfroadmap.flows.sources.heads import TEXTS, Columns
from lfroadmap.flows.sources.tables import Table
from lfroadmap.imports.layout import place_of
from lfroadmap.roadmap.import_words import head_key

MOST_CANDIDATES = 5
"""Columns that are read because they look like segments."""
MOST_VALUES = 20
"""Different values of a column that looks like one, and values of it to choose from."""
_LONGEST_VALUE = 40
_LEAST_REPEATED = 2
"""Filled cells by different values, at least: a column of ids has a value a cell."""


class Segment(NamedTuple):
    """A column that was read as a segment."""

    head: str
    column: str
    """Its name in the staging table, and in `event_rows`."""


def find_segments(
    tables: Sequence[tuple[Table, Columns]],
    asked: Sequence[str],
    wanted: Sequence[str] = (),
    *,
    has_candidates: bool,
) -> tuple[Segment, ...]:
    """The columns that are asked for, those that are wanted and there, and those that look like segments.

    Raises UsageError where one that is asked for is not there.
    """
    heads = [_asked(tables, typed) for typed in asked]
    heads += filter(None, (_head(tables, typed) for typed in wanted))
    if has_candidates:
        known = {head_key(head) for head in heads}
        found = {head_key(head): head for table, columns in tables for head in _candidates(table, columns)}
        heads += [head for key, head in found.items() if key not in known][:MOST_CANDIDATES]
    return tuple(Segment(head, f"segment_{n}") for n, head in enumerate(dict.fromkeys(heads)))


def with_segments(columns: Columns, segments: Sequence[Segment]) -> Columns:
    """The columns of a table with the segments that it has."""
    places = [(segment.column, place_of(segment.head, columns.heads)) for segment in segments]
    return replace(columns, segments=tuple((name, at) for name, at in places if at is not None))


def _asked(tables: Sequence[tuple[Table, Columns]], typed: str) -> str:
    """As `_head`; raises UsageError where there is no such column."""
    if found := _head(tables, typed):
        return found
    heads = dict.fromkeys(head for table, _ in tables for head in table.heads if head)
    raise UsageError("flows_segment_head", head=typed[:80], heads=", ".join(heads) or "—")


def _head(tables: Sequence[tuple[Table, Columns]], typed: str) -> str:
    """The heading of a column by its heading, or by the name of its role; empty where there is none."""
    role = typed.strip().casefold()
    for _, columns in tables:
        if (at := place_of(typed, columns.heads)) is not None:
            return columns.heads[at]
    for _, columns in tables:
        if role in TEXTS and role in columns.places:
            return columns.heads[columns.places[role]]
    return ""


def _candidates(table: Table, columns: Columns) -> list[str]:
    """Headings of columns with few and short values, by a sample of the rows."""
    used = {*columns.places.values(), *(at for _, at in columns.kinds)} - {columns.places.get("segment")}
    return [
        head
        for at, head in enumerate(columns.heads)
        if head and at not in used and _tells_apart(table.sample, at)
    ]


def _tells_apart(sample: Sequence[Sequence[str]], at: int) -> bool:
    cells = (row[at].strip() for row in sample if at < len(row))
    counts = Counter(filter(None, cells))
    return (
        2 <= len(counts) <= MOST_VALUES
        and sum(counts.values()) >= _LEAST_REPEATED * len(counts)
        and max(map(len, counts)) <= _LONGEST_VALUE
    )
