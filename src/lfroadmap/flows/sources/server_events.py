"""The events of a table in ClickHouse: the relation that they are, and the rows that are none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.sources.clickhouse import Answer, Table, quoted
from lfroadmap.flows.sources.heads import NUMBERS, TEXTS, Columns, Pairs, columns_of, layout_key
from lfroadmap.flows.sources.times import EARLIEST, LATEST
from lfroadmap.imports.layout import place_of
from lfroadmap.roadmap.json_text import json_text

Remembered = Callable[[str], Pairs]
"""The columns that were chosen earlier for a table, by the key of its headings."""
_NO_TEXT = "CAST(NULL AS Nullable(String))"
_MOST_IDENTITIES = 64 << 20
"""Most characters of identities in a query."""


@dataclass(frozen=True, slots=True)
class ServerEvents:
    """The events of a table: its columns, and the relation that they are."""

    columns: Columns
    key: str
    relation: str
    """A query whose rows are the events, as one that others read from."""
    counts: str
    """A query with a row a reason why rows are no events, NULL for those that are: reason, rows, example."""
    bad: str
    """A query of the rows that are no events: the reason, and the cell that cannot be read or the row."""
    ids: str
    """A query of one row: ids of the table that the identities know, and those that they do not."""


def server_events(
    described: Answer,
    table: Table,
    chosen: Pairs,
    remembered: Remembered,
    zone: str,
    *,
    segment: str = "",
    identities: Mapping[str, str] | None = None,
) -> ServerEvents:
    """The events of a table by the names and types of its columns; `segment` is the column of that role.

    With `identities` a customer is the one whom an id stands for there. Raises RoadmapError where the table
    lacks a needed column, or there are too many identities for a query, and UsageError for a column that is
    named and not there.
    """
    types = {str(row[0]): str(row[1]) for row in described.rows}
    names = [*types]
    for role, head in chosen:
        if head and head not in types:
            raise UsageError("flows_map_head", head=head[:80], role=role, heads=", ".join(names) or "—")
    columns = columns_of(names, chosen, remembered(layout_key(names)))
    if columns.kinds:
        raise UsageError("flows_server_wide")
    cells = {role: names[at] for role, at in columns.places.items()}
    if segment:
        cells["segment"] = _segment(segment, names, cells)
    texts = {role: _text(cells.get(role)) for role in TEXTS}
    source = f"{table.name} AS source"
    own_id = texts["customer"]
    if identities is not None:
        texts["customer"] = f"coalesce(identity_of.known, {own_id})"
        source += f"\n  LEFT JOIN ({_identities(identities)}) AS identity_of ON identity_of.id = {own_id}"
    found = texts | {role: _number(cells.get(role)) for role in NUMBERS}
    also = {
        "moment": _moment(cells["time"], types[cells["time"]], zone),
        "place": _cell(cells["seq"]) if "seq" in cells else _NO_TEXT,
        "time_text": _text(cells["time"]),
        "number_text": _unread([cells[role] for role in NUMBERS if role in cells]),
    }
    listed = ",\n    ".join(f"{value} AS {role}" for role, value in (found | also).items())
    inner = f"SELECT {listed}\n  FROM {source}"
    relation = (
        f"SELECT {', '.join(found)}, moment,\n"
        "  toNullable(row_number() OVER (PARTITION BY customer ORDER BY moment, place)) AS seq\n"
        f"FROM (\n  {inner}\n)\nWHERE ({_FAULT}) IS NULL"
    )
    faults = f"SELECT {_FAULT} AS fault, {_AT_FAULT} AS typed\nFROM (\n  {inner}\n)"
    return ServerEvents(
        columns,
        layout_key(names),
        relation,
        f"SELECT fault, count(*) AS found, min(typed) AS example\nFROM (\n{faults}\n)\nGROUP BY fault\n",
        f"SELECT fault, typed\nFROM (\n{faults}\n)\nWHERE fault IS NOT NULL\nORDER BY fault, typed\n",
        f"SELECT count(known), count(*) - count(known)\nFROM (\n  SELECT DISTINCT {own_id} AS own_id,"
        f" {'identity_of.known' if identities is not None else _NO_TEXT} AS known\n  FROM {source}\n)\n"
        "WHERE own_id IS NOT NULL\n",
    )


def _segment(typed: str, names: Sequence[str], cells: Mapping[str, str]) -> str:
    """The column by its name or the name of its role; raises UsageError."""
    at = place_of(typed, names)
    if at is None and typed not in cells:
        raise UsageError("flows_segment_head", head=typed[:80], heads=", ".join(names) or "—")
    return cells[typed] if at is None else names[at]


def _identities(pairs: Mapping[str, str]) -> str:
    """The identities as a relation of one text: that many values would be too deep for a parser."""
    listed = json_text([*pairs.items()], compact=True)
    if len(listed) > _MOST_IDENTITIES:
        raise RoadmapError("flows_server_identities", limit=_MOST_IDENTITIES >> 20)
    literal = "'" + listed.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return (
        "SELECT pair[1] AS id, toNullable(pair[2]) AS known FROM (SELECT arrayJoin(JSONExtract("
        f"{literal}, 'Array(Array(String))')) AS pair)"
    )


def _bound(day: str) -> str:
    return f"toUnixTimestamp64Milli(toDateTime64('{day} 00:00:00', 3, 'UTC'))"


_FAULT = f"""CASE
  WHEN customer IS NULL THEN 'no_customer'
  WHEN kind IS NULL THEN 'no_kind'
  WHEN moment IS NULL AND time_text IS NULL THEN 'no_time'
  WHEN moment IS NULL THEN 'time'
  WHEN moment < {_bound(EARLIEST)} OR moment >= {_bound(LATEST)} THEN 'time_range'
  WHEN number_text IS NOT NULL THEN 'number' END"""
"""Why a row is no event, as of rows of files."""
_AT_FAULT = f"""CASE {_FAULT} WHEN 'time' THEN time_text
  WHEN 'time_range' THEN time_text
  WHEN 'number' THEN number_text
  ELSE coalesce(customer, '—') || ' · ' || coalesce(kind, '—') || ' · ' || coalesce(time_text, '—') END"""


def _cell(name: str) -> str:
    """A column of the table; a bare name would be the alias of another expression where one has that name."""
    return f"source.{quoted(name)}"


def _text(name: str | None) -> str:
    return f"nullIf(trimBoth(toString({_cell(name)})), '')" if name else _NO_TEXT


def _number(name: str | None) -> str:
    number = f"toFloat64OrNull(toString({_cell(name)}))" if name else "CAST(NULL AS Nullable(Float64))"
    return f"CASE WHEN isFinite({number}) THEN {number} END" if name else number


def _unread(names: Sequence[str]) -> str:
    """The first of these cells that should be a number and is none."""
    cells = [f"CASE WHEN {_number(name)} IS NULL THEN {_text(name)} END" for name in names]
    return f"coalesce({', '.join((*cells, _NO_TEXT))})"


def _moment(name: str, kind: str, zone: str) -> str:
    """Milliseconds since 1970 of a column by its type; a text without an offset is in the zone."""
    cell = _cell(name)
    if "Date" in kind:
        return f"toNullable(toUnixTimestamp64Milli(toDateTime64({cell}, 3)))"
    if "Int" in kind or "Float" in kind or "Decimal" in kind:
        number = f"toFloat64OrNull(toString({cell}))"
        return f"toInt64(if({number} < 1e11, {number} * 1000, {number}))"
    parsed = f"parseDateTime64BestEffortOrNull(toString({cell}), 3, '{zone}')"
    return f"if(isNull({parsed}), NULL, toUnixTimestamp64Milli(assumeNotNull({parsed})))"


def with_events(query: str, relation: str) -> str:
    """A query that reads from `events`, with that relation in its WITH."""
    inner = "\n".join(f"  {line}" for line in relation.splitlines())
    part = f"events AS (\n{inner}\n)"
    return f"WITH {part}, {query[5:]}" if query.startswith("WITH ") else f"WITH {part}\n{query}"
