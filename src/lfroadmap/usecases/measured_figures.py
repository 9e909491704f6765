"""The day of a measurement, and the customers to look after that are kept beside the document."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import islice
from zoneinfo import ZoneInfo

from lfroadmap.flows.customers import customer_rows
from lfroadmap.flows.results import Comeback, Result
from lfroadmap.flows.running import CustomerRunner, DuckRunner
from lfroadmap.flows.sources.engine import Engine
from lfroadmap.usecases.measurement import Measurement

MOST_CUSTOMERS = 1000
"""Customers of a list that are kept beside the document."""
_LONGEST_ID = 300
"""Characters of an id of a customer that is kept."""


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
    """The customers to keep of an engine's events, as of `first_customers`."""

    def ids(runner: DuckRunner) -> dict[str, list[str]]:
        with runner:
            return first_customers(runner, found.result)

    return engine.run(lambda connection: ids(DuckRunner(connection, found.result.parameters)))


def first_customers(runner: CustomerRunner, result: Result) -> dict[str, list[str]]:
    """The ids of the customers at risk and of those who are ready, the first ones of each list."""
    comebacks = [row for row in result.lists.get("comeback", ()) if isinstance(row, Comeback)]
    return {
        name: [
            row.customer
            for row in islice(customer_rows(runner, name, comebacks, "en"), MOST_CUSTOMERS)
            if len(row.customer) <= _LONGEST_ID
        ]
        for name in ("at_risk", "ready")
    }
