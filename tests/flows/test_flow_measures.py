"""Every measure of random logs against the brute-force reference."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reference
import reference_paths
import reference_scalars
from examples import number
from flow_events import Event, at, connect, numbered
from lfroadmap.flows.catalogue import IDS
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import Filters, Parameters
from lfroadmap.usecases.schemas import SCHEMAS
from reference_lists import LISTS

KINDS = ("visit", "call", "quote", "purchase", "upsell", "cross_sell", "רכישה")
CHANNELS = (None, "ads", "mail", "אתר", "a > b", ">", "it's")
STAGES = (None, "quote", "שקילה", "intent")
SEGMENTS = (None, None, "gold", "זהב", "it's")
DAYS = st.one_of(
    st.integers(0, 12).map(lambda n: n * 30.0),  # gaps of exactly the limit, and ties
    st.integers(0, 200).map(float),
    st.integers(0, 400).map(lambda n: n / 2 + 0.1),
)
MONEY = st.sampled_from((None, None, 0.0, 10.0, 20.0, 35.5))
EVENTS = st.builds(
    Event,
    st.sampled_from(("a", "b", "ג")),
    DAYS.map(at),
    st.just(0),
    st.sampled_from(KINDS),
    st.sampled_from(CHANNELS),
    st.sampled_from(STAGES),
    MONEY,
    MONEY,
    st.sampled_from((None, None, "guide", "וידאו")),
    st.sampled_from((None, None, -1.0, 0.5)),
    st.sampled_from((None, None, "price", "מחיר")),
    st.sampled_from((None, None, 0.25, 1.0)),
    st.sampled_from((None, None, 3.0, 5.0)),
    st.sampled_from(SEGMENTS),
)
LOGS = st.lists(EVENTS, max_size=24).map(numbered)
PARAMETERS = st.builds(
    Parameters,
    st.sampled_from((30, 7, 0, 1.5)),
    st.sampled_from((90, 30, 0)),
    st.sampled_from((30, 0, 60)),
    st.one_of(st.none(), DAYS.map(at)),
    st.sampled_from(
        (("visit", "quote", "purchase"), (), ("call", "שקילה", "intent"), ("visit",), ("x", "visit"))
    ),
    st.sampled_from(({}, {"visit": 2, "call": 1.5, "purchase": 0})),
    st.sampled_from(
        ({}, {"purchase": ("purchase", "רכישה"), "upsell": ("upsell", "purchase")}, {"purchase": ()})
    ),
    st.sampled_from((2, 10)),
    st.one_of(
        st.just(Filters()),
        st.builds(
            Filters,
            st.sampled_from(CHANNELS),
            st.just("plan"),
            st.sampled_from(SEGMENTS),
            st.one_of(st.none(), DAYS.map(at)),
        ),
    ),
)


SCHEMA = jsonschema.Draft202012Validator(SCHEMAS["measure"]())
NOTHING_ELSE = {"reading": None, "period_days": None, "before": None}
"""What the command adds of its own."""


def close(value: object) -> object:
    """The value with floats compared within a millionth of a millionth or so."""
    if isinstance(value, dict):
        return {key: close(each) for key, each in value.items()}
    if isinstance(value, list):
        return [close(each) for each in value]
    return pytest.approx(value, rel=1e-9, abs=1e-9) if isinstance(value, float) else value


def in_order(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """The rows ordered by their texts and counts, which both sides have alike."""
    return sorted(
        rows,
        key=lambda row: json.dumps(
            {k: v for k, v in row.items() if not isinstance(v, float)}, sort_keys=True
        ),
    )


def check(events: list[Event], parameters: Parameters) -> None:
    with connect(events) as connection:
        measured = measure(connection, parameters).to_json()
    found: dict[str, Any] = measured["measures"]  # type: ignore[assignment]
    SCHEMA.validate({**NOTHING_ELSE, **measured})
    log = reference.Log(events, parameters)
    scalars = reference_scalars.scalars(log)
    assert {id: found[id]["value"] for id in scalars} == close(scalars)
    for id, rows in LISTS.items():
        here = found[id] if isinstance(found[id], list) else [found[id]]
        assert in_order(here) == close(in_order(rows(log))), id
    assert found["attribution"] == close(reference_paths.credits(log)[0])
    assert found.keys() == scalars.keys() | LISTS.keys() | {"attribution"} == set(IDS)


@settings(max_examples=number(25), deadline=None, suppress_health_check=list(HealthCheck))
@given(LOGS, PARAMETERS)
def test_measures_are_those_of_the_reference(events: list[Event], parameters: Parameters) -> None:
    check(events, parameters)


@pytest.mark.proof
@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(LOGS, PARAMETERS)
def test_measures_of_many_logs_are_those_of_the_reference(
    events: list[Event], parameters: Parameters
) -> None:
    check(events, parameters)


@pytest.mark.parametrize(
    "events",
    [
        [],
        [Event("a", at(0))],
        [Event("a", at(0)), Event("a", at(0))],
        [Event(name, at(0)) for name in "abc"] + [Event("d", at(100), kind="visit")],
        [Event("a", at(30 * n), kind="visit", channel="ads") for n in range(5)],
        [Event("a", at(31 * n), kind="visit", channel="ads") for n in range(9)],
    ],
    ids=["empty", "one", "ties", "all exits", "gaps of exactly N", "gaps beyond N"],
)
@pytest.mark.quick_cases(2)
def test_edges(events: list[Event]) -> None:
    check(numbered(events), Parameters(steps=("visit", "purchase")))
