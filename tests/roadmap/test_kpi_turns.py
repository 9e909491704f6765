from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.comparison import compare
from lfroadmap.roadmap.kpi_turns import kpi_turns
from lfroadmap.roadmap.model import Better, Kpi, Origin, Reading, Roadmap
from lfroadmap.roadmap.templates import Labels
from measured import measured, turned
from samples import sample

LABELS = Labels("", "en")


def read(day: str, value: str, origin: Origin = "measured", source: str = "close_rate") -> Reading:
    return Reading(f"r{day}{value}", value, f"2026-03-{day}", origin, source)


def roadmap(*readings: Reading, better: Better = "up", target: str = "") -> Roadmap:
    return Roadmap("r", kpis=(Kpi("k", "Close rate", target=target, better=better, readings=readings),))


def turns(*readings: Reading, better: Better = "up", target: str = "") -> list[tuple[str, str, str, str]]:
    found = kpi_turns(roadmap(*readings, better=better, target=target), LABELS)
    return [(each.before, each.after, each.day_before, each.day) for each in found]


FALL = (read("01", "43.5"), read("08", "41%"))


def test_a_value_that_got_worse_turned() -> None:
    assert turns(*FALL) == [("43.5", "41%", "2026-03-01", "2026-03-08")]
    assert turns(*FALL, better="down") == []
    assert turns(*reversed(FALL)) == turns(*FALL)  # their days say which is the last


def test_the_target_says_the_direction_where_nobody_did() -> None:
    assert turns(*FALL, better="", target="-10%") == []
    assert len(turns(*FALL, better="", target="+10%")) == 1


@pytest.mark.parametrize(
    "readings",
    [
        (),
        FALL[:1],
        (read("01", "43"), read("08", "43")),
        (read("01", "40"), read("08", "43")),
        (read("01", "43"), read("08", "41", "")),  # typed
        (read("01", "43", "calculated"), read("08", "41")),
        (read("01", "43"), read("08", "41", source="close_rate?channel=mail")),  # of other customers
        (read("01", "43"), read("08", "none")),
        (read("08", "43"), read("08", "41")),  # one day
    ],
)
def test_nothing_else_turned(readings: tuple[Reading, ...]) -> None:
    assert turns(*readings) == []


def test_only_the_last_two_measured_values_count() -> None:
    assert turns(*FALL, read("15", "42")) == []
    assert turns(read("01", "50"), *[read("08", "60"), read("10", "1", ""), read("15", "55")]) == [
        ("60", "55", "2026-03-08", "2026-03-15")
    ]


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_it_turns_in_one_direction_at_most(before: float, after: float) -> None:
    both = [turns(read("01", str(before)), read("08", str(after)), better=way) for way in ("up", "down")]
    assert sum(map(len, both)) == (before != after)


def test_a_comparison_names_what_turned_since_and_what_was_measured() -> None:
    then, now = sample("en"), measured("en")
    found = compare(then, now, "en")
    assert [(each.before, each.after) for each in found.turned] == [("42.4", "36.8")]
    assert {each.id: (each.before, each.after) for each in found.measures}["exits"] == (None, 220)
    assert {each.day_before for each in found.measures} == {""}
    assert not compare(now, now, "en").turned and not compare(now, now, "en").measures
    assert compare(now, replace(now, title="x"), "en").turned == ()
    first = replace(turned(then), measurements=now.measurements[:1])
    moved = {each.id: each for each in compare(first, now, "en").measures}
    assert "interaction_quality" not in moved  # it is the same
    assert (moved["at_risk"].before, moved["at_risk"].after) == (7, 3)
    assert (moved["at_risk"].day_before, moved["at_risk"].day) == ("2026-02-10", "2026-03-10")


def test_measurements_of_other_customers_are_not_compared() -> None:
    both = [
        replace(sample("en"), measurements=measured("en", channel=name).measurements) for name in ("", "x")
    ]
    assert compare(*both, "en").measures == ()
