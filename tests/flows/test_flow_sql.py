"""The texts of the queries: their subset of SQL, their parameters, and what other engines read in them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import sqlglot
from sqlglot import exp

from flow_events import Event, at, connect, numbered
from lfroadmap.flows.catalogue import MEASURES, queries_of
from lfroadmap.flows.literals import DIALECTS, text_literal
from lfroadmap.flows.parameters import Filters, Parameters
from lfroadmap.flows.queries import RELATIONS, complete, names, query
from lfroadmap.flows.running import DuckRunner, TextRunner
from lfroadmap.flows.tables import Table

ENGINES = (
    "duckdb", "clickhouse", "bigquery", "snowflake", "trino", "spark", "postgres", "databricks", "presto",
    "redshift", "athena", "sqlite", "tsql",
)  # fmt: skip
STEPS = Parameters(steps=("visit", "quote", "purchase"))
FILTERED = replace(STEPS, filters=Filters("ads", "plan", "זהב", at(1)))
NOT_ALIKE = (
    "interval", "filter", "qualify", "arg_max", "max_by", "string_agg", "listagg", "median", "quantile",
    "percentile", "cast", "date_trunc", "extract", "ifnull", "nvl", "ignore nulls", "limit", "::", "//",
)  # fmt: skip
"""Parts of SQL that engines lack, or read in different ways."""
LOG = numbered(
    [
        Event("a", at(0), kind="visit", channel="ads", value=1),
        Event("a", at(50), kind="purchase", channel="mail", value=5, segment="זהב"),
        Event("b", at(50), kind="quote", channel="it's"),
        Event("b", at(60), kind="purchase"),
    ]
)


def tree(name: str, engine: str) -> exp.Expr:
    """The query as an engine's grammar reads it, without what only the grammar's own notes say."""
    found = sqlglot.parse_one(complete(name, FILTERED), read=engine)
    for node in list(found.walk()):
        if isinstance(node, exp.Ordered):
            node.set("nulls_first", None)  # no window is ordered by a column that can be NULL
        for note in ("safe", "big_int"):
            if note in node.args:
                node.set(note, None)
        if isinstance(node, exp.Is) and node.args.get("negate"):
            node.set("negate", None)
            node.replace(exp.Not(this=node.copy()))
    return found


@pytest.mark.proof
@pytest.mark.parametrize("name", names())
def test_every_engine_reads_a_query_alike(name: str) -> None:
    first = tree(name, "duckdb")
    assert [engine for engine in ENGINES if tree(name, engine) != first] == []


@pytest.mark.parametrize("name", [*names(), *RELATIONS])
def test_texts_stay_in_the_subset(name: str) -> None:
    text = query(name, STEPS)
    assert [word for word in NOT_ALIKE if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text.lower())] == []
    assert not re.search(r":[a-z]", text), "a parameter is left"
    assert text.isascii() and text.endswith("\n")
    windows = re.findall(
        r"\b(?:sum|min|max)\([^()]*(?:\([^()]*\)[^()]*)*\)\s+OVER \([^()]*ORDER BY[^()]*\)", text
    )
    assert all("ROWS BETWEEN" in window for window in windows), "the frame is not written out"


@pytest.mark.parametrize("name", [*names(), *RELATIONS])
def test_no_column_is_named_like_one_that_it_is_made_of(name: str) -> None:
    # ClickHouse puts the new column in the place of the old one everywhere in the SELECT
    for alias in sqlglot.parse_one(query(name, STEPS), read="duckdb").find_all(exp.Alias):
        inside = {column.name for column in alias.this.find_all(exp.Column)}
        assert alias.alias not in inside, (name, alias.sql())


def test_parts_of_queries_have_names_of_their_own() -> None:
    for name in names():
        parts = [part.alias for part in sqlglot.parse_one(complete(name, STEPS)).find_all(exp.CTE)]
        assert not {part for part in parts if part in RELATIONS and parts.count(part) > 1}, name


def test_every_query_belongs_to_a_measure() -> None:
    assert set(queries_of(MEASURES)) == set(names())


@pytest.mark.parametrize("parameters", (STEPS, FILTERED), ids=("all", "filtered"))
@pytest.mark.parametrize("name", names())
@pytest.mark.quick_cases(9)
def test_a_complete_text_gives_what_the_shared_relations_give(name: str, parameters: Parameters) -> None:
    with connect(LOG) as connection:

        def run(text: str) -> Table:
            done = connection.execute(text)
            return Table(tuple(column[0] for column in done.description or ()), done.fetchall())

        alone = TextRunner(run, parameters, "duckdb")
        with DuckRunner(connection, parameters) as runner:
            found = runner.table(name)
        complete_table = alone.table(name)
        assert found.columns == complete_table.columns
        assert sorted(map(repr, found.rows)) == sorted(map(repr, complete_table.rows))


def test_nothing_is_left_on_the_connection() -> None:
    with connect(LOG) as connection:
        with DuckRunner(connection, STEPS) as runner:
            for name in names():
                runner.table(name)
        left = connection.execute("SELECT table_name FROM information_schema.tables").fetchall()
    assert left == [("events",)]


def test_literals_are_quoted_for_their_dialect() -> None:
    quoted = {dialect: text_literal("it's \\ רכישה", dialect) for dialect in DIALECTS}
    assert quoted["duckdb"] == quoted["postgres"] == quoted["trino"] == "'it''s \\ רכישה'"
    assert quoted["bigquery"] == quoted["spark"] == quoted["snowflake"] == "'it\\'s \\\\ רכישה'"
    for dialect in DIALECTS:
        read = sqlglot.parse_one(f"SELECT {quoted[dialect]}", read=dialect).find(exp.Literal)
        assert read is not None and read.this == "it's \\ רכישה", dialect


def test_the_moment_is_the_last_event_where_none_is_given() -> None:
    assert "(SELECT max(moment) FROM events)" in complete("totals", Parameters())
    assert "moment <= 5\n" in complete("totals", Parameters(as_of=5))
