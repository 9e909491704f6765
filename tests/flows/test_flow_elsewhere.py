"""Queries for warehouses, and measures out of the results that these give."""

from __future__ import annotations

import json

import pytest
import sqlglot

from flow_events import connect
from lfroadmap.flows.elsewhere import events_view, measure_results, printed_queries
from lfroadmap.flows.literals import DIALECTS, Dialect
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.tables import BadCellError, IncompleteResultError
from test_flow_sql import LOG, STEPS

Results = dict[str, list[dict[str, object]]]


def warehouse(parameters: Parameters, *, capitals: bool = False, as_text: bool = False) -> Results:
    """Results of all queries, as objects of JSON."""
    results: Results = {}
    with connect(LOG) as connection:
        for name, text in printed_queries(parameters, "duckdb"):
            done = connection.execute(text)
            columns = [column[0].upper() if capitals else column[0] for column in done.description or ()]
            results[name] = [dict(zip(columns, row, strict=True)) for row in done.fetchall()]
    if as_text:  # as ClickHouse writes whole numbers of 64 bits
        results = {
            name: [
                {key: str(cell) if isinstance(cell, int) else cell for key, cell in row.items()}
                for row in rows
            ]
            for name, rows in results.items()
        }
    loaded: Results = json.loads(json.dumps(results))
    return loaded


@pytest.mark.parametrize("parameters", [STEPS, Parameters()], ids=["steps", "no steps"])
@pytest.mark.parametrize("form", [{}, {"capitals": True}, {"as_text": True}], ids=str)
@pytest.mark.quick_cases(2)
def test_results_give_the_same_measures(parameters: Parameters, form: dict[str, bool]) -> None:
    with connect(LOG) as connection:
        here = measure(connection, parameters)
    found = measure_results(warehouse(parameters, **form), here.parameters)
    assert found.to_json() == here.to_json()


def test_some_results_give_some_measures() -> None:
    results = warehouse(STEPS)
    found = measure_results({"return_median": results["return_median"]}, STEPS)
    assert list(found.scalars) == ["return_days_median"] and found.lists == {}
    assert found.attribution is None


def test_a_result_without_a_column_says_which() -> None:
    with pytest.raises(IncompleteResultError) as error:
        measure_results({"entry_points": [{"entry_kind": "visit", "entries": 1}]}, STEPS)
    assert (error.value.query, error.value.column) == ("entry_points", "entry_channel")


def test_a_cell_that_is_no_number_is_refused() -> None:
    with pytest.raises(BadCellError) as error:
        measure_results({"totals": [{"occurrences": "many", "spent": None, "points": 1}]}, STEPS)
    assert error.value.cell == "many"


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.quick_cases(2)
def test_what_is_printed_is_read_in_its_dialect(dialect: Dialect) -> None:
    assert sqlglot.parse_one(events_view(dialect), read=dialect).named_selects[1:3] == ["moment", "seq"]
    printed = dict(printed_queries(Parameters(meanings={"purchase": ("it's",)}), dialect, ["won", "movers"]))
    assert list(printed) == ["flow_counts"]  # movers need steps
    assert sqlglot.parse_one(printed["flow_counts"], read=dialect)
    assert ("join_use_nulls" in printed["flow_counts"]) == (dialect == "clickhouse")
