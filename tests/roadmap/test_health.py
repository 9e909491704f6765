"""Health: one table of cases, and counts that follow edits as if everything were counted again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.edits import SetTask, Tick
from lfroadmap.roadmap.health import (
    WORST_FIRST,
    Health,
    HealthCounts,
    HealthSummary,
    Late,
    card_health,
    roadmap_health,
    stage_health,
    task_health,
)
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from plans import edits as any_edits
from plans import roadmaps

TODAY = date(2026, 11, 29)
YESTERDAY, IN_A_WEEK, IN_8_DAYS = (str(TODAY + timedelta(days)) for days in (-1, 7, 8))


def card(deadline: str, *tasks: Task, id: str = "c") -> Card:
    return Card(id, fields=(Field(f"{id}.deadline", "date", "deadline", value=deadline),), tasks=tasks)


OPEN, TICKED = Task("open"), Task("ticked", done=True, due=YESTERDAY)
LATE = Task("late", due=YESTERDAY)

CASES: dict[str, tuple[Card, Health, Late]] = {
    "nothing in it": (card(""), "no_date", Late()),
    "a day that nobody understands": (card("soon"), "no_date", Late()),
    "its day is past": (card(YESTERDAY), "late", Late(1, 0)),
    "its day is past and a task open": (card(YESTERDAY, OPEN, TICKED), "late", Late(1, 0)),
    "its day is past and all is ticked": (card(YESTERDAY, TICKED), "done", Late()),
    "today is its day": (card(str(TODAY), OPEN), "at_risk", Late()),
    "within a week": (card(IN_A_WEEK, OPEN), "at_risk", Late()),
    "within a week and all is ticked": (card(IN_A_WEEK, TICKED), "done", Late()),
    "later than a week": (card(IN_8_DAYS, OPEN), "on_track", Late()),
    "later than a week, a task late": (card(IN_8_DAYS, LATE, OPEN), "at_risk", Late(0, 1)),
    "no day, a task late": (card("", LATE), "at_risk", Late(0, 1)),
    "no day, a task ticked that was late": (card("", TICKED, OPEN), "no_date", Late()),
    "its day is past, and tasks late": (card(YESTERDAY, LATE, replace(LATE, id="2")), "late", Late(1, 2)),
    "a task's day that nobody understands": (card(IN_8_DAYS, Task("t", due="soon")), "on_track", Late()),
}


@pytest.mark.parametrize("name", CASES)
def test_a_card_by_its_day_and_its_tasks(name: str) -> None:
    there, health, late = CASES[name]
    assert card_health(there, TODAY) == HealthSummary(health, late)


@pytest.mark.parametrize(
    ("task", "health"),
    [
        (Task("t"), "no_date"),
        (Task("t", due="some day"), "no_date"),
        (Task("t", due=YESTERDAY), "late"),
        (Task("t", due=str(TODAY)), "at_risk"),
        (Task("t", due=IN_A_WEEK), "at_risk"),
        (Task("t", due=IN_8_DAYS), "on_track"),
        (Task("t", done=True, due=YESTERDAY), "done"),
    ],
)
def test_a_task_by_its_day(task: Task, health: Health) -> None:
    assert task_health(task, TODAY) == health


@pytest.mark.parametrize(
    ("days", "health"), [(0, "on_track"), (6, "on_track"), (7, "at_risk"), (30, "at_risk")]
)
def test_the_days_of_risk_are_a_setting(days: int, health: Health) -> None:
    assert card_health(card(IN_A_WEEK, OPEN), TODAY, days).health == health


def test_a_stage_and_the_roadmap_are_as_well_as_their_worst_card() -> None:
    order = ("late", "at_risk", "no_date", "on_track", "done")
    assert order == WORST_FIRST
    done, on_track, undated = card(IN_8_DAYS, TICKED), card(IN_8_DAYS, OPEN, id="o"), card("", OPEN, id="u")
    risk, late = card(IN_8_DAYS, LATE, id="r"), card(YESTERDAY, LATE, id="l")
    cards = (done, on_track, undated, risk, late)
    found = [stage_health(Stage("s", cards=cards[: n + 1]), TODAY).health for n in range(5)]
    assert found == [*reversed(order)]
    stages = (Stage("s", cards=cards[:3]), Stage("t", cards=cards[3:]))
    assert roadmap_health(Roadmap("r", stages=stages), TODAY) == HealthSummary("late", Late(1, 2))
    assert Late(1, 2).total == 3


def test_an_empty_stage_has_no_date_and_makes_nothing_worse() -> None:
    assert stage_health(Stage("s"), TODAY) == HealthSummary("no_date")
    roadmap = Roadmap("r", stages=(Stage("s"), Stage("t", cards=(card("", TICKED),))))
    assert roadmap_health(roadmap, TODAY).health == HealthCounts(roadmap, TODAY).overall.health == "done"


def counted(counts: HealthCounts, roadmap: Roadmap) -> object:
    cards = [counts.card(card.id) for stage in roadmap.stages for card in stage.cards]
    return cards, counts.stages, counts.overall


@given(roadmaps, st.data())
def test_counts_follow_edits_and_days(roadmap: Roadmap, data: st.DataObject) -> None:
    counts = HealthCounts(roadmap, TODAY)
    for edit in data.draw(st.lists(any_edits, max_size=8)):
        roadmap, today = edit.on(roadmap), data.draw(st.sampled_from([TODAY, TODAY + timedelta(9)]))
        counts.follow(roadmap, today)
        assert counted(counts, roadmap) == counted(HealthCounts(roadmap, today), roadmap)
        assert counts.overall == roadmap_health(roadmap, today)
        for stage in roadmap.stages:
            assert counts.stages[stage.id] == stage_health(stage, today)


def test_an_edit_of_one_task_looks_at_one_task(monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = tuple(Task(f"t{n}", due=YESTERDAY) for n in range(1000))
    roadmap = Roadmap("r", stages=(Stage("s", cards=(card("", *tasks),)),))
    counts = HealthCounts(roadmap, TODAY)
    looked: list[Task] = []
    from lfroadmap.roadmap import health

    plain = health.is_late

    def spy(task: Task, today: date) -> bool:
        looked.append(task)
        return plain(task, today)

    monkeypatch.setattr(health, "is_late", spy)
    for edit in (Tick("t5", True, str(TODAY)), SetTask("t7", "due", IN_8_DAYS)):
        roadmap = edit.on(roadmap)
        counts.follow(roadmap, TODAY)
    assert len(looked) == 3  # each before and after, but for the one that is done
    assert counts.overall.late == Late(0, 998)
