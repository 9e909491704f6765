"""Filters of tasks against a plain recount."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.search_query import Query
from lfroadmap.roadmap.task_filter import (
    TaskFilter,
    Today,
    meant_healths,
    meant_owners,
    meant_stages,
)
from lfroadmap.usecases.searching import RoadmapSearch
from lfroadmap.words import words

DAY = date(2026, 3, 18)
OWNERS = ("", "Dana", "דנה כהן", "Yoav", " dana ")
days = st.integers(-20, 20).map(lambda days: (DAY + timedelta(days)).isoformat())
tasks = st.lists(
    st.builds(
        Task,
        st.just("t"),
        st.sampled_from(["call", "write", "call again"]),
        st.booleans(),
        due=st.one_of(st.just(""), days, st.just("soon")),
        owner=st.sampled_from(OWNERS),
    ),
    max_size=6,
)


@st.composite
def plans(draw: st.DrawFn) -> Roadmap:
    """A roadmap of two stages, whose cards have owners or none."""
    number = iter(range(1000))
    stages = []
    for stage in ("Data", "Launch"):
        cards = []
        for _ in range(draw(st.integers(0, 2))):
            owned = Field(f"f{next(number)}", role="owner", value=draw(st.sampled_from(OWNERS)))
            numbered = tuple(replace(each, id=f"t{next(number)}") for each in draw(tasks))
            cards.append(Card(f"c{next(number)}", "Card", (owned,), numbered))
        stages.append(Stage(stage.lower(), stage, tuple(cards)))
    return Roadmap("r", "Plan", "", tuple(stages))


filters = st.builds(
    TaskFilter,
    owner=st.sampled_from(["", "dana", "Yoav", "דנה"]),
    is_late=st.booleans(),
    is_due_this_week=st.booleans(),
    is_open=st.booleans(),
    stage=st.sampled_from(["", "data", "LAUNCH"]),
    health=st.sampled_from(["", "late", "at-risk", "no date", "באיחור", "done"]),
    text=st.sampled_from(["", "call", "again call"]),
)


def recounted(roadmap: Roadmap, wanted: TaskFilter, week_starts: int, risk_days: int) -> Iterator[str]:
    """Ids of the tasks that a filter wants, each part of it asked plainly."""
    first = DAY
    while first.weekday() != week_starts:
        first -= timedelta(1)
    week = [first + timedelta(n) for n in range(7)]
    for stage in roadmap.stages:
        for card in stage.cards:
            for task in card.tasks:
                owner = (task.owner if task.owner.strip() else card.fields[0].value).strip().lower()
                due = date.fromisoformat(task.due) if task.due[:2] == "20" else None
                late = due is not None and due < DAY and not task.done
                if task.done:
                    health = "done"
                elif due is None:
                    health = "no date"
                else:
                    soon = due <= DAY + timedelta(risk_days)
                    health = "late" if late else "at-risk" if soon else "on-track"
                named = {"dana": "dana", "Yoav": "yoav", "דנה": "דנה כהן"}
                asked_health = {"באיחור": "late"}.get(wanted.health, wanted.health)
                if (
                    (not wanted.owner or owner == named[wanted.owner])
                    and (not wanted.is_late or late)
                    and (not wanted.is_due_this_week or due in week)
                    and (not wanted.is_open or not task.done)
                    and (not wanted.stage or stage.id == wanted.stage.lower())
                    and (not wanted.health or health == asked_health)
                    and all(word in str(task.text) for word in wanted.text.split())
                ):
                    yield task.id


@examples(300)
@given(plans(), filters, st.integers(0, 6), st.integers(0, 10))
def test_the_tasks_of_a_filter_are_those_of_a_plain_recount(
    roadmap: Roadmap, wanted: TaskFilter, week_starts: int, risk_days: int
) -> None:
    search = RoadmapSearch(roadmap, words("en"), Today(DAY, risk_days, week_starts))
    found = [entry.id for entry in search.found(Query(wanted, tasks=True))]
    assert found == [*recounted(roadmap, wanted, week_starts, risk_days)]


@pytest.mark.parametrize(
    ("day", "starts", "first", "last"),
    [
        (date(2026, 3, 15), 6, "2026-03-15", "2026-03-21"),
        (date(2026, 3, 15), 0, "2026-03-09", "2026-03-15"),
        (date(2026, 3, 21), 6, "2026-03-15", "2026-03-21"),
        (date(2026, 3, 16), 0, "2026-03-16", "2026-03-22"),
        (date(2026, 3, 14), 5, "2026-03-14", "2026-03-20"),
    ],
)
def test_a_week_begins_with_its_first_day(day: date, starts: int, first: str, last: str) -> None:
    assert [each.isoformat() for each in Today(day, week_starts=starts).week()] == [first, last]


def test_a_part_of_a_name_means_all_that_begin_so_and_the_whole_name_one() -> None:
    people = ("Dana Levi", "Dan Cohen", "Dana", "לֵוִי")
    assert meant_owners("dan", people).names == ("Dana Levi", "Dan Cohen", "Dana")
    assert meant_owners("DANA", people).names == ("Dana",)
    assert meant_owners("לוי", people).names == ("לֵוִי",)
    assert meant_owners("zoe", people).names == ()
    plan = Roadmap("r", "P", "", (Stage("data", "Data"), Stage("s2", "Dates")))
    assert meant_stages("dat", plan, "en").names == ("Data", "Dates")
    assert meant_stages("data", plan, "en").ids == {"data"}
    assert meant_stages("s2", plan, "en").names == ("Dates",)
    assert meant_healths("בסיכון", "en").names == ("at risk",)
