"""The measurements that a roadmap keeps, and which of them go."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from examples import examples
from lfroadmap.errors import BrokenSnapshot
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edit import NOTHING, Edit
from lfroadmap.roadmap.edits import Bind, Rename
from lfroadmap.roadmap.measurements import MOST_MEASUREMENTS, in_order, is_of_measurements, latest, thinned
from lfroadmap.roadmap.model import Kpi, Measurement, Reading, Roadmap
from lfroadmap.roadmap.outline import from_lists, outline_of, to_lists
from lfroadmap.roadmap.schema import CALCULATORS_VERSION, MEASUREMENTS_VERSION, PLAIN_VERSION, dump
from lfroadmap.roadmap.snapshot_reader import load
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find

days = st.dates(date(2020, 1, 1), date(2026, 12, 31)).map(date.isoformat) | st.sampled_from(["", "soon"])
some_days = st.lists(days, max_size=150) | st.builds(
    lambda first, count, step: [(first + timedelta(n * step)).isoformat() for n in range(count)],
    st.dates(date(2020, 1, 1), date(2022, 1, 1)),
    st.integers(0, 160),
    st.sampled_from([0, 1, 7, 30, 45]),
)


def measured(days: list[str]) -> tuple[Measurement, ...]:
    return tuple(Measurement(f"m{n}", None, day, f"{n:04}") for n, day in enumerate(days))


@examples(200)
@given(some_days)
def test_at_most_so_many_are_left_and_only_as_many_go(days: list[str]) -> None:
    known = measured(days)
    gone = {*thinned(known)}
    assert len(gone) == max(0, len(known) - MOST_MEASUREMENTS)
    left = tuple(each for each in known if each.id not in gone)
    assert thinned(left) == ()
    assert latest(left) == latest(known), "the newest stays"


@examples(200)
@given(some_days)
def test_the_last_of_a_month_goes_only_when_no_other_is_left(days: list[str]) -> None:
    known = in_order(measured(days))
    gone = {*thinned(known)}
    months = Counter(each.day[:7] if each.day[:2] == "20" else "" for each in known)
    last = {(each.day[:7] if each.day[:2] == "20" else ""): each.id for each in known}
    if sum(months.values()) - len(months) >= len(gone):
        assert gone.isdisjoint(last.values())
    others = [each.id for each in known if each.id not in last.values()]
    kept_others = [each for each in others if each not in gone]
    assert others[len(others) - len(kept_others) :] == kept_others, "the oldest of them go first"
    kept_last = [each for each in last.values() if each not in gone]
    assert [*last.values()][len(last) - len(kept_last) :] == kept_last


def test_one_a_day_becomes_one_a_month_and_a_hundred_months_are_the_most() -> None:
    daily = measured([(date(2026, 1, 1) + timedelta(n)).isoformat() for n in range(150)])
    gone = thinned(daily)
    left = [each.day for each in daily if each.id not in gone]
    assert left[:3] == ["2026-01-31", "2026-02-21", "2026-02-22"]
    assert left[-1] == daily[-1].day
    monthly = measured([f"{2015 + n // 12}-{n % 12 + 1:02}-15" for n in range(104)])
    assert thinned(monthly) == ("m0", "m1", "m2", "m3")


def test_they_are_in_order_of_the_day_of_their_figures() -> None:
    of_march, taken_later, odd = (
        Measurement("a", None, "2026-03-01", "2026-03-05"),
        Measurement("b", None, "2026-02-01", "2026-04-01"),
        Measurement("c", None, "soon", "2026-09-01"),
    )
    assert in_order((of_march, taken_later, odd)) == (odd, taken_later, of_march)
    assert latest((of_march, taken_later)) == of_march
    assert latest(()) is None


# ------------------------------------------------------------------ what has no place in undo

KEPT = Measurement("m", None, "2026-03-01")
PLAN = Roadmap("r", kpis=(Kpi("k"),), measurements=(Measurement("old"),))


def is_passed_over(edit: Edit) -> bool:
    return is_of_measurements(edit, edit.inverse(PLAN))


def test_only_coming_and_going_measurements_have_no_place_in_undo() -> None:
    assert is_passed_over(Add(KEPT, "r"))
    assert is_passed_over(Remove("old"))
    assert is_passed_over(Batch((Add(KEPT, "r"), Remove("old"))))
    assert is_passed_over(Batch((Batch((Remove("old"),)),)))
    for edit in (
        NOTHING, Batch(), Rename("old", "Before the fair"), Bind("k", "cac"), Remove("k"), Add(Kpi("n"), "r"),
        Batch((Add(KEPT, "r"), Bind("k", "cac"))), Batch((Remove("old"), Remove("k"))),
        ResetAll(Roadmap("r")),
    ):  # fmt: skip
        assert not is_passed_over(edit)


@examples(100)
@given(plans.roadmaps, plans.edits)
def test_what_is_passed_over_leaves_the_plan_as_it_is(roadmap: Roadmap, edit: Edit) -> None:
    after = edit.on(roadmap)
    if after is not roadmap and is_of_measurements(edit, edit.inverse(roadmap)):
        assert (after.stages, after.kpis, after.title) == (roadmap.stages, roadmap.kpis, roadmap.title)


@examples(100)
@given(plans.roadmaps, st.sampled_from(plans.IDS), st.tuples(*plans.bound))
def test_a_binding_is_set_as_one_and_taken_back_as_one(
    roadmap: Roadmap, kpi: str, bound: tuple[str, str, str]
) -> None:
    edit = Bind(kpi, *bound)
    after, place = edit.on(roadmap), find(roadmap, kpi)
    assert edit.inverse(roadmap).on(after) == roadmap
    if place is not None and isinstance(place.node, Kpi):
        new = find(after, kpi)
        assert new is not None and isinstance(new.node, Kpi)
        assert (new.node.bound_to, new.node.bound_channel, new.node.bound_segment) == (
            edit.measure, edit.channel, edit.segment,
        )  # fmt: skip
    else:
        assert after is roadmap


# ------------------------------------------------------------------ as JSON, and as an outline


def test_json_says_its_version_only_where_there_is_something_new() -> None:
    bare = Roadmap("r", "Plan", kpis=(Kpi("k", "Rate"),))
    reading = Reading("v", "31", "2026-03-01", "measured", "win_rate", "2026-03-01T09:00:00.000Z")
    for roadmap, version in (
        (bare, PLAIN_VERSION), (Add(reading, "k").on(bare), CALCULATORS_VERSION),
        (Bind("k", "win_rate").on(bare), MEASUREMENTS_VERSION),
        (Bind("k", "", "ads").on(bare), MEASUREMENTS_VERSION),
        (Add(KEPT, "r").on(bare), MEASUREMENTS_VERSION),
    ):  # fmt: skip
        text = dump(roadmap, "en")
        assert f'"version": {version},' in text
        assert ("bound_" in text, "measurements" in text) == (
            any((roadmap.kpis[0].bound_to, roadmap.kpis[0].bound_channel)), bool(roadmap.measurements),
        )  # fmt: skip
        assert load(text) == roadmap


def test_many_measurements_with_their_figures_come_back_from_json() -> None:
    figures = '{"version":1,"measures":{},"channel":"' + "ש" * 60_000 + '"}'
    known = tuple(Measurement(f"m{n}", None, "2026-03-01", "", figures) for n in range(100))
    roadmap = Roadmap("r", "Plan", measurements=known)
    assert load(dump(roadmap, "he")) == roadmap


def test_figures_that_are_too_long_are_refused_with_their_place() -> None:
    text = dump(Roadmap("r", "Plan", measurements=(KEPT, Measurement("n", figures="x" * 64_001))), "en")
    with pytest.raises(BrokenSnapshot) as raised:
        load(text)
    assert raised.value.key == "snapshot_long"
    assert raised.value.facts == {"where": "roadmap.measurements[1].figures", "most": "64,000"}


def test_an_outline_has_no_measurements() -> None:
    roadmap = Bind("k", "cac").on(Add(KEPT, "r").on(PLAN))
    outline = outline_of(roadmap)
    assert (outline.measurements, outline.kpis) == ((), (Kpi("k"),))
    assert from_lists(to_lists(outline)) == outline
