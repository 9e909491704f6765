"""The texts of the queries, and those that they read from, complete for any engine."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from lfroadmap.flows.literals import Dialect, channel_rank, filter_lines, funnel, milliseconds, values
from lfroadmap.flows.parameters import Parameters

_FOLDER = Path(__file__).with_name("sql")
RELATIONS = (
    "of_channel",
    "of_segment",
    "seen",
    "flows",
    "buyers",
    "risky",
    "placed",
    "touches",
    "path_of",
    "spoken",
    "engagement",
    "used_channels",
)
"""The relations that queries read, each after those that it reads itself."""
CUSTOMER_QUERIES = ("at_risk_customers", "ready_customers", "customer_paths", "customer_cohorts")
"""Queries with a row for each customer, or path."""
FUNNELS = ("funnel_any", "funnel_first")
NEEDING_STEPS = frozenset((*FUNNELS, "cost_per_stage", "cost_per_channel", "movers", "arrivals"))
"""Queries that have no rows without the parameter `steps`."""
_PLACEHOLDER = re.compile(r":([a-z_]+)\b")
_READ = re.compile(r"\b(?:FROM|JOIN) ([a-z_0-9]+)")
_PARTS = re.compile(r"\AWITH (?P<parts>.*?\n\)\n)(?=SELECT)(?P<rest>.*)\Z", re.DOTALL)


@cache
def _template(name: str) -> str:
    return (_FOLDER / f"{name}.sql").read_text("utf-8")


@cache
def names() -> tuple[str, ...]:
    """The names of all queries of measures."""
    files = sorted(path.stem for path in _FOLDER.glob("*.sql"))
    return (*(name for name in files if name not in (*RELATIONS, *CUSTOMER_QUERIES)), *FUNNELS)


def query(
    name: str,
    parameters: Parameters,
    dialect: Dialect = "duckdb",
    *,
    channels: Sequence[str | None] = (),
    names: str = "",
) -> str:
    """The text of a query or relation with its parameters in it; it reads from `events` and relations.

    `channels` are those of the touchpoints that are suggested to customers, the highest ranked first; `names`
    is the table that has the names of customers where these are numbers.
    """
    if name in FUNNELS:
        window = str(milliseconds(parameters.window_days))
        return funnel(len(parameters.steps), window, first_entry=name == "funnel_first")
    literals = values(parameters, dialect) | {
        "channel_rank": channel_rank(channels, dialect),
        "customer_name": f"{names}.name" if names else "customer",
        "customer_names": f" JOIN {names} ON {names}.id = customer" if names else "",
    }
    text = _PLACEHOLDER.sub(lambda match: literals[match[1]], _template(name))
    return text + filter_lines(parameters.filters) if name == "seen" else text


def reads(text: str, parameters: Parameters) -> list[str]:
    """The relations that a text reads, each after those that it reads itself."""
    found: set[str] = set()
    waiting = [text]
    while waiting:
        new = {name for name in _READ.findall(waiting.pop()) if name in RELATIONS} - found
        found |= new
        waiting += [query(name, parameters) for name in new]
    return [name for name in RELATIONS if name in found]


def complete(
    name: str,
    parameters: Parameters,
    dialect: Dialect = "duckdb",
    channels: Sequence[str | None] = (),
) -> str:
    """The text of a query that reads from `events` alone, with the relations as parts of its WITH.

    `channels` as of `query`.
    """
    text = query(name, parameters, dialect)
    parts = [
        _as_part(relation, query(relation, parameters, dialect, channels=channels))
        for relation in reads(text, parameters)
    ]
    own, rest = _split(text)
    parts += [own] if own else []
    return f"WITH {', '.join(parts)}\n{rest}" if parts else text


def _split(text: str) -> tuple[str, str]:
    """The parts of a text's WITH, and its SELECT."""
    found = _PARTS.match(text)
    return (found["parts"].rstrip("\n"), found["rest"]) if found else ("", text)


def _as_part(name: str, text: str) -> str:
    inner = "\n".join(f"  {line}" for line in text.rstrip("\n").splitlines())
    return f"{name} AS (\n{inner}\n)"
