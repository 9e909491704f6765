"""The order of lists, and parameters that are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from flow_events import Event, connect
from lfroadmap.flows.catalogue import ATTRIBUTION, MEASURES, chosen
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import DEFAULT_MEANINGS, Parameters
from test_flow_measures import LOGS

ORDERS: dict[str, Any] = {
    "entry_points": lambda row: -row["entries"],
    "exit_points": lambda row: -row["exits"],
    "paths": lambda row: (-row["conversions"], -row["non_conversions"]),
    "path_sets": lambda row: (-row["conversions"], -row["non_conversions"]),
    "comeback": lambda row: (not row["is_ranked"], -row["lift"]),
    "cohorts": lambda row: row["cohort"],
    "content": lambda row: -row["flows"],
    "time_in_stage": lambda row: row["stage"],
    "movers": lambda row: (
        ("visit", "quote", "purchase").index(row["stage"]),
        not row["is_ranked"],
        -(row["share_with"] - (row["share_without"] or 0)),
    ),
}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(LOGS)
def test_lists_have_an_order(events: list[Event]) -> None:
    parameters = Parameters(steps=("visit", "quote", "purchase"))
    with connect(events) as connection:
        found: Any = measure(connection, parameters, [*ORDERS, "attribution"]).to_json()["measures"]
    for id, key in ORDERS.items():
        assert found[id] == sorted(found[id], key=key), id
    for credits in found["attribution"].values():
        assert list(credits.items()) == sorted(credits.items(), key=lambda row: (-row[1], row[0]))


def test_measures_are_chosen_by_id_and_only_their_queries_run() -> None:
    with connect([]) as connection:
        found = measure(connection, Parameters(), ["won", "paths"])
    assert (list(found.scalars), list(found.lists), found.attribution) == (["won"], ["paths"], None)
    assert chosen(None) == list(MEASURES) and chosen(["attribution"]) == [ATTRIBUTION]
    with connect([]) as connection, pytest.raises(KeyError):
        measure(connection, Parameters(), ["nonsense"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"gap_days": -1},
        {"window_days": -0.5},
        {"look_back_days": float("inf")},
        {"gap_days": float("nan")},
        {"steps": ("a", "b", "a")},
    ],
    ids=str,
)
def test_parameters_that_mean_nothing_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"negative|twice"):
        Parameters(**wrong)


def test_a_meaning_that_is_left_out_keeps_its_default() -> None:
    parameters = Parameters(meanings={"upsell": ("upgrade",)})
    assert parameters.kinds("upsell") == ("upgrade",)
    assert parameters.kinds("purchase") == DEFAULT_MEANINGS["purchase"]


def test_results_cannot_be_changed() -> None:
    with connect([]) as connection:
        found = measure(connection, Parameters(), ["won"])
    with pytest.raises(TypeError):
        found.scalars["won"] = found.scalars["won"]  # type: ignore[index]


def test_a_sum_beyond_all_numbers_is_undefined() -> None:
    events = [Event("a", 0, seq=n, kind="purchase", channel="ads", value=1e308, cost=1e308) for n in range(3)]
    with connect(events) as connection:
        found: Any = measure(connection, Parameters()).to_json()
    json.dumps(found, allow_nan=False)
    assert found["measures"]["ltv"]["value"] is None and found["measures"]["cac"]["value"] is None
