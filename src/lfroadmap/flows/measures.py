"""Measuring flows on a connection, and measures out of the results of queries that ran elsewhere."""

from __future__ import annotations

from collections.abc import Collection
from types import MappingProxyType
from typing import TYPE_CHECKING

from lfroadmap.flows.catalogue import ATTRIBUTION, Measure, chosen, queries_of
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.path_lists import attributed, credits_of
from lfroadmap.flows.queries import NEEDING_STEPS
from lfroadmap.flows.results import Result, Scalar
from lfroadmap.flows.running import DuckRunner, Runner
from lfroadmap.flows.tables import Table, Tables, ratio, whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def measure(
    connection: DuckDBPyConnection, parameters: Parameters, ids: Collection[str] | None = None
) -> Result:
    """The measures of the relation `events` of a connection; all of them, or those of these ids.

    Raises KeyError for an id that there is not, and duckdb.InterruptException where it is interrupted.
    """
    with DuckRunner(connection, parameters) as runner:
        return measure_with(runner, ids)


def measure_with(runner: Runner, ids: Collection[str] | None = None) -> Result:
    """The measures of an engine."""
    tables = Tables({name: _table(runner, name) for name in queries_of(chosen(ids))})
    return result_of(tables, runner.parameters, ids)


def _table(runner: Runner, name: str) -> Table:
    """The result of a query; empty where it needs steps and there are none."""
    needs_none = name in NEEDING_STEPS and not runner.parameters.steps
    return Table((), (), name) if needs_none else runner.table(name)


def result_of(tables: Tables, parameters: Parameters, ids: Collection[str] | None = None) -> Result:
    """The measures out of the results of their queries."""
    found = chosen(ids)
    scalars = {each.id: _scalar(each, tables, parameters) for each in found if each.numerator}
    lists = {each.id: each.rows(tables, parameters) for each in found if each.rows}
    credits = credits_of(tables.once(attributed)) if ATTRIBUTION in found else None
    return Result(
        parameters,
        MappingProxyType(scalars),
        MappingProxyType(lists),
        None if credits is None else MappingProxyType(credits),
        *(_moments(tables["totals"]) if "totals" in tables else ()),
    )


def _moments(totals: Table) -> tuple[int | None, int | None]:
    """The moments of the first and the last event; None where there is none, or the result lacks them."""

    def moment(column: str) -> int | None:
        cell = totals.first(column) if column in totals.columns else None
        return None if cell is None else whole(cell)

    return moment("first_moment"), moment("last_moment")


def _scalar(each: Measure, tables: Tables, parameters: Parameters) -> Scalar:
    above = each.numerator.of(tables) if each.numerator else None
    if each.denominator is None:
        return Scalar(above or 0, None, None, each.unit, each.parameters)
    below = each.denominator.of(tables) or 0
    if each.needs_steps and not parameters.steps:
        return Scalar(None, None, below, each.unit, each.parameters)
    if each.is_median:
        return Scalar(ratio(above, below), None, None, each.unit, each.parameters)
    above = above if above is not None or each.unit == "money" else 0
    return Scalar(ratio(above, below), above, below, each.unit, each.parameters)
