"""Worked cases: logs small enough to follow by hand, and public tables with published results."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flow_events import Event, at, connect, numbered
from lfroadmap.flows.attribution import PathCount, attribute, removal_effects
from lfroadmap.flows.measures import measure
from lfroadmap.flows.parameters import DAY, LEAST, Parameters

SNOWPLOW = Path(__file__).parents[3] / "shared" / "data" / "snowplow-fractribution"
HOUR = 1 / 24


class Measured(dict[str, Any]):
    """Measures of a log by id, each measured when it is asked for."""

    def __init__(self, events: list[Event], parameters: Parameters) -> None:
        self.connection = connect(numbered(events))
        self.parameters = parameters

    def __missing__(self, id: str) -> Any:  # noqa: ANN401 - as JSON has it
        found = measure(self.connection, self.parameters, [id]).to_json()["measures"]
        assert isinstance(found, dict)
        self.update(found)
        return found[id]


def measured(events: list[Event], parameters: Parameters | None = None) -> Measured:
    return Measured(events, parameters or Parameters())


def value(found: Measured, id: str) -> float | None:
    result: float | None = found[id]["value"]
    return result


def test_a_journey_that_a_line_would_call_losses() -> None:
    journey = [
        Event("dana", at(0), kind="read", channel="blog"),
        Event("dana", at(40), kind="click", channel="paid ad"),
        Event("dana", at(80), kind="join", channel="webinar"),
        Event("dana", at(140), kind="purchase", channel="referral", value=100),
    ]
    found = measured(journey, Parameters(as_of=at(200)))
    counts = {id: value(found, id) for id in ("flows", "exits", "returns", "won", "active", "reentries")}
    assert counts == {"flows": 4, "exits": 3, "returns": 3, "won": 1, "active": 0, "reentries": 3}
    assert value(found, "return_days_mean") == pytest.approx(140 / 3)
    assert value(found, "return_days_median") == 40
    line = {row["figure"]: (row["line"], row["liquid"]) for row in found["line"]}
    assert line["won"] == (0, 1) and line["lost"] == (1, 0) and line["value"] == (None, 100)


def test_a_gap_of_exactly_the_limit_does_not_end_a_flow() -> None:
    limit = Event("a", at(30))
    assert value(measured([Event("a", at(0)), limit]), "flows") == 1
    assert value(measured([Event("a", at(0)), limit._replace(moment=limit.moment + 1)]), "flows") == 2


def test_an_ended_flow_with_a_purchase_is_won_and_an_active_one_active() -> None:
    bought = [Event("a", at(0), kind="purchase")]
    for days, state in ((30, "active"), (31, "won")):
        found = measured(bought, Parameters(as_of=at(days)))
        assert {id: value(found, id) for id in ("active", "won", "exits")} == {
            "active": int(state == "active"),
            "won": int(state == "won"),
            "exits": 0,
        }


def test_close_rate_and_win_rate_are_two_figures() -> None:
    events = [Event("a", at(0), kind="purchase"), Event("b", at(0)), Event("b", at(50)), Event("c", at(100))]
    found = measured(events)
    assert value(found, "close_rate") == 1 / 3  # a of a, b, c
    assert value(found, "win_rate") == 1 / 3  # one won, two exits of b
    found = measured([*events, Event("d", at(100))])
    assert (value(found, "close_rate"), value(found, "win_rate")) == (1 / 4, 1 / 3)


WINDOW = Parameters(window_days=HOUR, steps=("A", "B", "C"))


def reached(found: list[dict[str, Any]]) -> list[int]:
    return [row["customers"] for row in found]


def test_any_entry_reaches_further_than_first_entry() -> None:
    clock = {"A": (13, 13.5), "B": (13.75,), "C": (14.25,)}
    found = measured(
        [Event("a", at(h * HOUR), kind=kind) for kind, hours in clock.items() for h in hours], WINDOW
    )
    assert reached(found["stage_conversion_any"]) == [1, 1, 1]
    assert reached(found["stage_conversion_first"]) == [1, 1, 0]


def test_ties_count_in_step_order() -> None:
    found = measured([Event("a", at(0), kind=kind) for kind in "CBA"], WINDOW)
    assert reached(found["stage_conversion_any"]) == reached(found["stage_conversion_first"]) == [1, 1, 1]


def test_steps_may_be_stages() -> None:
    found = measured([Event("a", at(0), stage="A"), Event("a", at(0), kind="B", stage="A")], WINDOW)
    assert reached(found["stage_conversion_any"]) == [1, 1, 0]


def test_on_a_tie_the_bottleneck_is_the_step_that_loses_most() -> None:
    sizes = {"visit": 40, "lead": 8, "quote": 4, "purchase": 1}
    events = [Event(f"c{n}", at(0), kind=kind) for kind, size in sizes.items() for n in range(size)]
    found = measured(events, Parameters(steps=tuple(sizes)))
    assert reached(found["stage_conversion_any"]) == [40, 8, 4, 1]
    (worst,) = found["bottleneck"]
    assert (worst["after"], worst["rate"], worst["loss"]) == ("lead", 0.2, 32)
    tied = {"visit": 40, "lead": 8, "purchase": 2}
    events = [
        Event(f"c{n}", at(0), kind=kind) for kind, size in {**tied, "visit": 32}.items() for n in range(size)
    ]
    (worst,) = measured(events, Parameters(steps=tuple(tied)))["bottleneck"]
    assert (worst["after"], worst["loss"]) == ("lead", 24)


def test_events_behind_the_moment_are_not_seen() -> None:
    found = measured([Event("a", at(0)), Event("b", at(10))], Parameters(as_of=at(9)))
    assert (value(found, "events"), value(found, "customers")) == (1, 1)


def test_events_without_a_stage_are_passed_over_and_repeats_collapsed() -> None:
    stages = ("new", None, "new", "quote", None)
    (first, second) = measured([Event("a", at(n), stage=stage) for n, stage in enumerate(stages)])[
        "time_in_stage"
    ]
    assert (first["stage"], first["mean_days"], first["open"]) == ("new", 3, 0)
    assert (second["stage"], second["stays"], second["open"]) == ("quote", 0, 1)


def test_upsell_is_larger_than_the_first_purchase() -> None:
    def rate(*values: float) -> float | None:
        return value(
            measured([Event("a", at(n), kind="purchase", value=v) for n, v in enumerate(values)]),
            "upsell_rate",
        )

    assert [rate(10), rate(10, 10), rate(10, 5, 7), rate(10, 5, 11)] == [0, 0, 0, 1]


def test_at_risk_needs_three_gaps_and_the_percentile_is_linear() -> None:
    def at_risk(days: tuple[float, ...], now: float) -> float | None:
        return value(measured([Event("a", at(day)) for day in days], Parameters(as_of=at(now))), "at_risk")

    assert at_risk((0, 1, 2), 20) == 0
    gaps = (0.0, 1.0, 3.0, 13.0)  # gaps 1, 2, 10: the 90th percentile is 2 + 0.8 × 8 = 8.4 days
    assert [at_risk(gaps, 13 + away) for away in (8.4, 8.5, 30, 30.1)] == [0, 1, 1, 0]


def test_a_comeback_touchpoint_needs_five_returns() -> None:
    def log(times: int) -> list[Event]:
        return [
            event
            for n in range(times)
            for event in (Event(f"c{n}", at(0)), Event(f"c{n}", at(40), kind="mail"))
        ]

    assert [row["is_ranked"] for row in measured(log(LEAST - 1))["comeback"]] == [False]
    (row,) = measured(log(LEAST))["comeback"]
    assert (row["is_ranked"], row["returns"], row["lift"]) == (True, LEAST, 2)


# ------------------------------------------------------------------ paths and attribution


def test_a_path_has_the_purchase_s_own_channel_and_touches_at_the_limit() -> None:
    events = [
        Event("a", at(-1), channel="too early"),
        Event("a", at(0), channel="ads"),
        Event("a", at(1)),
        Event("a", at(2), channel="ads"),
        Event("a", at(30), kind="purchase", channel="mail"),
        Event("a", at(31), channel="tail"),
        Event("b", at(31), kind="purchase"),
    ]
    found = measured(events)
    assert [(row["path"], row["conversions"]) for row in found["paths"]] == [(["ads", "mail"], 1)]
    assert (value(found, "purchases"), value(found, "purchases_without_touch")) == (2, 1)


def test_a_path_of_hundreds_of_touches_is_whole() -> None:
    channels = [f"{n} > {n}" if n % 7 else ">" for n in range(345)]
    events = [Event("a", at(n / 100), channel=channel) for n, channel in enumerate(channels)]
    (row,) = measured(events)["paths"]
    assert row["path"] == channels


def test_markov_by_hand() -> None:
    paths = [PathCount(("C1", "C2", "C3"), 1, 0), PathCount(("C1",), 0, 1), PathCount(("C2", "C3"), 0, 1)]
    assert removal_effects(paths, ["C1", "C2", "C3"]) == pytest.approx({"C1": 0.5, "C2": 1, "C3": 1})
    assert attribute(paths)["markov"].conversions == pytest.approx({"C1": 0.2, "C2": 0.4, "C3": 0.4})


def test_models_by_hand() -> None:
    paths = [PathCount(("a", "b", "a"), 2, 2, 90.0), PathCount(("a", "b"), 0, 4), PathCount(("b", "a"), 1, 3)]
    found = {model: dict(each.conversions) for model, each in attribute(paths).items()}
    assert found["first"] == {"a": 2, "b": 1} and found["last"] == {"a": 3, "b": 0}
    assert found["linear"] == pytest.approx({"a": 4 / 3 + 1 / 2, "b": 2 / 3 + 1 / 2})
    assert found["shapley"] == pytest.approx({"a": 1.5, "b": 1.5})
    # a > b > a has the rate 1/2; without its places b > a 1/4, a > a 0, a > b 0: gains 1/4, 1/2, 1/2
    assert found["counterfactual"] == pytest.approx({"a": 2 * 3 / 5 + 1 / 2, "b": 2 * 2 / 5 + 1 / 2})
    assert [sum(each.values()) for each in found.values()] == pytest.approx([3] * 6)
    assert attribute(paths)["shapley"].worth == pytest.approx({"a": 45, "b": 45})


def test_too_many_channels_have_no_markov_credits() -> None:
    found = attribute([PathCount((f"c{n}",), 1, 0) for n in range(201)])
    assert found["markov"].conversions == {} and len(found["shapley"].conversions) == 201


def rows_of(name: str) -> list[dict[str, str]]:
    with (SNOWPLOW / f"snowplow_fractribution_{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def moment_of(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


@pytest.mark.skipif(not SNOWPLOW.is_dir(), reason="the public tables of Snowplow are not here")
def test_the_tables_of_snowplow() -> None:
    bought = {
        (row["customer_id"], moment_of(row["conversion_tstamp"])): float(row["revenue"])
        for row in rows_of("conversions_by_customer_id_expected")
    }
    events = []
    for row in rows_of("sessions_by_customer_id_expected"):
        key = (row["customer_id"], moment_of(row["visit_start_tstamp"]))
        kind = "purchase" if key in bought else "visit"
        events.append(Event(*key, kind=kind, channel=row["channel"], value=bought.get(key)))
    found = measured(events)
    paths = {" > ".join(row["path"]): (row["conversions"], row["non_conversions"]) for row in found["paths"]}
    assert paths == {
        row["transformed_path"]: (int(row["conversions"]), int(row["non_conversions"]))
        for row in rows_of("path_summary_expected")
    }
    expected = rows_of("channel_attribution_expected")
    for model, name in (("last", "last_touch"), ("counterfactual", "shapley")):
        rows = [row for row in expected if row["ATTRIBUTION_TYPE"] == name]
        assert found["attribution"][model] == pytest.approx(
            {row["CHANNEL"]: float(row["CONVERSIONS"]) for row in rows}, abs=1e-6
        )
        money = {row["channel"]: row["value"] for row in found["roi"] if row["model"] == model}
        assert money == pytest.approx({row["CHANNEL"]: float(row["REVENUE"]) for row in rows}, abs=1e-6)
    assert found["attribution"]["counterfactual"]["Direct"] == pytest.approx(3.5409582689, abs=1e-6)
    assert found["attribution"]["counterfactual"]["Organic_Search"] == pytest.approx(1.4590417311, abs=1e-6)
    assert found["attribution"]["shapley"]["Direct"] == pytest.approx(3.5)
    assert found["attribution"]["shapley"]["Organic_Search"] == pytest.approx(1.5)


def test_cohorts_are_months_in_utc() -> None:
    first = round(datetime(2026, 3, 1, tzinfo=UTC).timestamp() * 1000)
    buys = [Event("a", first, kind="purchase", value=3), Event("b", first - 1, kind="purchase")]
    buys += [Event("c", -DAY * 365, kind="purchase"), Event("b", first + 1, kind="purchase", value=4)]
    found = measured(buys)["cohorts"]
    assert [(row["cohort"], row["buyers"], row["ltv"]) for row in found] == [
        ("1969-01", 1, None),
        ("2026-02", 1, 4),
        ("2026-03", 1, 3),
    ]


@pytest.mark.parametrize(
    ("weights", "mean"),
    [({}, 1), ({"visit": 2}, 4 / 3), ({"purchase": 4}, 3), ({"purchase": 4, "קנייה": 0}, 5 / 3)],
)
def test_a_kind_without_a_weight_has_that_of_its_meaning(weights: dict[str, float], mean: float) -> None:
    parameters = Parameters(weights=weights, meanings={"purchase": ("purchase", "קנייה")})
    events = [Event("a", at(0), kind=kind) for kind in ("visit", "purchase", "קנייה")]
    assert value(measured(events, parameters), "interaction_quality") == pytest.approx(mean)
