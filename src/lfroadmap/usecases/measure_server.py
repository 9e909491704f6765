"""Measuring a table in ClickHouse: what is asked of the server, and with which credentials."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.flows.catalogue import NUMBERS
from lfroadmap.flows.measures import measure_with
from lfroadmap.flows.parameters import MEANINGS, Parameters
from lfroadmap.flows.results import Result as Measures
from lfroadmap.flows.running import TextRunner
from lfroadmap.flows.sources.bad_rows import BadReason
from lfroadmap.flows.sources.clickhouse import (
    Answer,
    Credentials,
    ServerEvents,
    Table,
    ask,
    server_events,
    table_at,
    with_events,
)
from lfroadmap.flows.sources.kinds import meanings_of
from lfroadmap.flows.sources.reading import ReadFile, Reading
from lfroadmap.flows.tables import Table as Result
from lfroadmap.flows.tables import whole
from lfroadmap.usecases.measure_filters import check_filters
from lfroadmap.usecases.measurement import Measurement, Sources, as_of_before, check_steps

SECRETS = "clickhouse.toml"
_MOST_KINDS = 2000
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def credentials_in(folder: Path) -> Credentials:
    """Those of the environment, else those of a file that is its owner's alone; raises RoadmapError."""
    user, password = (os.environ.get(f"CLICKHOUSE_{name}", "") for name in ("USER", "PASSWORD"))
    if user or password:
        return Credentials(user, password)
    path = folder / SECRETS
    try:
        with path.open("rb") as file:
            if os.name == "posix" and os.fstat(file.fileno()).st_mode & _FOR_OTHERS:
                raise RoadmapError("flows_secret_open", path=path)
            found = tomllib.load(file)
    except FileNotFoundError:
        return Credentials()
    except (OSError, ValueError) as error:
        raise RoadmapError("flows_secret_form", path=path) from error
    values = (found.get("user", ""), found.get("password", ""))
    if not all(isinstance(value, str) for value in values):
        raise RoadmapError("flows_secret_form", path=path)
    return Credentials(*values)


def measure_server(
    sources: Sources,
    credentials: Credentials,
    zone: str,
    parameters: Parameters,
    *,
    period_days: float | None = None,
) -> Measurement:
    """Measure the table that the one source names, and with `period_days` also as of so many days earlier.

    Raises RoadmapError.
    """
    table = table_at(sources.names[0])

    def answer(query: str) -> Answer:
        return ask(table, credentials, query)

    described = answer(f"DESCRIBE TABLE {table.name}")
    choices = sources.choices
    column = parameters.filters.segment_column
    events = server_events(described, table, choices.columns, choices.remembered, zone, segment=column)
    reading = _reading(table, events, answer(events.counts))
    if not reading.events:
        raise RoadmapError("flows_no_events", rows=f"{reading.rows:,}")

    def run(query: str) -> Result:
        found = answer(with_events(query, events.relation))
        return Result(found.columns, found.rows)

    check_filters(lambda query: run(query).rows, parameters.filters)
    result, kinds, stages = _measured(sources, events, parameters, run)
    (ends,) = run("SELECT min(moment) AS first, max(moment) AS last FROM events").rows
    first, last = (
        whole(end) if known is None else known
        for known, end in zip((result.first, result.last), ends, strict=True)
    )
    found = Measurement(result, reading, zone, first, last, kinds, stages)
    if period_days is None:
        return found
    earlier = TextRunner(run, as_of_before(result.parameters, period_days), "clickhouse")
    return replace(found, before=measure_with(earlier, NUMBERS), period_days=period_days)


def _measured(
    sources: Sources, events: ServerEvents, parameters: Parameters, run: Callable[[str], Result]
) -> tuple[Measures, tuple[tuple[str, int], ...], tuple[str, ...]]:
    """The measures, and the kinds and stages of the events."""

    def counted(column: str) -> tuple[tuple[str, int], ...]:
        found = run(
            f"SELECT {column}, count(*) AS number FROM events WHERE {column} IS NOT NULL"
            f" GROUP BY {column} ORDER BY number DESC, {column} LIMIT {_MOST_KINDS}"
        )
        return tuple((str(name), whole(number)) for name, number in found.rows)

    kinds, stages = counted("kind"), tuple(stage for stage, _ in counted("stage"))
    names = tuple(kind for kind, _ in kinds)
    check_steps(parameters.steps, names, stages)
    remembered = tuple((meaning, kind) for kind, meaning in sources.remembered_kinds(events.key))
    meanings = meanings_of(names, sources.kinds, remembered)
    settled = replace(parameters, meanings={each: meanings.get(each, ()) for each in MEANINGS})
    return measure_with(TextRunner(run, settled, "clickhouse")), kinds, stages


def _reading(table: Table, events: ServerEvents, counts: Answer) -> Reading:
    rows, no_customer, no_kind, no_time, good = map(whole, counts.rows[0])
    outside = rows - no_customer - no_kind - no_time - good
    reasons = {"no_customer": no_customer, "no_kind": no_kind, "time": no_time, "time_range": outside}
    bad = tuple(BadReason(table.shown, reason, count, (), "") for reason, count in reasons.items() if count)
    file = ReadFile(table.shown, "clickhouse", "", events.columns, events.key, rows)
    return Reading((file,), (), rows, good, bad, "", None, "")
