"""Lists of customers: who is in them, and what is suggested for each."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings

import reference
from flow_events import Event, at, connect, numbered
from lfroadmap.flows.customers import COLUMNS, CUSTOMER_LISTS, CustomerList, CustomerRow, customer_rows
from lfroadmap.flows.measures import measure_with
from lfroadmap.flows.parameters import Parameters
from lfroadmap.flows.results import Comeback
from lfroadmap.flows.running import DuckRunner
from lfroadmap.words import LANGUAGES, Language
from reference_lists import engagement
from reference_paths import journeys
from test_flow_measures import LOGS, PARAMETERS


def every_list(
    events: Sequence[Event], parameters: Parameters, language: Language = "en"
) -> dict[CustomerList, list[CustomerRow]]:
    with connect(events) as connection, DuckRunner(connection, parameters) as runner:
        rows = measure_with(runner, ["comeback"]).lists["comeback"]
        comebacks = [row for row in rows if isinstance(row, Comeback)]
        return {name: list(customer_rows(runner, name, comebacks, language)) for name in CUSTOMER_LISTS}


def at_risk(events: Sequence[Event], language: Language = "en") -> list[CustomerRow]:
    return every_list(events, Parameters(as_of=at(60)), language)["at_risk"]


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(LOGS, PARAMETERS)
def test_the_customers_are_those_of_the_reference(events: list[Event], parameters: Parameters) -> None:
    log = reference.Log(events, parameters)
    lists = every_list(events, parameters)
    found = {name: [row.customer for row in rows] for name, rows in lists.items()}
    assert sorted(found["at_risk"]) == sorted(reference.at_risk(log))
    assert sorted(found["ready"]) == sorted(name for name, (_, ready) in engagement(log).items() if ready)
    walked = [journey.customer for journey in journeys(log) if journey.channels]
    assert sorted(found["paths"]) == sorted(walked)
    buyers = [name for name, own in log.customers.items() if any(map(log.buys, own))]
    assert sorted(found["cohorts"]) == sorted(buyers)


def returning(channel: str, kind: str, times: int) -> list[Event]:
    """Customers who left and came back by a touchpoint."""
    names = [f"{channel} {n}" for n in range(times)]
    return [
        event
        for name in names
        for event in (Event(name, at(0)), Event(name, at(40), kind=kind, channel=channel))
    ]


RISKY = [
    Event(name, at(50 + day), channel=channel)
    for name, channel in (("dana", "ads"), ("יוסי", "phone"))
    for day in (0, 1, 2, 3)
]
LOG = numbered([*returning("mail", "newsletter", 6), *returning("ads", "click", 5), *RISKY])


def test_the_suggestion_is_a_channel_that_the_customer_has_used_else_the_best() -> None:
    dana, yossi = at_risk(LOG)
    assert (dana.customer, dana.suggested_kind, dana.suggested_channel) == ("dana", "click", "ads")
    assert "5 returns began here" in dana.why and "has used" in dana.why
    assert (yossi.customer, yossi.suggested_kind, yossi.suggested_channel) == ("יוסי", "newsletter", "mail")
    assert "6 returns began here" in yossi.why and "has used" not in yossi.why


def test_facts_of_a_customer_at_risk() -> None:
    dana = at_risk(LOG)[0]
    facts = dict(zip(COLUMNS["at_risk"], dana, strict=True))
    assert facts["days_away"] == pytest.approx(7) and facts["usual_days"] == pytest.approx(1)
    assert facts["last_event"] == "2024-01-06T22:13:20Z"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_suggested_without_returns(language: Language) -> None:
    rows = at_risk(numbered(RISKY), language)
    assert {(row.suggested_kind, row.suggested_channel) for row in rows} == {("", "")}
    assert all(row.why for row in rows)
