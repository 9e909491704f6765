"""A roadmap over time, out of the change log."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path

import pytest

from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.history.activity import activity
from lfroadmap.store.history.slipped_days import slipped_days
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from samples import sample
from submitting import make

PLAN = sample("en")
BEGUN = 1_772_000_000_000
DAY = 86_400_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "plan.roadmap"
    Store.create(path, PLAN, "dana")
    return path


def write(path: Path, *edits: Edit | str) -> None:
    """Make edits, each a day after the one before."""
    make(path, *edits)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE changes SET at = ? + (seq - (SELECT min(seq) FROM changes)) * ?", (BEGUN, DAY))


def activity_of(path: Path, upto: int | None = None) -> Activity:
    return activity(path, read(path), upto)


def done(path: Path) -> list[int]:
    return [count for _, count in activity_of(path).done]


def test_tasks_done_are_counted_at_the_end_of_each_day(path: Path) -> None:
    write(
        path, Tick("goals.2", True, "2026-02-25"), SetField("goals.owner", "Noa"), Tick("goals.3", True, "")
    )
    found = activity_of(path).done
    assert [count for _, count in found] == [3, 4]
    assert found[1][0] - found[0][0] == timedelta(2)


@pytest.mark.parametrize(
    ("edits", "counts"),
    [
        ((Tick("goals.2", True, ""), "undo"), [3, 2]),
        ((Remove("goals.1"), "undo"), [1, 2]),
        ((Remove("goals"), "undo"), [1, 2]),
        ((Remove("a"), "undo", Remove("pilot")), [1, 2, 1]),
        ((Batch((Tick("goals.2", True, ""), Tick("goals.3", True, ""))),), [4]),
        ((ResetAll(Roadmap("plan", "Plan", stages=(Stage("a", "A"),))), "undo"), [0, 2]),
        ((Add(Task("new", "New", True), "c"), Move("new", "goals"), Remove("c")), [3]),
        (
            (Add(Card("x", "X", (), (Task("y", "Y", True),)), "b"), Move("y", "goals"), Remove("x"), "undo"),
            [3],
        ),
        ((SetField("goals.owner", "Noa"),), []),
    ],
)
def test_whatever_changes_the_number_of_tasks_done_counts(
    path: Path, edits: tuple[Edit | str, ...], counts: list[int]
) -> None:
    write(path, *edits)
    assert done(path) == counts


def test_a_card_begins_on_the_first_day_on_which_something_in_it_changed(path: Path) -> None:
    write(
        path,
        SetKpi("k1", "current", "24"),
        SetField("goals.owner", "Noa"),
        Tick("goals.2", True, ""),
        Batch((Tick("pilot.1", False, ""), SetField("pilot.deadline", "2026-05-01"))),
        Add(Card("new", "New"), "b"),
    )
    first = activity_of(path).first_days
    assert first.keys() == {"goals", "pilot", "new"}
    assert [first[card] - first["goals"] for card in ("pilot", "new")] == [timedelta(2), timedelta(3)]


def test_the_activity_up_to_a_moment_has_nothing_of_later(path: Path) -> None:
    write(path, Tick("goals.2", True, ""), Tick("goals.3", True, ""), SetKpi("k1", "current", "24"))
    then = Tick("goals.2", True, "").on(PLAN)
    found = activity(path, then, 1)
    assert [count for _, count in found.done] == [3]
    assert found.values["k1"] == ()


def test_a_damaged_change_is_passed_over(path: Path) -> None:
    write(path, Tick("goals.2", True, ""), Tick("goals.3", True, ""))
    with sqlite3.connect(path) as db:
        db.execute("UPDATE changes SET inverse = 'broken' WHERE seq = (SELECT max(seq) FROM changes)")
    assert done(path) == [4]


def test_edits_go_on_from_what_was_read() -> None:
    read_of = Activity({"goals": date(2026, 2, 1)}, ((date(2026, 2, 1), 1), (date(2026, 3, 1), 2)))
    today = date(2026, 3, 15)
    after = Tick("pilot.1", False, "").on(SetField("goals.owner", "Noa").on(PLAN))
    assert read_of.follow(PLAN, after, today).first_days == {"goals": date(2026, 2, 1), "pilot": today}
    assert read_of.follow(PLAN, PLAN, today) is read_of
    assert read_of.done_by(today, 5) == ((date(2026, 2, 1), 1), (date(2026, 3, 1), 2), (today, 5))


def test_the_days_that_a_card_was_due_on_before_are_those_that_stood_for_more_than_a_day(path: Path) -> None:
    days = ("2026-04-10", "2026-05-20", "2026-06-30")
    write(path, *(SetField("pilot.deadline", day) for day in days), SetField("goals.owner", "Noa"))
    first = date(2026, 3, 29)
    assert slipped_days(path, read(path)) == {
        "pilot": (first, date(2026, 4, 10), date(2026, 5, 20)),
    }
    with sqlite3.connect(path) as db:  # the second day was corrected within the day on which it was set
        db.execute("UPDATE changes SET at = ? WHERE seq <= 3", (BEGUN,))
    assert slipped_days(path, read(path)) == {"pilot": (first,)}
    assert slipped_days(path, PLAN, 0) == {}


def test_the_days_that_an_open_task_was_due_on_before_are_found_like_those_of_a_card(path: Path) -> None:
    days = ("2026-04-10", "2026-05-20", "")
    write(path, *(SetTask("goals.2", "due", day) for day in days), SetTask("goals.2", "owner", "Noa"))
    assert slipped_days(path, read(path)) == {}, "it has no day now"
    write(path, SetTask("goals.2", "due", "2026-06-30"), SetTask("goals.3", "due", "2026-07-01"))
    before = (date(2026, 3, 31), date(2026, 4, 10), date(2026, 5, 20))
    assert slipped_days(path, read(path)) == {"goals.2": before}
    write(path, Tick("goals.2", True, "2026-07-01"))
    assert slipped_days(path, read(path)) == {}, "it is done"
