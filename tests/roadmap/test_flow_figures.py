"""The figures of a measurement: their text, and reading any text."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.flow_figures import (
    MAX_FIGURES,
    MOST_CHANNELS,
    MOST_COLUMNS,
    MOST_MOVERS,
    MOST_ROWS,
    MOST_VALUES,
    Figure,
    FlowFigures,
    figures_from,
    figures_plain,
    figures_text,
    read_figures,
    read_measures,
)

FIGURES = FlowFigures(
    first="2026-01-05", last="2026-03-01", events=1200, customers=300, currency="₪",
    parameters={"gap_days": 30.0, "steps": ["visit", "רכישה"], "as_of": 1_772_000_000_000},
    channel="ads", segment="region=north", since="2026-01-01", period_days=30,
    measures={"win_rate": Figure(0.25, 3, 12, "share"), "cac": Figure(None, 5.5, 0, "money")},
    before={"win_rate": Figure(0.5, 1, 2, "share")},
    lists={
        "paths": [{"path": ["ads", "mail"], "conversions": 3, "rate": 0.5, "value": None}],
        "attribution": {"first": {"ads": 1.5}, "last": {"mail": 1.5}},
        "hot_cold": {"rising": 3, "at_risk": 1},
    },
    totals={"paths": 44}, channels=["ads", "mail"], segments={"region": ["north", "south"]},
)  # fmt: skip

texts = st.text(max_size=12) | st.sampled_from(["\ud800", "\0" * 300, "x" * 2000, "שלום"])
scalars = st.none() | st.booleans() | st.integers() | st.floats() | texts
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)
names = st.sampled_from(["win_rate", "paths", "movers", "attribution", "no id!", "x" * 90])
parts = st.fixed_dictionaries(
    {"measures": st.dictionaries(names, values | st.fixed_dictionaries({"value": scalars}), max_size=3)},
    optional={
        **dict.fromkeys(("version",), st.sampled_from([1, 1, 1, 2, "1", None])),
        **dict.fromkeys(("first", "last", "since"), st.sampled_from(["2026-01-05", "soon"]) | values),
        **dict.fromkeys(("events", "customers", "period_days"), st.integers() | values),
        **dict.fromkeys(
            ("lists", "totals", "before", "segments"), st.dictionaries(names, values, max_size=3)
        ),
        **dict.fromkeys(("parameters", "channels", "channel", "currency", "unknown"), values),
    },
)


def test_what_is_written_is_read_back() -> None:
    assert read_figures(figures_text(FIGURES)) == FIGURES
    assert figures_from(figures_plain(FIGURES)) == FIGURES
    assert json.loads(figures_text(FIGURES))["measures"]["win_rate"] == {
        "value": 0.25, "numerator": 3, "denominator": 12, "unit": "share",
    }  # fmt: skip


@examples(200)
@given(texts | st.builds(json.dumps, values | parts))
def test_any_text_is_read_or_is_none(text: str) -> None:
    found = read_figures(text)
    assert found is None or read_figures(figures_text(found)) == found
    assert read_measures(text) == (found and replace(found, lists={}, totals={}))


@examples(200)
@given(parts)
def test_figures_of_anything_have_the_types_that_they_say_and_a_text_that_fits(plain: dict[str, Any]) -> None:
    found = figures_from(plain)
    if found is None:
        assert plain.get("version", 1) != 1
        return
    assert all(type(getattr(found, name)) is int for name in ("events", "customers", "period_days"))
    assert all(
        type(getattr(found, name)) is str for name in ("first", "last", "channel", "segment", "currency")
    )
    assert all(isinstance(each, Figure) for each in (*found.measures.values(), *found.before.values()))
    for rows in found.lists.values():
        assert isinstance(rows, dict) or all(isinstance(row, dict) for row in rows)
    text = figures_text(found)
    assert len(text) <= MAX_FIGURES
    assert text.encode()
    json.loads(text, parse_constant=pytest.fail)  # no number that JSON does not have
    assert read_figures(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "1", '{"measures":[]}', '{"measures":{},"version":2}', "{", "[" * 5000,
        '{"measures":{},"n":' + "9" * 5000 + "}", '{"measures":{}}' + " " * MAX_FIGURES,
    ],
)  # fmt: skip
def test_what_is_none_is_none(text: str) -> None:
    assert read_figures(text) is None


def test_a_part_that_does_not_fit_is_left_out_and_the_rest_stays() -> None:
    plain = figures_plain(FIGURES) | {
        "events": True,
        "first": "2026-13-45",
        "channels": "ads",
        "lists": 3,
        "new": 1,
    }
    plain["measures"] = {"win_rate": {"value": 1e999, "numerator": 3}, "cac": 5, "no id!": {"value": 1}}
    found = figures_from(plain)
    assert found is not None
    assert (found.events, found.first, found.channels, found.lists) == (0, "", [], {})
    assert found.measures == {"win_rate": Figure(None, 3, None, "")}
    assert (found.customers, found.last, found.segments) == (
        300,
        "2026-03-01",
        {"region": ["north", "south"]},
    )


def test_lists_are_cut_and_say_how_many_rows_there_were() -> None:
    rows = [{"n": n} for n in range(100)]
    found = read_figures(
        figures_text(
            FlowFigures(
                lists={"paths": rows, "movers": rows, "cohorts": rows[:3]},
                totals={"movers": 500},
                channels=[str(n) for n in range(99)],
                segments={f"c{n}": [str(each) for each in range(99)] for n in range(9)},
            )
        )
    )
    assert found is not None
    assert [len(found.lists[name]) for name in ("paths", "movers", "cohorts")] == [MOST_ROWS, MOST_MOVERS, 3]
    assert found.totals == {"paths": 100, "movers": 500}
    assert len(found.channels) == MOST_CHANNELS
    assert [len(each) for each in found.segments.values()] == [MOST_VALUES] * MOST_COLUMNS


def test_figures_that_are_too_long_lose_rows_and_no_measure() -> None:
    long = "\0" * 400
    rows = [{f"{long}{n}": long for n in range(5)} for _ in range(40)]
    channels = {f"{long[:90]}{n}": 1.0 for n in range(90)}
    every = {f"list_{n}": rows for n in range(12)} | {"attribution": {"first": channels, "last": channels}}
    parameters = {f"{n}": [long] * 50 for n in range(50)}
    figures = FlowFigures(
        events=5, parameters=parameters, measures=FIGURES.measures, lists={**every, "paths": [{"n": 1}]},
        channels=[long] * 50, segments={f"c{n}": [long] * 20 for n in range(5)}, channel=long, segment=long,
    )  # fmt: skip
    text = figures_text(figures)
    found = read_figures(text)
    assert len(text) <= MAX_FIGURES
    assert found is not None
    assert (found.events, found.measures, found.lists["paths"]) == (5, FIGURES.measures, [{"n": 1}])
    assert found.totals["list_0"] == 40
