"""Measuring sources of events: reading them, giving kinds their meanings, and the measures as JSON."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.flows.catalogue import NUMBERS
from lfroadmap.flows.literals import milliseconds
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import MEANINGS, Parameters
from lfroadmap.flows.results import Result
from lfroadmap.flows.sources.bad_rows import BadRows, RejectedRow
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.flows.sources.heads import Pairs
from lfroadmap.flows.sources.kinds import meanings_of, shown
from lfroadmap.flows.sources.reading import ReadChoices, Reading, read_events
from lfroadmap.report.formulas import guard
from lfroadmap.usecases.measure_filters import apply_segment, check_filters

Plain = dict[str, Any]
NOTHING_BEFORE: Plain = {"period_days": None, "before": None}
"""What JSON has of the period before where it was not asked for."""
_MOST_KINDS = 2000
"""Kinds and stages among which those that are named are looked for."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured, and of what."""

    result: Result
    reading: Reading
    zone: str
    first: int
    """The moment of the first event that was measured, else of all events, in milliseconds since 1970."""
    last: int
    kinds: tuple[tuple[str, int], ...]
    """Kinds of events with their numbers, the most frequent first."""
    stages: tuple[str, ...]
    before: Result | None = None
    """The measures that are one number as of `period_days` earlier; None where they were not asked for."""
    period_days: float | None = None


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources, and what was chosen about them."""

    names: Sequence[str]
    choices: ReadChoices
    kinds: Pairs = ()
    """Meanings with their kinds."""
    remembered_kinds: Callable[[str], Pairs] = lambda key: ()
    """Kinds with the meanings that were chosen earlier, by the key of a table's headings."""
    piped: BinaryIO | None = None


def read_sources(engine: Engine, sources: Sources, bad: BadRows) -> Reading:
    """Read the sources into the relation `events`; raises RoadmapError."""
    return read_events(engine, sources.names, sources.choices, sources.piped, bad)


def measure_events(
    engine: Engine,
    sources: Sources,
    reading: Reading,
    zone: str,
    parameters: Parameters,
    *,
    period_days: float | None = None,
) -> Measurement:
    """Measure the relation `events`, and with `period_days` also as of so many days earlier.

    Raises RoadmapError for no events, and UsageError for kinds and filters that no event has.
    """
    if not reading.rows:
        raise RoadmapError("flows_no_rows")
    if not reading.events:
        raise RoadmapError("flows_no_events", rows=f"{reading.rows:,}")
    kinds = tuple(engine.execute(_counts("kind")))
    stages = tuple(stage for stage, _ in engine.execute(_counts("stage")))
    names = tuple(kind for kind, _ in kinds)
    known = sources.remembered_kinds(reading.files[0].key) if reading.files else ()
    remembered = tuple((meaning, kind) for kind, meaning in known)
    meanings = meanings_of(names, sources.kinds, remembered)
    check_steps(parameters.steps, names, stages)
    filters = apply_segment(engine, reading, parameters.filters)
    check_filters(engine.execute, filters)
    given = {meaning: meanings.get(meaning, ()) for meaning in MEANINGS}
    settled = replace(parameters, meanings=given, filters=filters)
    first, last = engine.execute("SELECT min(moment), max(moment) FROM events")[0]
    result = engine.run(lambda connection: measure(connection, settled))
    found = Measurement(
        result, reading, zone, _known(result.first, first), _known(result.last, last), kinds, stages
    )
    if period_days is None:
        return found
    earlier = as_of_before(result.parameters, period_days)
    before = engine.run(lambda connection: measure(connection, earlier, NUMBERS))
    return replace(found, before=before, period_days=period_days)


def _known(measured: int | None, otherwise: int) -> int:
    return otherwise if measured is None else measured


def as_of_before(parameters: Parameters, days: float) -> Parameters:
    """The parameters as of so many days earlier; they have a moment that is measured at."""
    return replace(parameters, as_of=(parameters.as_of or 0) - milliseconds(days))


def _counts(column: str) -> str:
    return (
        f"SELECT {column}, count(*) FROM events WHERE {column} IS NOT NULL"
        f" GROUP BY {column} ORDER BY count(*) DESC, {column} LIMIT {_MOST_KINDS}"
    )


def check_steps(steps: Sequence[str], kinds: Sequence[str], stages: Sequence[str]) -> None:
    """Raise UsageError for a step that is neither a kind nor a stage of any event."""
    for step in steps:
        if step not in kinds and step not in stages:
            raise UsageError("flows_no_step", step=step[:80], kinds=shown(kinds), stages=shown(stages))


def measurement_json(found: Measurement) -> Plain:
    """The measures, their parameters, and how the sources were read."""
    return {
        **found.result.to_json(),
        "period_days": found.period_days,
        "before": None if found.before is None else before_json(found.before),
        "reading": reading_json(found.reading, found.zone),
    }


def before_json(before: Result) -> Plain:
    """The measures as of earlier that are one number; empty where there were no events by then."""
    measures = before.to_json()["measures"]
    return measures if isinstance(measures, dict) and before.scalars["events"].value else {}


def reading_json(reading: Reading, zone: str) -> Plain:
    """How the sources were read."""
    identities = reading.identities
    return {
        "time_zone": zone,
        "rows": reading.rows,
        "events": reading.events,
        "bad_rows": reading.bad_count,
        "currency": reading.currency or None,
        "date_order": reading.order or None,
        "identities": identities._asdict() if identities else None,
        "files": [
            {
                "path": file.path,
                "kind": file.kind,
                "encoding": file.encoding or "UTF-8",
                "rows": file.rows,
                "columns": dict(file.columns.pairs),
                "ignored": list(file.columns.ignored),
            }
            for file in reading.files
        ],
        "skipped": list(reading.skipped),
        "bad": [
            {
                "file": each.file,
                "reason": each.reason,
                "count": each.count,
                "rows": list(each.rows),
                "example": each.example,
            }
            for each in reading.bad
        ],
    }


def write_rejects(rows: Iterable[RejectedRow], path: Path, reason: Callable[[str], str]) -> int:
    """Write bad rows as a table with their files, rows and reasons; returns their number."""
    count = 0
    with path.open("w", encoding="utf-8-sig", errors="replace", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("file", "row", "reason", "text"))
        for name, row, key, text in rows:
            writer.writerow((name, row, reason(key), guard(text)))
            count += 1
    return count
