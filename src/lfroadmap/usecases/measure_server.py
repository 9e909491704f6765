"""Measuring a table in ClickHouse: what is asked of the server, and with which credentials."""

from __future__ import annotations

import os
import stat
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lfroadmap.errors import RoadmapError
from lfroadmap.flows.catalogue import NUMBERS
from lfroadmap.flows.measures import measure_with
from lfroadmap.flows.parameters import ALL, MEANINGS, Filters, Parameters
from lfroadmap.flows.results import Result as Measures
from lfroadmap.flows.running import TextRunner
from lfroadmap.flows.sources.bad_rows import REASONS, BadReason, RejectedRow
from lfroadmap.flows.sources.clickhouse import Answer, Credentials, Table, ask, quoted, table_at
from lfroadmap.flows.sources.engine import opened
from lfroadmap.flows.sources.identities import IdentityTable, identity_table
from lfroadmap.flows.sources.kinds import meanings_of
from lfroadmap.flows.sources.reading import ReadFile, Reading
from lfroadmap.flows.sources.segments import MOST_CANDIDATES, MOST_VALUES
from lfroadmap.flows.sources.server_events import ServerEvents, server_events, with_events
from lfroadmap.flows.tables import Table as Result
from lfroadmap.flows.tables import whole
from lfroadmap.usecases.measure_filters import check_filters, segment_values
from lfroadmap.usecases.measurement import Measurement, Sources, as_of_before, check_steps

SECRETS = "clickhouse.toml"
_MOST_KINDS = 2000
_LONGEST_EXAMPLE = 200
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


@dataclass(frozen=True, slots=True)
class ServerTable:
    """A table in ClickHouse whose columns are known, and how its rows were read."""

    table: Table
    credentials: Credentials
    events: ServerEvents
    reading: Reading

    def answer(self, query: str) -> Answer:
        """The answer to a query; raises RoadmapError."""
        return ask(self.table, self.credentials, query)

    def run(self, query: str) -> Result:
        """The result of a query that reads from `events`; raises RoadmapError."""
        found = self.answer(with_events(query, self.events.relation))
        return Result(found.columns, found.rows)

    def rows(self, query: str) -> Sequence[Sequence[object]]:
        """The rows of a query that reads from `events`; raises RoadmapError."""
        return self.run(query).rows

    def runner(self, parameters: Parameters) -> TextRunner:
        """The server as an engine of queries; raises RoadmapError."""
        return TextRunner(self.run, parameters, "clickhouse")

    def bad_rows(self) -> Iterator[RejectedRow]:
        """The rows that are no events: the table, no number of a row, the reason, and what is written there.

        Raises RoadmapError.
        """
        for reason, typed in self.answer(self.events.bad).rows:
            yield self.table.shown, "", str(reason), str(typed or "")

    def candidates(self) -> dict[str, list[str]]:
        """The columns that look like segments, with their values, the most frequent first."""
        columns = self.events.columns
        used = {*columns.places.values()} - {columns.places.get("segment")}
        heads = [head for at, head in enumerate(columns.heads) if at not in used]
        if not heads:
            return {}
        texts = [f"toString({quoted(head)})" for head in heads]
        counts = ", ".join(f"count(DISTINCT {text})" for text in texts)
        (found,) = self.answer(f"SELECT {counts} FROM {self.table.name}\n").rows
        few = [n for n, count in enumerate(found) if 2 <= whole(count) <= MOST_VALUES][:MOST_CANDIDATES]
        source = f"{self.table.name} AS source"
        return {
            heads[n]: segment_values(lambda query: self.answer(query).rows, texts[n], source) for n in few
        }


def server_table(
    sources: Sources, credentials: Credentials, zone: str, filters: Filters = ALL
) -> ServerTable:
    """The table that the one source names, with the column that the filters segment by.

    Raises RoadmapError.
    """
    table, choices = table_at(sources.names[0]), sources.choices
    identities = _identities(choices.identities, zone) if choices.identities else None
    described = ask(table, credentials, f"DESCRIBE TABLE {table.name}")
    events = server_events(
        described,
        table,
        choices.columns,
        choices.remembered,
        zone,
        segment=filters.segment_column,
        identities=identities and identities.known,
    )
    counts = ask(table, credentials, events.counts)
    reading = _reading(table, events, counts)
    if identities is not None:
        matched, unmatched = map(whole, ask(table, credentials, events.ids).rows[0])
        reading = replace(reading, identities=identities.joined(matched, unmatched))
    return ServerTable(table, credentials, events, reading)


def _identities(typed: str, zone: str) -> IdentityTable:
    with opened(None, zone, lambda percentage: None) as engine:
        return identity_table(engine, typed)


def measure_server(
    server: ServerTable,
    sources: Sources,
    zone: str,
    parameters: Parameters,
    *,
    period_days: float | None = None,
) -> Measurement:
    """Measure a table, and with `period_days` also as of so many days earlier; raises RoadmapError."""
    reading = server.reading
    if not reading.events:
        raise RoadmapError("flows_no_events", rows=f"{reading.rows:,}")
    check_filters(server.rows, parameters.filters)
    result, kinds, stages = _measured(server, sources, parameters)
    (ends,) = server.rows("SELECT min(moment) AS first, max(moment) AS last FROM events")
    first, last = (
        whole(end) if known is None else known
        for known, end in zip((result.first, result.last), ends, strict=True)
    )
    found = Measurement(result, reading, zone, first, last, kinds, stages)
    if period_days is None:
        return found
    earlier = server.runner(as_of_before(result.parameters, period_days))
    return replace(found, before=measure_with(earlier, NUMBERS), period_days=period_days)


def _measured(
    server: ServerTable, sources: Sources, parameters: Parameters
) -> tuple[Measures, tuple[tuple[str, int], ...], tuple[str, ...]]:
    """The measures, and the kinds and stages of the events."""

    def counted(column: str) -> tuple[tuple[str, int], ...]:
        found = server.rows(
            f"SELECT {column}, count(*) AS number FROM events WHERE {column} IS NOT NULL"
            f" GROUP BY {column} ORDER BY number DESC, {column} LIMIT {_MOST_KINDS}"
        )
        return tuple((str(name), whole(number)) for name, number in found)

    kinds, stages = counted("kind"), tuple(stage for stage, _ in counted("stage"))
    names = tuple(kind for kind, _ in kinds)
    check_steps(parameters.steps, names, stages)
    remembered = tuple((meaning, kind) for kind, meaning in sources.remembered_kinds(server.events.key))
    meanings = meanings_of(names, sources.kinds, remembered)
    settled = replace(parameters, meanings={each: meanings.get(each, ()) for each in MEANINGS})
    return measure_with(server.runner(settled)), kinds, stages


def _reading(table: Table, events: ServerEvents, counts: Answer) -> Reading:
    numbers: Counter[str | None] = Counter()
    examples = {}
    for reason, count, example in counts.rows:
        key = None if reason is None else str(reason)
        numbers[key], examples[key] = whole(count), str(example or "")[:_LONGEST_EXAMPLE]
    bad = tuple(
        BadReason(table.shown, reason, numbers[reason], (), examples[reason])
        for reason in REASONS
        if numbers[reason]
    )
    file = ReadFile(table.shown, "clickhouse", "", events.columns, events.key, numbers.total())
    return Reading((file,), (), numbers.total(), numbers[None], bad, "", None, "")
