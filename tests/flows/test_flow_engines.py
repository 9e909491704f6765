"""The same measures from other engines as from DuckDB; run by hand:

LFROADMAP_ENGINES=1 uv run --with chdb --with "psycopg[binary]" --with pyspark pytest -n 0 -m engines

PostgreSQL is where libpq's own variables say; a temporary table is made there.
"""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from importlib import import_module
from typing import Any

import pytest

from flow_events import NUMBERS, Event, at, connect, numbered
from lfroadmap.flows.elsewhere import Rows, measure_results, printed_queries
from lfroadmap.flows.literals import Dialect
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import Filters, Parameters
from test_flow_measures import CHANNELS, KINDS, STAGES, close

pytestmark = [
    pytest.mark.engines,
    pytest.mark.skipif(not os.environ.get("LFROADMAP_ENGINES"), reason="other engines are asked for by hand"),
]
Run = Callable[[str], Rows]


def log(seed: int) -> list[Event]:
    """A log with ties, empty columns and Hebrew."""
    dice = random.Random(seed)
    days: tuple[Callable[[], float], ...] = (lambda: dice.randrange(13) * 30, lambda: dice.randrange(800) / 4)

    def some(*values: Any) -> Any:  # noqa: ANN401 - whichever the column has
        return dice.choice(values)

    return numbered(
        Event(
            some("a", "b", "ג", "d", "e"),
            at(dice.choice(days)()),
            0,
            some(*KINDS),
            some(*CHANNELS),
            some(*STAGES),
            some(None, 0.0, 10.0, 20.0),
            some(None, 1.5),
            some(None, "guide", "וידאו"),
            some(None, -1.0, 0.5),
            some(None, "price"),
            some(None, 0.25),
            some(None, 3.0),
            some(None, "gold", "זהב"),
        )
        for _ in range(dice.randrange(0, 90))
    )


def columns_of(form: str, whole: str, number: str, text: str) -> str:
    """The columns of the relation with an engine's names of types."""
    types = {name: whole if name in ("moment", "seq") else text for name in Event._fields}
    types |= dict.fromkeys(NUMBERS, number)
    return ", ".join(f"{name} {form.format(type)}" for name, type in types.items())


@contextmanager
def clickhouse(events: Iterable[Event]) -> Iterator[Run]:
    session = import_module("chdb.session").Session()
    columns = columns_of("Nullable({})", "Int64", "Float64", "String")
    session.query("DROP TABLE IF EXISTS events")
    session.query(f"CREATE TABLE events ({columns}) ENGINE = Memory")
    rows = "\n".join(json.dumps(event._asdict(), ensure_ascii=False) for event in events)
    if rows:
        session.query(f"INSERT INTO events FORMAT JSONEachRow {rows}")

    def run(text: str) -> Rows:
        found: Rows = json.loads(str(session.query(text, "JSON")))["data"]
        return found

    yield run


@contextmanager
def postgres(events: Iterable[Event]) -> Iterator[Run]:
    connection = import_module("psycopg").connect("", autocommit=True)
    columns = columns_of("{}", "bigint", "double precision", "text")
    connection.execute(f"CREATE TEMPORARY TABLE events ({columns})")
    marks = ", ".join(["%s"] * len(Event._fields))
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO events VALUES ({marks})", list(events))

    def run(text: str) -> Rows:
        done = connection.execute(text)
        names = [column.name for column in done.description]
        return [dict(zip(names, row, strict=True)) for row in done.fetchall()]

    yield run
    connection.close()


@contextmanager
def spark(events: Iterable[Event]) -> Iterator[Run]:
    builder = import_module("pyspark.sql").SparkSession.builder.master("local[1]")
    session = (
        builder.config("spark.sql.shuffle.partitions", 1).config("spark.ui.enabled", "false").getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    columns = columns_of("{}", "bigint", "double", "string")
    session.createDataFrame(list(events), columns).createOrReplaceTempView("events")

    def run(text: str) -> Rows:
        return [row.asDict() for row in session.sql(text).collect()]

    yield run


ENGINES: dict[Dialect, Callable[[Iterable[Event]], AbstractContextManager[Run]]] = {
    "clickhouse": clickhouse,
    "postgres": postgres,
    "spark": spark,
}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_gives_what_duckdb_gives(engine: Dialect, seed: int) -> None:
    events = log(seed)
    parameters = Parameters(
        window_days=60,
        steps=("visit", "quote", "purchase"),
        weights={"call": 1.5, "it's": 2},
        meanings={"purchase": ("purchase", "רכישה")},
        ready_score=2,
        filters=(Filters(), Filters("ads"), Filters(None, "plan", "זהב"), Filters(since=at(40)))[seed % 4],
    )
    with connect(events) as connection:
        here = measure(connection, parameters)
    with ENGINES[engine](events) as run:
        results = {name: run(text) for name, text in printed_queries(here.parameters, engine)}
    found: Any = measure_results(results, here.parameters).to_json()["measures"]
    expected: Any = here.to_json()["measures"]
    assert {id: each for id, each in found.items() if each != close(expected[id])} == {}
    assert found.keys() == expected.keys()
