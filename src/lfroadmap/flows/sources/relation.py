"""The relation `events`: the good rows of the staging table; and the rows that are no events."""

from __future__ import annotations

from collections.abc import Sequence

from lfroadmap.flows.sources.bad_rows import BadRow, BadRows
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.heads import NUMBERS, ROLES, TEXTS
from lfroadmap.flows.sources.segments import Segment
from lfroadmap.flows.sources.staging import ROW, STAGING
from lfroadmap.flows.sources.times import is_out_of_range

ROWS, NAMES = "event_rows", "customer_names"
_MOST_TEXTS = 5000
"""Different texts of a column that may be an enumeration."""
_PLAIN = tuple(role for role in ROLES if role not in ("customer", "time", "seq", "kind"))
_TEXTS = tuple(role for role in TEXTS if role != "customer")
_UNREAD = " OR ".join(f"{role}_text IS NOT NULL" for role in (*NUMBERS, "seq"))
_FAULT = f"""CASE
  WHEN customer IS NULL THEN 'no_customer'
  WHEN kind IS NULL THEN 'no_kind'
  WHEN moment IS NULL AND time_text IS NULL THEN 'no_time'
  WHEN moment IS NULL THEN 'time'
  WHEN {is_out_of_range("moment")} THEN 'time_range'
  WHEN {_UNREAD} THEN 'number'
END"""
"""Why a row of the staging table is no event."""
_CELL_AT_FAULT = f"""CASE {{fault}} WHEN 'time' THEN time_text
  WHEN 'time_range' THEN time_text
  WHEN 'number' THEN coalesce({", ".join(f"{role}_text" for role in (*NUMBERS, "seq"))})
  ELSE concat_ws(' · ', customer, kind, time_text) END"""


def make_events(engine: Engine, segments: Sequence[Segment], *, is_joined: bool) -> None:
    """Make the relation `events` of the good rows, and below it `event_rows` with all columns of segments.

    Customers are numbers in the order of their names, which `customer_names` has, and texts with few values
    are enumerations: sorting by texts takes up to three times as long, and more room. `seq`
    has the order of the files, and that of the rows in each, which the staging table has.
    """
    customer = "coalesce(identity_of.known, r.customer)" if is_joined else "r.customer"
    source = f"{STAGING} AS r" + (
        " LEFT JOIN identity_of ON identity_of.id = r.customer" if is_joined else ""
    )
    engine.execute(
        f"CREATE TABLE {NAMES} AS SELECT CAST(row_number() OVER (ORDER BY name) AS INTEGER) AS id, name"
        f" FROM (SELECT DISTINCT {customer} AS name FROM {source} WHERE r.customer IS NOT NULL) AS found"
    )
    has_seq = bool(engine.execute(f"SELECT 1 FROM {STAGING} WHERE seq IS NOT NULL LIMIT 1"))
    seq = "r.rowid" if not has_seq else (
        "row_number() OVER (ORDER BY r.moment, r.seq NULLS LAST, r.rowid)"
    )  # fmt: skip
    types = _enumerations(engine, (*_TEXTS, *(segment.column for segment in segments)))
    names = ("kind", *_PLAIN, *(segment.column for segment in segments))
    columns = ", ".join(
        f"CAST(r.{name} AS {types[name]}) AS {name}" if name in types else f"r.{name} AS {name}"
        for name in names
    )
    engine.execute(
        f"CREATE TABLE {ROWS} AS SELECT {NAMES}.id AS customer, r.moment AS moment, {seq} AS seq, {columns}"
        f" FROM {source} JOIN {NAMES} ON {NAMES}.name = {customer} WHERE ({_FAULT}) IS NULL"
    )
    choose_segment(engine, "segment")


def _enumerations(engine: Engine, names: Sequence[str]) -> dict[str, str]:
    """Column of the staging table -> the type that is made of its texts; only those with few of them."""
    counts = ", ".join(f"approx_count_distinct({name})" for name in names)
    found = engine.execute(f"SELECT {counts} FROM {STAGING}")[0]
    types = {name: f"{name}_texts" for name, n in zip(names, found, strict=True) if 0 < n <= _MOST_TEXTS}
    for name, made in types.items():
        engine.execute(
            f"CREATE TYPE {made} AS ENUM"
            f" (SELECT DISTINCT {name} FROM {STAGING} WHERE {name} IS NOT NULL ORDER BY {name})"
        )
    return types


def choose_segment(engine: Engine, column: str) -> None:
    """Let the column of this name in `event_rows` be the segment of `events`."""
    names = [name for name in _PLAIN if name != "segment"]
    engine.execute(
        "CREATE OR REPLACE VIEW events AS SELECT customer, moment, seq, kind,"
        f" {', '.join(names)}, {column} AS segment FROM {ROWS}"
    )


def drop_staging(engine: Engine) -> None:
    """Give the room of the staging table back."""
    engine.execute(f"DROP TABLE {STAGING}")


def reject(engine: Engine, shown: Sequence[str], bad: BadRows) -> None:
    """Note the rows of the staging table that are no events."""
    cell = _CELL_AT_FAULT.format(fault=f"({_FAULT})")

    def fetch(connection: object) -> None:
        found = connection.execute(  # type: ignore[attr-defined]
            f"SELECT file, {ROW}, {_FAULT}, {cell} FROM {STAGING} WHERE ({_FAULT}) IS NOT NULL ORDER BY rowid"
        )
        while rows := found.fetchmany(10_000):
            for file, row, reason, typed in rows:
                bad.add(shown[file], BadRow(row, reason, typed or ""))

    engine.run(fetch)
