"""Tasks by day and by owner, kept current by each edit."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from filled import planned
from lfroadmap.roadmap.edits import SetField, SetTask, Tick
from lfroadmap.roadmap.health import card_health, late_items, task_health
from lfroadmap.roadmap.model import Card, Field, Roadmap, Stage, Task
from lfroadmap.roadmap.progress import iso_day, role_value
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.task_index import Load, TaskIndex, owned_by
from plans import edits
from samples import TODAY, sample


def answers(index: TaskIndex) -> object:
    return (
        [(item.day, item.node.id) for item in index.agenda()],
        index.agenda_size(),
        index.at_risk(7),
        index.plan(),
        index.loads(),
        index.dated_size(),
        index.done_by_day(),
    )


@examples(60)
@given(planned(), st.lists(edits, max_size=8))
def test_following_edits_comes_to_what_reading_everything_does(roadmap: Roadmap, changes: list) -> None:  # type: ignore[type-arg]
    index = TaskIndex(roadmap, TODAY)
    for change in changes:
        roadmap = change.on(roadmap)
        index.follow(roadmap, TODAY)
        assert answers(index) == answers(TaskIndex(roadmap, TODAY))
    later = TODAY + timedelta(3)
    index.follow(roadmap, later)
    assert answers(index) == answers(TaskIndex(roadmap, later))


@examples(60)
@given(planned())
def test_the_agenda_has_everything_open_with_a_day_and_the_late_things_first(roadmap: Roadmap) -> None:
    index = TaskIndex(roadmap, TODAY)
    items = list(index.agenda())
    cards = [card for stage in roadmap.stages for card in stage.cards]
    wanted = {
        card.id
        for card in cards
        if card_health(card, TODAY).health != "done" and iso_day(role_value(card, "deadline"))
    }
    open_tasks = [task for card in cards for task in card.tasks if not task.done and iso_day(task.due)]
    assert len(items) == index.agenda_size() == len(wanted) + len(open_tasks)
    assert {item.node.id for item in items} == wanted | {task.id for task in open_tasks}
    assert [item.day for item in items] == sorted(item.day for item in items)
    late = late_items(roadmap, TODAY)
    assert {(item.day, item.node.id) for item in items[: len(late)]} == {(i.day, i.node.id) for i in late}
    soon = [item for item in items if TODAY <= item.day <= TODAY + timedelta(7)]
    assert index.at_risk(7) == len(soon)
    assert all(task_health(item.task, TODAY) == "at_risk" for item in soon if item.task)


def test_a_plan_is_summed_by_the_tasks_days_and_else_by_their_cards() -> None:
    tasks = (Task("1", due="2026-04-01", done=True), Task("2"), Task("3", due="soon"))
    dated = Card("a", "A", (Field("a.d", "date", "deadline", value="2026-05-01"),), tasks)
    index = TaskIndex(
        Roadmap("r", "R", stages=(Stage("s", "S", (dated, Card("b", "B", (), (Task("4"),)))),)), TODAY
    )
    assert index.plan().due == {date(2026, 4, 1): 1, date(2026, 5, 1): 2}
    assert index.plan().undated == 1


def test_tasks_belong_to_their_owner_or_else_to_their_cards() -> None:
    index = TaskIndex(SetTask("goals.3", "due", "2026-03-01").on(sample("en")), TODAY)
    assert index.loads()["Dana Levi"] == Load(1, 2, 1)
    assert index.loads()["Yossi"] == Load(0, 1, 0)
    assert index.loads()["Yossi"].open == 1


def test_the_next_task_is_the_one_whose_day_comes_first() -> None:
    roadmap = sample("en")
    goals = roadmap.stages[0].cards[0]
    index = TaskIndex(roadmap, TODAY)
    assert (found := index.next_task(goals)) and found.id == "goals.2"
    done = Tick("goals.2", True, "2026-03-15").on(roadmap)
    index.follow(done, TODAY)
    assert (found := index.next_task(done.stages[0].cards[0])) and found.id == "goals.3"
    none = Tick("goals.3", True, "2026-03-15").on(done)
    index.follow(none, TODAY)
    assert index.next_task(none.stages[0].cards[0]) is None


def test_what_an_owner_has_is_open_and_by_day() -> None:
    roadmap = SetTask("goals.3", "due", "2026-02-01").on(sample("en"))
    assert [
        (item.task or item.card).id for item in owned_by(roadmap, lambda owner: owner == "Dana Levi")
    ] == [
        "goals.3",
        "goals",
    ]
    assert [(item.task or item.card).id for item in owned_by(roadmap, lambda owner: not owner.strip())] == [
        "c"
    ]


def test_a_task_that_comes_or_goes_is_counted() -> None:
    roadmap = sample("en")
    index = TaskIndex(roadmap, TODAY)
    more = Add(Task("new", "New", due="2026-03-01"), "goals").on(roadmap)
    index.follow(more, TODAY)
    assert next(item.node.id for item in index.agenda()) == "goals"
    assert index.agenda_size() == 3
    index.follow(Remove("new").on(SetField("goals.deadline", "").on(more)), TODAY)
    assert [item.node.id for item in index.agenda()] == ["goals.2"]


def test_the_tasks_done_are_summed_by_the_day_on_which_they_were_done() -> None:
    days = [
        ("", True),
        ("2026-03-02", True),
        ("2026-03-01", True),
        ("2026-03-02", True),
        ("2026-03-03", False),
    ]
    tasks = tuple(Task(f"t{at}", done=done, done_on=on) for at, (on, done) in enumerate(days))
    roadmap = Roadmap("r", "Plan", "", (Stage("s", "Stage", (Card("c", "Card", (), tasks),)),))
    index = TaskIndex(roadmap, TODAY)
    assert index.done_by_day() == ((date(2026, 3, 1), 2), (date(2026, 3, 2), 4))
    index.follow(Tick("t1", False, "").on(roadmap), TODAY)
    assert index.done_by_day() == ((date(2026, 3, 1), 2), (date(2026, 3, 2), 3))
