"""Measuring flows from made events: time and memory, also within limits, and polars where it is installed."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from math import isclose
from typing import Any

from benchmarks.flows_polars import IDS, OURS, by_polars

EVENTS = (1_000_000, 10_000_000)
LIMITS = ("1GB", "300MB")
"""Values of `--memory`."""
HEADLINES = (
    "events", "customers", "flows", "active", "won", "exits", "returns", "return_rate", "return_days_mean",
    "return_days_median", "close_rate", "win_rate", "upsell_rate", "repeat_rate", "interaction_quality",
    "at_risk", "cac", "ltv",
)  # fmt: skip
MADE = """
CREATE TYPE kinds AS ENUM ('visit', 'click', 'signup', 'call', 'quote', 'purchase');
CREATE TYPE channels AS ENUM ('ads', 'mail', 'site', 'אתר', 'social');
CREATE TYPE stages AS ENUM ('awareness', 'interest', 'intent');
CREATE TABLE events AS
WITH made AS (
  SELECT (hash(i) % ({events} // 10)) :: INTEGER AS customer,
    1700000000000 + (hash(i + 10000019) % 25920000000) :: BIGINT AS moment,
    ['visit', 'click', 'signup', 'call', 'quote', 'visit', 'visit', 'purchase'][1 + (hash(i + 1) % 8) :: INT]
      :: kinds AS kind,
    ['ads', 'mail', 'site', 'אתר', 'social', NULL][1 + (hash(i + 2) % 6) :: INT]
      :: channels AS channel,
    ['awareness', 'interest', 'intent', NULL][1 + (hash(i + 3) % 4) :: INT] :: stages AS stage,
    (hash(i + 4) % 100) :: DOUBLE AS value, (hash(i + 5) % 3) :: DOUBLE AS cost
  FROM range({events}) AS numbers(i)
)
SELECT customer, moment, row_number() OVER (PARTITION BY customer ORDER BY moment) AS seq,
  kind, channel, stage, value, cost, NULL :: VARCHAR AS content, NULL :: DOUBLE AS sentiment,
  NULL :: VARCHAR AS objection,
  NULL :: DOUBLE AS readiness, NULL :: DOUBLE AS satisfaction, NULL :: VARCHAR AS segment
FROM made
"""
MAKING = """
import sys
import duckdb

connection = duckdb.connect(sys.argv[1])
connection.execute("SET enable_progress_bar = false")
connection.execute(sys.argv[2])
"""
MEASURING = """
import json, resource, sys, time
import duckdb
from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.sources.engine import bytes_of, duckdb_limit

path, ids = sys.argv[1], json.loads(sys.argv[3])
memory = f"{duckdb_limit(bytes_of(sys.argv[2])) // 1024} KiB"
config = {"memory_limit": memory, "temp_directory": path + ".spill", "threads": 2}
connection = duckdb.connect(path, config=config)
connection.execute("SET enable_progress_bar = false")
wall, processor = time.perf_counter(), time.process_time()
measure(connection, Parameters(steps=("visit", "quote", "purchase")), ids)
took = time.perf_counter() - wall, time.process_time() - processor
print(json.dumps([*took, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def measure(runs: int) -> Iterator[str]:
    """Make each log once, and measure it in fresh processes; the best of the runs."""
    yield f"\n{'flows measured from events':<52}{'seconds':>9}{'processor':>11}{'peak MB':>9}"
    for events in EVENTS:
        with tempfile.TemporaryDirectory() as folder:
            path = f"{folder}/events.duckdb"
            _run(
                MAKING,
                path,
                MADE.format(events=events),
            )
            yield from _of(path, f"{events:,} events", runs if events == EVENTS[0] else 1)


def _of(path: str, name: str, runs: int) -> Iterator[str]:
    yield _line(f"{name}, headline measures", path, runs, MEASURING, LIMITS[0], json.dumps(HEADLINES))
    yield _line(f"{name}, flow counts alone", path, runs, MEASURING, LIMITS[0], json.dumps(["exits"]))
    for measure in IDS if find_spec("polars") else ():
        yield _beside_polars(f"{name}, {measure}", path, measure, max(min(runs, 3), 1))
    for limit in LIMITS:
        yield _line(f"{name}, all measures in {limit}", path, 1, MEASURING, limit, "null")


def _beside_polars(name: str, path: str, measure: str, runs: int) -> str:
    """Ours and polars by turns, and the ratio of processor times; raises ValueError where figures differ."""
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(_run(OURS, path, json.dumps(IDS[measure])))
        theirs.append(_run(by_polars(measure), path))
    (wall, processor, found), (wall_there, processor_there, found_there) = min(ours), min(theirs)
    if not all(map(isclose, found, found_there)) or len(found) != len(found_there):
        raise ValueError(f"{measure}: {found[:5]} and {found_there[:5]}")
    ratio = f"{processor / processor_there:.2f} of polars ({wall / wall_there:.2f} by the clock)"
    return f"{name:<52}{wall:>9.2f}{processor:>11.2f}  {ratio}"


def _line(name: str, path: str, runs: int, code: str, *arguments: str) -> str:
    wall, processor, memory = min(_run(code, path, *arguments) for _ in range(runs))
    return f"{name:<52}{wall:>9.2f}{processor:>11.2f}{memory:>9.0f}"


def _run(code: str, *arguments: str) -> Any:  # noqa: ANN401 - what the code prints
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout or "null")
