"""Tallies, tones, and KPI standing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.edits import Edit, Rename, SetField, Tick
from lfroadmap.roadmap.model import Better, Card, Field, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import (
    Counts,
    Standing,
    StandingWord,
    Tally,
    Thresholds,
    Tone,
    card_tally,
    changed_tasks,
    days_left,
    goal_of,
    iso_day,
    number_in,
    number_problem,
    role_value,
    stage_tally,
    standing,
    tally,
    tone_of,
)
from lfroadmap.roadmap.structure import Add, Move, Remove

TODAY = date(2026, 3, 31)


def card(done: int, total: int, deadline: str = "", card_id: str = "c") -> Card:
    tasks = tuple(Task(f"{card_id}.t{i}", "x", done=i < done) for i in range(total))
    return Card(card_id, "card", (Field(f"{card_id}.d", "date", "deadline", value=deadline),), tasks)


PLAN = Roadmap(
    "r",
    "plan",
    stages=(
        Stage("s1", "one", (card(1, 2, "2026-03-30", "a"), card(3, 3, "2026-01-01", "b"))),
        Stage("s2", "two", (card(0, 4, "2026-04-01", "c"), card(0, 0, "2026-03-01", "d"))),
        Stage("s3", "none", ()),
    ),
)


def test_every_task_weighs_the_same() -> None:
    assert [stage_tally(stage) for stage in PLAN.stages] == [(4, 5), (0, 4), (0, 0)]
    assert tally(PLAN) == (4, 9)
    assert tally(PLAN).percent == 44
    assert tally(Roadmap("empty")) == (0, 0)


@pytest.mark.parametrize(
    ("done", "total", "percent"),
    [(0, 0, 0), (0, 7, 0), (1, 3, 33), (2, 3, 66), (199, 200, 99), (9999, 10000, 99), (7, 7, 100)],
)
def test_percent_is_rounded_down(done: int, total: int, percent: int) -> None:
    assert Tally(done, total).percent == percent


def test_share_of_nothing_is_nothing() -> None:
    assert Tally(0, 0).share == 0.0
    assert Tally(1, 4).share == 0.25


@pytest.mark.parametrize(
    ("percent", "tone"),
    [(0, "low"), (33, "low"), (34, "half"), (66, "half"), (67, "high"), (100, "high")],
)
def test_tones_change_at_34_and_67(percent: int, tone: Tone) -> None:
    assert tone_of(percent) == tone
    assert Tally(percent, 100).tone(late=True) == tone


def test_nothing_done_is_neutral_where_nothing_is_late() -> None:
    assert Tally(0, 4).tone(late=False) is Tally(9, 1000).tone(late=False) is None
    assert Tally(0, 4).tone(late=True) == Tally(1, 100).tone(late=False) == "low"


def test_tone_agrees_with_the_percent_that_is_printed() -> None:
    assert Tally(2, 3).percent == 66
    assert Tally(2, 3).tone(late=False) == "half"
    assert Tally(2, 3).tone(Thresholds(orange=50, green=66), late=False) == "high"


@given(st.data())
def test_counts_follow_any_edits(data: st.DataObject) -> None:
    plan = PLAN
    counts = Counts(plan)
    for edit in data.draw(st.lists(EDITS, max_size=12)):
        plan = edit.on(plan)
        counts.update(plan)
        assert counts.overall == tally(plan)
        assert counts.stages == {stage.id: stage_tally(stage) for stage in plan.stages}
        for stage in plan.stages:
            assert [counts.card(c.id) for c in stage.cards] == [card_tally(c) for c in stage.cards]


TASKS = [task.id for stage in PLAN.stages for c in stage.cards for task in c.tasks]
CARDS = ["a", "b", "c", "d"]
STAGES = ["s1", "s2", "s3"]
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Tick, st.sampled_from(TASKS), st.booleans()),
    st.builds(Remove, st.sampled_from([*TASKS, *CARDS, *STAGES])),
    st.builds(Move, st.sampled_from(TASKS), st.sampled_from(CARDS)),
    st.builds(Move, st.sampled_from(CARDS), st.sampled_from(STAGES)),
    st.builds(
        Add, st.builds(Task, st.sampled_from(["new", "newer"]), done=st.booleans()), st.sampled_from(CARDS)
    ),
    st.builds(Add, st.just(card(1, 2, card_id="e")), st.sampled_from(STAGES)),
    st.builds(Rename, st.sampled_from(CARDS), st.just("other")),
    st.builds(SetField, st.just("a.d"), st.just("2026-05-05")),
)


def test_a_tick_counts_no_card_again_and_a_new_task_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[str] = []

    def spy(card: Card) -> Tally:
        counted.append(card.id)
        return card_tally(card)

    counts = Counts(PLAN)
    monkeypatch.setattr("lfroadmap.roadmap.progress.card_tally", spy)
    ticked = Tick("c.t0", True).on(PLAN)
    counts.update(ticked)
    assert (counted, counts.overall) == ([], (5, 9))
    counts.update(Add(Task("new"), "c").on(ticked))
    assert counted == ["c"]


def test_changed_tasks_are_found_in_any_place() -> None:
    before = tuple(Task(f"t{n}") for n in range(1000))
    after = tuple(
        replace(task, done=True) if n in (0, 99, 100, 999) else task for n, task in enumerate(before)
    )
    assert changed_tasks(before, after) == [0, 99, 100, 999]
    assert changed_tasks(before, before) == []


@pytest.mark.parametrize(
    ("deadline", "left"),
    [("2026-03-31", 0), ("2026-04-02", 2), ("2026-03-01", -30), ("", None), ("31.3.2026", None)],
)
def test_days_left(deadline: str, left: int | None) -> None:
    assert days_left(card(0, 1, deadline), TODAY) == left


def test_no_deadline_field_means_no_days_left() -> None:
    bare = replace(card(0, 1), fields=())
    assert days_left(bare, TODAY) is None
    assert role_value(bare, "owner") == ""


@pytest.mark.parametrize("text", ["2026-02-30", "2026-3-31", "٢٠٢٦-٠٣-٣١", "0000-01-01", "2026-03-31 "])
def test_only_a_settled_date_is_a_day(text: str) -> None:
    assert iso_day(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", None), ("—", None), ("soon", None),
        ("35", 35), ("35%", 35), ("about 12.5 days", 12.5), (".5", 0.5),
        ("-3", -3), ("−3", -3), ("–3", -3), ("+3", 3), ("+ 3", 3),
        ("1,200", 1200), ("1,234,567.5", 1234567.5), ("1,5%", 1.5), ("12,50", 12.5), ("1,2345", 1.2345),
        ("ל-35%", 35), ("יעד – 35%", 35), ("₪-4", -4), ("\u200e−15%", -15),
        ("1e400", 1), ("9" * 400, None), ("₪1,000 ועוד 5", 1000),
    ],
)  # fmt: skip
def test_number_in_a_text(text: str, number: float | None) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize(
    ("target", "baseline", "goal"),
    [
        ("+20% a quarter", 30, 36),
        ("+20% ברבעון", 30, 36),
        ("−15%", 40, 34),
        ("-15 %", 40, 34),
        ("+10%", 30, 33),
        ("+20%", -10, -8),
        ("+20%", None, None),
        ("+20%", 0, None),
        ("+5 points", 30, 35),
        ("-3 days", 20, 17),
        ("+5", None, None),
        ("35%", 30, 35),
        ("35%", None, 35),
        ("ל-35%", 30, 35),
        ("12 days", 20, 12),
        ("more", 30, None),
    ],
)
def test_goal(target: str, baseline: float | None, goal: float | None) -> None:
    assert goal_of(target, baseline) == goal


@pytest.mark.parametrize(
    ("baseline", "target", "current", "better", "word", "percent"),
    [
        ("30", "+20%", "", "up", "no_current", None),
        ("30", "+20%", "—", "up", "no_current", None),
        ("", "+20%", "31", "up", "no_baseline", None),
        ("0", "+20%", "31", "up", "no_baseline", None),
        ("", "35%", "31", "up", "no_baseline", None),
        ("", "35%", "35%", "up", "reached", 100),
        ("", "12 days", "11", "down", "reached", 100),
        ("30", "", "31", "up", "", None),
        ("30", "as high as possible", "31", "up", "", None),
        ("30", "+20%", "36", "up", "reached", 100),
        ("30%", "+10%", "33%", "up", "reached", 100),
        ("0.1", "+20%", "0.12", "up", "reached", 100),
        ("30", "+20%", "33", "up", "on_the_way", 50),
        ("10", "20", "12.9", "up", "on_the_way", 29),
        ("30", "+20%", "35.9999", "up", "on_the_way", 99),
        ("30", "+20%", "30", "up", "same", 0),
        ("30", "+20%", "29", "up", "worse", 0),
        ("40", "−15%", "34", "down", "reached", 100),
        ("40", "−15%", "37", "down", "on_the_way", 50),
        ("40", "−15%", "41", "down", "worse", 0),
        ("40", "35", "36", "up", "contradicts", None),
        ("40", "35", "30", "up", "contradicts", None),
        ("12", "15", "11", "down", "contradicts", None),
        ("12", "15", "", "down", "contradicts", None),
        ("10", "+20%", "13", "down", "contradicts", None),
        ("", "+20%", "13", "down", "contradicts", None),
        ("0", "−15%", "13", "up", "contradicts", None),
        ("0", "-5", "-6", "up", "contradicts", None),
        ("12", "12", "12", "down", "reached", 100),
        ("-10", "+20%", "-8", "up", "reached", 100),
        ("12", "15", "16", "", "reached", 100),
        ("30", "+20%", "soon", "up", "bad_current", None),
        ("about thirty", "+20%", "31", "up", "bad_baseline", None),
        ("about thirty", "35", "31", "up", "bad_baseline", None),
        ("about thirty", "35", "36", "up", "reached", 100),
        ("40", "−15%", "33", "", "reached", 100),
        ("40", "−15%", "37", "", "on_the_way", 50),
        ("30", "+20%", "33", "", "on_the_way", 50),
        ("35", "35", "36", "", "reached", 100),
    ],
)
def test_standing(
    *, baseline: str, target: str, current: str, better: Better, word: StandingWord, percent: int | None
) -> None:
    kpi = Kpi("k", baseline=baseline, current=current, better=better)
    assert standing(kpi, target) == Standing(word, percent)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ""), (" — ", ""), ("?", ""), ("5", ""), ("about 5", ""), ("soon", "not_a_number"),
        ("חמש", "not_a_number"), ("9" * 20, "too_large"), ("\u200f", ""),
    ],
)  # fmt: skip
def test_a_value_that_is_no_number_has_a_reason(text: str, problem: str) -> None:
    assert number_problem(text) == problem


def test_standing_has_a_tone_only_where_it_can_be_judged() -> None:
    assert Standing("no_baseline").tone is Standing("same", 0).tone is Standing("on_the_way", 50).tone is None
    assert Standing("contradicts").tone == "risk"
    assert Standing("worse", 0).tone == "late"
    assert Standing("reached", 100).tone == "done"


@given(st.text(), st.text(), st.text(), st.sampled_from(["", "up", "down"]))
def test_standing_never_fails_on_what_is_typed(
    baseline: str, target: str, current: str, better: Better
) -> None:
    found = standing(Kpi("k", baseline=baseline, current=current, better=better), target)
    assert found.percent is None or 0 <= found.percent <= 100


NUMBERS = st.floats(-1e9, 1e9, allow_nan=False).map(lambda x: f"{x:.4f}")


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(["", "up", "down"]))
def test_a_percent_below_100_means_not_reached(
    baseline: str, target: str, current: str, better: Better
) -> None:
    found = standing(Kpi("k", baseline=baseline, current=current, better=better), target)
    assert (found.word == "reached") == (found.percent == 100)
