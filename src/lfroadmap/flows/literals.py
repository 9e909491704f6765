"""Parameters as literals of SQL, and the parts of a query that depend on the number of steps or kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, get_args

from lfroadmap.flows.parameters import CURVE_DAYS, DAY, WEIGHT_UNIT, Filters, Parameters

Dialect = Literal["duckdb", "clickhouse", "bigquery", "snowflake", "trino", "spark", "postgres"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)
_WITH_BACKSLASHES = frozenset(("clickhouse", "bigquery", "snowflake", "spark"))
"""Dialects in whose texts a backslash escapes what follows."""
_PLAIN_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*")
_FORWARD = "(PARTITION BY customer ORDER BY moment, place ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)"
_BACKWARD = "(PARTITION BY customer ORDER BY moment, place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"


def text_literal(text: str, dialect: Dialect = "duckdb") -> str:
    """The text in quotes."""
    if dialect in _WITH_BACKSLASHES:
        escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("\r", "\\r")
        return f"'{escaped}'"
    return "'" + text.replace("'", "''") + "'"


def name_literal(name: str, dialect: Dialect) -> str:
    """A name of a column, in quotes unless it is plain."""
    if _PLAIN_NAME.fullmatch(name):
        return name
    quote = "`" if dialect in ("clickhouse", "bigquery", "spark") else '"'
    if dialect in ("clickhouse", "bigquery"):
        return quote + name.replace("\\", "\\\\").replace(quote, f"\\{quote}") + quote
    return quote + name.replace(quote, quote * 2) + quote


def milliseconds(days: float) -> int:
    """Days in whole milliseconds."""
    return round(days * DAY)


def scaled(weight: float) -> int:
    """A weight in thousandths."""
    return round(weight * WEIGHT_UNIT)


def values(parameters: Parameters, dialect: Dialect = "duckdb") -> dict[str, str]:
    """The text that each placeholder stands for."""

    def listed(kinds: Iterable[str]) -> str:
        return ", ".join(text_literal(kind, dialect) for kind in kinds) or "''"  # no kind is empty

    as_of = "(SELECT max(moment) FROM events)" if parameters.as_of is None else str(parameters.as_of)
    return {
        "as_of": as_of,
        "gap": str(milliseconds(parameters.gap_days)),
        "window": str(milliseconds(parameters.window_days)),
        "look_back": str(milliseconds(parameters.look_back_days)),
        "purchase": listed(parameters.kinds("purchase")),
        "upsell": listed(parameters.kinds("upsell")),
        "cross_sell": listed(parameters.kinds("cross_sell")),
        "ready_score": str(scaled(parameters.ready_score)),
        "weight": _weight(parameters, dialect),
        "place": _place(parameters.steps, "kind", "stage", dialect),
        "entry_place": _place(parameters.steps, "entry_kind", "entry_stage", dialect),
        "next_moment": _next_moment(len(parameters.steps)),
        "steps": str(len(parameters.steps)),
        "channel": text_literal(parameters.filters.channel or "", dialect),
        "segment": text_literal(parameters.filters.segment or "", dialect),
        "curve": _curve(),
        "joined_touches": _joined("touch", "digit", 1),
        "joined_parts": _joined("part", "digit", 10),
        "joined_long_parts": _joined("long_part", "hundred", 100),
    }


def filter_lines(filters: Filters) -> str:
    """The lines of a condition that leave the events of some customers, or from some moment on."""
    lines = [] if filters.since is None else [f"  AND moment >= {filters.since}\n"]
    relations = (("of_channel", filters.channel), ("of_segment", filters.segment))
    lines += [
        f"  AND customer IN (SELECT chosen_customer\n    FROM {relation})\n"
        for relation, value in relations
        if value is not None
    ]
    return "".join(lines)


def _curve() -> str:
    """Of each day of the curve the exits that are as old, and those of them that a flow follows by then."""
    rows = [
        f"sum(CASE WHEN age >= {days * DAY} THEN 1 ELSE 0 END) AS exits_{days},\n"
        f"  sum(CASE WHEN age >= {days * DAY} AND away <= {days * DAY} THEN 1 ELSE 0 END) AS returned_{days}"
        for days in CURVE_DAYS
    ]
    return ",\n  ".join(rows)


def _joined(column: str, place: str, unit: int) -> str:
    """Up to ten texts of a group in one, the furthest back first: ordered aggregates differ by engine."""
    pieces = [f"max(CASE WHEN {place} = {n * unit} THEN {column} END)" for n in reversed(range(10))]
    joined = [f"coalesce({piece} || ' > ', '')" for piece in pieces[:-1]]
    return "\n      || ".join((*joined, f"coalesce({pieces[-1]}, '')"))


def _weight(parameters: Parameters, dialect: Dialect) -> str:
    """The weight of an event's kind in thousandths."""
    rows = [
        f"WHEN {text_literal(kind, dialect)} THEN {scaled(weight)}"
        for kind, weight in parameters.weights_by_kind().items()
    ]
    return f"CASE kind {' '.join(rows)} ELSE {WEIGHT_UNIT} END" if rows else str(WEIGHT_UNIT)


def channel_rank(channels: Sequence[str | None], dialect: Dialect = "duckdb") -> str:
    """The first place of an event's channel among these, from 0; NULL where it has none."""
    places = {channel: place for place, channel in reversed([*enumerate(channels)]) if channel is not None}
    rows = [f"WHEN {text_literal(channel, dialect)} THEN {place}" for channel, place in places.items()]
    return f"CASE channel {' '.join(rows)} END" if rows else "NULL"


def _place(steps: tuple[str, ...], kind: str, stage: str, dialect: Dialect) -> str:
    """The number of the step that an event is: by its kind, else by its stage."""
    names = [(text_literal(step, dialect), place) for place, step in enumerate(steps, 1)]
    rows = [f"WHEN {column} = {name} THEN {place}" for column in (kind, stage) for name, place in names]
    return f"CASE {' '.join(rows)} END" if rows else "NULL"


def _next_moment(steps: int) -> str:
    """The moment of the first event of the next step, at or behind an event."""
    rows = [
        f"WHEN {place} THEN min(CASE WHEN place = {place + 1} THEN moment END) OVER {_FORWARD}"
        for place in range(1, steps + 1)
    ]
    return "CASE place " + "\n    ".join(rows) + " END" if rows else "NULL"


def funnel(steps: int, window: str, *, first_entry: bool) -> str:
    """The query of a funnel: customers with a chain of the first k steps, for every k.

    `start_k` is the latest start of a chain of k steps that ends at an event; with `first_entry` each chain
    starts at the customer's first event of the first step.
    """
    start = "CASE WHEN place = 1 THEN moment END"
    if first_entry:
        start = f"CASE WHEN place = 1 THEN min({start}) OVER (PARTITION BY customer) END"
    parts = [f"chain_1 AS (\n  SELECT customer, moment, place, {start} AS start_1\n  FROM placed\n)"]
    for k in range(2, steps + 1):
        kept = ", ".join(f"start_{i}" for i in range(1, k))
        parts.append(
            f"latest_{k} AS (\n  SELECT customer, moment, place, {kept},\n"
            f"    max(start_{k - 1}) OVER {_BACKWARD} AS latest\n  FROM chain_{k - 1}\n)"
        )
        parts.append(
            f"chain_{k} AS (\n  SELECT customer, moment, place, {kept},\n    CASE WHEN place = {k} "
            f"AND moment - latest <= {window} THEN latest END AS start_{k}\n  FROM latest_{k}\n)"
        )
    counts = ",\n  ".join(
        f"count(DISTINCT CASE WHEN start_{k} IS NOT NULL THEN customer END) AS reached_{k}"
        for k in range(1, steps + 1)
    )
    return f"WITH {', '.join(parts)}\nSELECT {counts or '0 AS reached_0'}\nFROM chain_{max(steps, 1)}\n"
