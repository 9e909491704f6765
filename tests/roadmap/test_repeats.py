"""Rules of repeating, the days that come of them, and the task that a tick makes."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.duplicate import duplicate
from lfroadmap.roadmap.edits import Tick
from lfroadmap.roadmap.model import Card, Note, Relation, Roadmap, Stage, Task
from lfroadmap.roadmap.own_templates.saving import table_of
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.roadmap.repeats import MOST_DAYS, came_again, following, is_rule, next_due, parse_repeat
from lfroadmap.roadmap.structure import Add
from lfroadmap.roadmap.templates import Labels
from lfroadmap.roadmap.ticking import ticked
from lfroadmap.roadmap.tree import find

rules = st.sampled_from(["week", "month", "month 29", "month 30", "month 31"]) | st.integers(
    1, MOST_DAYS
).map("{} days".format)
days = st.dates(date(1990, 1, 1), date(2100, 1, 1))
LABELS = Labels("", "en")


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every week", "week"), ("Weekly", "week"), ("week", "week"), ("1 week", "week"), ("1 weeks", "week"),
        ("every month", "month"), ("month 31", "month 31"), ("every day", "1 days"), ("daily", "1 days"),
        ("every 10 days", "10 days"), ("every 2 weeks", "14 days"), ("fortnightly", "14 days"),
        ("every other day", "2 days"), ("never", ""), ("", ""), ("  ", ""), ("כל שבוע", "week"),
        ("שבועי", "week"), ("כל חודש", "month"), ("כל יום", "1 days"), ("כל יומיים", "2 days"),
        ("כל שבועיים", "14 days"), ("כל 3 ימים", "3 days"), ("לעולם לא", ""), ("3650 days", "3650 days"),
        ("3651 days", None), ("0 days", None), ("every", None), ("days", None), ("month 28", None),
        ("on Mondays", None), ("-1 days", None),
    ],
)  # fmt: skip
def test_rules_are_read_as_people_write_them(words: str, rule: str | None) -> None:
    assert parse_repeat(words) == rule


@given(rules)
def test_a_rule_is_read_as_it_is_stored(rule: str) -> None:
    assert is_rule(rule) and parse_repeat(rule) == rule


@given(rules, days, days)
def test_the_next_day_is_the_first_of_the_rule_that_is_not_past(rule: str, due: date, today: date) -> None:
    found = next_due(rule, due.isoformat(), today)
    assert found > due and found >= today
    step, at, stored = 0, due, rule
    while step == 0 or at < today:  # one by one, as if each had been ticked on its own day
        at, stored = next_due(stored, at.isoformat(), at), following(stored, at.isoformat(), at)
        step += 1
    assert found == at
    if not rule.startswith("month"):
        size = 7 if rule == "week" else int(rule.split(maxsplit=1)[0])
        assert (found - due).days % size == 0


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 40))
def test_a_month_has_the_same_day_or_its_last_and_never_drifts(first: date, times: int) -> None:
    at, rule = first, "month"
    for step in range(1, times + 1):
        at, rule = next_due(rule, at.isoformat(), at), following(rule, at.isoformat(), at)
        year, month = divmod(first.year * 12 + first.month - 1 + step, 12)
        assert at == date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def test_a_day_that_somebody_moved_counts_from_then_on() -> None:
    assert next_due("month 31", "2026-02-15", date(2026, 2, 15)) == date(2026, 3, 15)
    assert following("month 31", "2026-02-15", date(2026, 2, 15)) == "month"
    assert next_due("week", "", date(2026, 3, 1)) == date(2026, 3, 8)
    assert next_due("month", "9999-12-15", date(2026, 3, 1)) == date.max


# ------------------------------------------------------------------ the task that a tick makes


def weekly(**values: object) -> Task:
    task = Task("t", "Report", due="2026-03-01", owner="Dana", repeat="week")
    return replace(task, **values)  # type: ignore[arg-type]


def plan_of(*tasks: Task) -> Roadmap:
    return Roadmap("r", "R", stages=(Stage("s", "S", (Card("c", "C", (), tasks),)),))


def test_a_tick_makes_the_next_one_behind_it_and_is_undone_as_one() -> None:
    task = weekly(notes=(Note("n", "done by phone"),), relations=(Relation("w", "waits_for", "u"),))
    plan = plan_of(task, Task("u", "Other"))
    edit = ticked(plan.stages[0].cards[0], task, "2026-03-02", LABELS, done=True)
    after = edit.on(plan)
    done, made, other = after.stages[0].cards[0].tasks
    assert (done.id, done.done, done.done_on, other.id) == ("t", True, "2026-03-02", "u")
    assert made == Task(made.id, "Report", due="2026-03-08", owner="Dana", repeat="week")
    assert edit.inverse(plan).on(after) == plan
    card = after.stages[0].cards[0]
    unticked = ticked(card, done, "2026-03-02", LABELS, done=False).on(after)
    assert [each.done for each in unticked.stages[0].cards[0].tasks] == [False, False, False]
    card = unticked.stages[0].cards[0]
    again = ticked(card, card.tasks[0], "2026-03-03", LABELS, done=True)
    assert again == Tick("t", True, "2026-03-03"), "the next one is there already"


@given(plans.tasks, rules, days, st.booleans())
def test_any_task_that_repeats_goes_on_and_two_people_make_one_and_the_same(
    task: Task, rule: str, day: date, has_rule: bool
) -> None:
    task = replace(
        task, id="t", done=False, done_on="", notes=(), relations=(), repeat=rule if has_rule else task.repeat
    )
    plan = plan_of(task)
    card, on_day = plan.stages[0].cards[0], day.isoformat()
    edit = ticked(card, task, on_day, LABELS, done=True)
    if not is_rule(task.repeat):
        assert edit == Tick(task.id, True, on_day)
        return
    assert edit == ticked(card, task, on_day, LABELS, done=True)
    after = edit.on(plan)
    if isinstance(edit, Tick):  # the calendar ends
        assert iso_day(task.due) == date.max
        return
    assert isinstance(edit, Batch) and isinstance(edit.edits[1], Add)
    ids = [each.id for each in after.stages[0].cards[0].tasks]
    assert len(set(ids)) == len(ids) == 2
    here, seen = after.stages[0].cards[0].tasks[1], {task.id}
    for _ in range(3):  # and so on
        assert here.id not in seen and not here.done and is_rule(here.repeat)
        seen.add(here.id)
        card = after.stages[0].cards[0]
        after = ticked(card, here, (iso_day(here.due) or day).isoformat(), LABELS, done=True).on(after)
        here = after.stages[0].cards[0].tasks[[each.id for each in card.tasks].index(here.id) + 1]
    assert len(after.stages[0].cards[0].tasks) == 5
    assert edit.inverse(plan).on(edit.on(plan)) == plan


def test_a_due_day_that_was_moved_back_makes_another_one() -> None:
    plan = plan_of(weekly())
    card = plan.stages[0].cards[0]
    first, made = (
        ticked(card, card.tasks[0], "2026-03-01", LABELS, done=True).on(plan).stages[0].cards[0].tasks
    )
    moved = replace(made, due="2026-03-01")
    plan = plan_of(first, moved)
    after = ticked(plan.stages[0].cards[0], moved, "2026-03-01", LABELS, done=True).on(plan)
    assert find(after, f"{made.id}-2") is not None


def test_a_copy_and_a_template_have_one_of_the_tasks_that_came_of_each_other() -> None:
    waiting = Task("v", "Invite", relations=(Relation("w", "waits_for", "t"),))
    plan = plan_of(replace(weekly(), due="2026-03-01"), waiting)
    for day in ("2026-03-01", "2026-03-08"):
        card = plan.stages[0].cards[0]
        now = next(task for task in card.tasks if task.repeat and not task.done)
        plan = ticked(card, now, day, LABELS, done=True).on(plan)
    card = plan.stages[0].cards[0]
    assert [task.done for task in card.tasks] == [True, True, False, False]
    copied = duplicate(card, LABELS, lambda old: f"new {old}")
    assert [(task.text, task.due) for task in copied.tasks] == [("Report", "2026-03-15"), ("Invite", "")]
    assert copied.tasks[1].relations[0].target == copied.tasks[0].id
    assert duplicate(plan.stages[0], LABELS, lambda old: f"new {old}").cards[0] == copied
    kept = table_of(plan, {}, answers=False)["stages"][0]["cards"][0]["tasks"]
    assert [(task["id"].strip("/"), task.get("repeat")) for task in kept] == [("t", "week"), ("v", None)]
    assert len(table_of(plan, {}, answers=True)["stages"][0]["cards"][0]["tasks"]) == 4
    assert set(came_again(card.tasks)) == {"t", "t.2026-03-08"}
    ended = [*card.tasks[:2], replace(card.tasks[2], repeat="")]
    assert set(came_again(ended)) == {"t", "t.2026-03-08"}
    unticked = [replace(card.tasks[0], done=False), *card.tasks[1:]]
    assert set(came_again(unticked)) == {"t.2026-03-08"}, "work that is open is not left out"
