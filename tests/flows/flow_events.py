"""Events as tests make them, and their relation in DuckDB."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import duckdb

from lfroadmap.flows.parameters import DAY

START = 1_700_000_000_000


class Event(NamedTuple):
    """A row of the relation `events`."""

    customer: str
    moment: int
    seq: int = 0
    kind: str = "visit"
    channel: str | None = None
    stage: str | None = None
    value: float | None = None
    cost: float | None = None
    content: str | None = None
    sentiment: float | None = None
    objection: str | None = None
    readiness: float | None = None
    satisfaction: float | None = None
    segment: str | None = None


Point = tuple[str | None, str | None]
"""Kind and channel."""


def point(event: Event) -> Point:
    """The touchpoint of an event."""
    return event.kind, event.channel


NUMBERS = {"value", "cost", "sentiment", "readiness", "satisfaction"}


def at(day: float) -> int:
    """A moment so many days after the start of the logs."""
    return START + round(day * DAY)


def numbered(events: Iterable[Event]) -> list[Event]:
    """The events with a `seq` that is unique for each customer, ties in the order that they have."""
    ordered = sorted(events, key=lambda event: event.moment)
    return [event._replace(seq=place) for place, event in enumerate(ordered, 1)]


@cache
def _database() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(config={"threads": 1})


def connect(events: Iterable[Event]) -> duckdb.DuckDBPyConnection:
    """A connection in which the relation stands, apart from those of all others."""
    connection = _database().cursor()
    whole = {"moment", "seq"}
    columns = ", ".join(
        f"{name} {'BIGINT' if name in whole else 'DOUBLE' if name in NUMBERS else 'VARCHAR'}"
        for name in Event._fields
    )
    connection.execute(f"CREATE TEMPORARY TABLE events({columns})")
    rows = list(events)
    if rows:
        marks = ", ".join("?" for _ in Event._fields)
        connection.executemany(f"INSERT INTO events VALUES ({marks})", rows)
    return connection
