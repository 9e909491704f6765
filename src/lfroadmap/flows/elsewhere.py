"""Queries for a warehouse, and measures out of the results that it gave."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lfroadmap.flows.catalogue import chosen, queries_of
from lfroadmap.flows.literals import Dialect, name_literal
from lfroadmap.flows.measures import result_of
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.queries import NEEDING_STEPS, complete
from lfroadmap.flows.results import Result
from lfroadmap.flows.tables import Cell, Table, Tables

Rows = Sequence[Mapping[str, Cell]]
"""Rows of a result as objects, by the names of columns in capitals or small letters."""
_MOMENTS: Mapping[Dialect, str] = {
    "duckdb": "epoch_ms(time)",
    "clickhouse": "toNullable(toUnixTimestamp64Milli(toDateTime64(time, 3)))",
    "bigquery": "UNIX_MILLIS(time)",
    "snowflake": "DATE_PART(EPOCH_MILLISECOND, time)",
    "trino": "CAST(to_unixtime(time) * 1000 AS bigint)",
    "spark": "unix_millis(time)",
    "postgres": "(extract(epoch FROM time) * 1000)::bigint",
}
"""Milliseconds since 1970 UTC of a column of moments, the one thing that has a dialect."""
_COLUMNS = ("kind", "channel", "stage", "content", "objection", "segment")
_NUMBERS = ("value", "cost", "sentiment", "readiness", "satisfaction")


def events_view(dialect: Dialect, segment: str = "segment") -> str:
    """The view that all queries read, as an example with the table `your_events` and its column `time`.

    `segment` is the name of the column that customers are segmented by.

    A column that the table lacks is to be NULL there; empty texts are to be NULL.
    """
    texts = {**{name: name for name in _COLUMNS}, "segment": name_literal(segment or "segment", dialect)}
    columns = ",\n  ".join((*(f"nullif({cell}, '') AS {name}" for name, cell in texts.items()), *_NUMBERS))
    return (
        f"CREATE VIEW events AS\nSELECT customer, {_MOMENTS[dialect]} AS moment,\n"
        f"  row_number() OVER (PARTITION BY customer ORDER BY time) AS seq,\n  {columns}\nFROM your_events\n"
    )


def printed_queries(
    parameters: Parameters, dialect: Dialect, ids: Collection[str] | None = None
) -> tuple[tuple[str, str], ...]:
    """Names and complete texts of the queries of these measures, those aside that lack steps."""
    found = [name for name in queries_of(chosen(ids)) if parameters.steps or name not in NEEDING_STEPS]
    ending = "SETTINGS join_use_nulls = 1\n" if dialect == "clickhouse" else ""
    return tuple((name, complete(name, parameters, dialect) + ending) for name in found)


def measure_results(results: Mapping[str, Rows], parameters: Parameters) -> Result:
    """The measures that results of queries, by their names, suffice for.

    Raises IncompleteResultError for a result that lacks a column, BadCellError for a cell that is no number.
    """
    have = set(results) | (set() if parameters.steps else NEEDING_STEPS)
    ids = [each.id for each in chosen(None) if have.issuperset(each.queries)]
    needed = queries_of(chosen(ids))
    tables = Tables({name: _table(name, results.get(name, ())) for name in needed})
    return result_of(tables, parameters, ids)


def _table(name: str, rows: Rows) -> Table:
    lowered = [{column.lower(): cell for column, cell in row.items()} for row in rows]
    columns = tuple(dict.fromkeys(column for row in lowered for column in row))
    return Table(columns, [[row.get(column) for column in columns] for row in lowered], name)
