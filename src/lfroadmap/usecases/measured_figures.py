"""What a roadmap keeps of a measurement: its figures, and beside the document the customers to look after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from lfroadmap.flows.customers import customer_rows
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import DAY, Parameters
from lfroadmap.flows.results import Comeback, Result
from lfroadmap.flows.running import DuckRunner
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.roadmap.flow_figures import FlowFigures, figures_from
from lfroadmap.roadmap.measured_values import BINDABLE, LISTS, NUMBERS
from lfroadmap.usecases.measurement import Measurement

Plain = dict[str, Any]
KEPT_LISTS = (
    "entry_points", "exit_points", "stage_conversion_any", "stage_conversion_first", "time_in_stage",
    "bottleneck", "paths", "path_sets", "attribution", "roi", "comeback", "movers", "cost_per_stage",
    "cost_per_channel", "cohorts", "return_curve", "hot_cold",
)  # fmt: skip
"""Lists of `measure --json` that a roadmap keeps; none of them names a customer or a source."""
MOST_CUSTOMERS = 1000
"""Customers of a list that are kept beside the document."""
_LONGEST_ID = 300
"""Characters of an id of a customer that is kept."""
MeasureAt = Callable[[Parameters], Result]
"""Measures the same events with other parameters."""


def kept_figures(found: Measurement, before: Result | None, period_days: int) -> FlowFigures:
    """The figures of a measurement, and those of `period_days` earlier where there were events then."""
    plain = found.result.to_json()
    figures = figures_from(_plain(plain, found, before, period_days))
    assert figures is not None, "what is measured can be read"
    return figures


def _plain(plain: Mapping[str, Any], found: Measurement, before: Result | None, period_days: int) -> Plain:
    measures = plain["measures"]
    return {
        "first": day_in(found.first, found.zone).isoformat(),
        "last": day_in(found.last, found.zone).isoformat(),
        "events": measures["events"]["value"],
        "customers": measures["customers"]["value"],
        "currency": found.reading.currency,
        "parameters": plain["parameters"],
        "period_days": period_days,
        "measures": {name: each for name, each in measures.items() if name in NUMBERS},
        "before": _numbers(before),
        "lists": {name: measures[name] for name in KEPT_LISTS if name in measures},
        "totals": {name: len(measures[name]) for name in LISTS if name in measures},
    }


def _numbers(before: Result | None) -> Plain:
    measures: Any = before.to_json()["measures"] if before else {}
    return {name: each for name, each in measures.items() if name in NUMBERS}


def figures_filtered(
    found: Measurement, measure_at: MeasureAt, channel: str, segment: str
) -> FlowFigures | None:
    """The figures of some customers alone; None where they cannot be measured apart."""
    parameters = filtered(found.result.parameters, channel, segment)
    if parameters is None:
        return None
    return kept_figures(replace(found, result=measure_at(parameters)), None, 0)


def filtered(parameters: Parameters, channel: str, segment: str) -> Parameters | None:
    """The parameters of customers of a channel and a segment; None where they cannot be measured apart."""
    return None if channel or segment else parameters


def figures_before(found: Measurement, measure_at: MeasureAt, period_days: int) -> Result | None:
    """The numbers as of `period_days` earlier; None where the first event came later."""
    moment = as_of(found) - period_days * DAY
    if moment < found.first:
        return None
    return measure_at(replace(found.result.parameters, as_of=moment))


def measures_at(engine: Engine) -> MeasureAt:
    """Measures what KPIs can be bound to of the relation `events` of an engine."""
    ids = BINDABLE
    return lambda parameters: engine.run(lambda connection: measure(connection, parameters, ids))


def as_of(found: Measurement) -> int:
    """The moment that was measured at, in milliseconds since 1970."""
    given = found.result.parameters.as_of
    return found.last if given is None else given


def figures_day(found: Measurement) -> date:
    """The day of the figures, in the zone of the measurement."""
    return day_in(as_of(found), found.zone)


def day_in(moment: int, zone: str) -> date:
    """The day of a moment in a zone."""
    return datetime.fromtimestamp(moment / 1000, UTC).astimezone(ZoneInfo(zone)).date()


def customers_to_keep(engine: Engine, found: Measurement) -> dict[str, list[str]]:
    """The ids of the customers at risk and of those who are ready, the first ones of each list."""
    comebacks = [row for row in found.result.lists.get("comeback", ()) if isinstance(row, Comeback)]

    def ids(runner: DuckRunner) -> dict[str, list[str]]:
        with runner:
            return {
                name: [
                    row.customer
                    for row in islice(customer_rows(runner, name, comebacks, "en"), MOST_CUSTOMERS)
                    if len(row.customer) <= _LONGEST_ID
                ]
                for name in ("at_risk", "ready")
            }

    return engine.run(lambda connection: ids(DuckRunner(connection, found.result.parameters)))
