"""How the plan grew, out of the history, against a plain recount of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lfroadmap.report.burn_up import BurnUp, burn_up
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.codec import load_edit
from lfroadmap.roadmap.edits import Edit, SetField, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Task
from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.store.history.activity import activity
from lfroadmap.store.history.change_entries import local_time
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from lfroadmap.words import LANGUAGES, Language, words
from samples import sample
from submitting import make

PLAN = sample("en")
BEGUN = 1_772_000_000_000
DAY = 86_400_000

cards = st.sampled_from(["goals", "pilot", "c"])
numbers = st.integers(0, 9)
single = (
    st.builds(lambda n, card: Add(Task(f"t{n}", f"Task {n}"), card), numbers, cards)
    | st.builds(lambda n: Remove(f"t{n}"), numbers)
    | st.builds(lambda n, card: Move(f"t{n}", card), numbers, cards)
    | st.builds(lambda n: Tick(f"t{n}", True, ""), numbers)
    | st.builds(
        lambda n: Add(Card(f"k{n}", "K", (), (Task(f"k{n}a", "A"), Task(f"k{n}b", "B"))), "b"), numbers
    )
    | st.builds(lambda n: Remove(f"k{n}"), numbers)
    | st.builds(lambda n: SetField("goals.owner", str(n)), numbers)
    | st.just(Remove("goals"))
)
edits = st.lists(
    single | st.lists(single, min_size=2, max_size=4).map(lambda e: Batch(tuple(e))), max_size=12
)


def kept(path: Path, made: Iterable[Edit | str], each_day: int = 1) -> None:
    """Make edits in a new file, so many on a day."""
    Store.create(path, PLAN, "dana")
    make(path, *made)
    with closing(sqlite3.connect(path)) as db, db:
        first = "(SELECT min(seq) FROM changes)"
        db.execute(f"UPDATE changes SET at = ? + (seq - {first}) / ? * ?", (BEGUN, each_day, DAY))


def recounted(path: Path) -> tuple[tuple[date, int], ...]:
    """The tasks by day, counted after each change of the history, from the first one on."""
    with closing(sqlite3.connect(path)) as db:
        rows = [*db.execute("SELECT at, edit FROM changes ORDER BY seq")]
    roadmap, days = PLAN, {date.min: tally(PLAN).total}
    for at, edit in rows:
        before, roadmap = roadmap, load_edit(edit).on(roadmap)
        if tally(before).total != tally(roadmap).total:
            days[local_time(at).date()] = tally(roadmap).total
    assert tally(roadmap).total == tally(read(path)).total
    return tuple(sorted(days.items()))


@pytest.mark.proof
@settings(deadline=None)
@given(edits, st.integers(1, 3))
def test_the_plan_by_day_is_what_a_plain_recount_of_the_history_says(made: list[Edit], each_day: int) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "plan.roadmap")
        kept(path, made, each_day)
        assert activity(path, read(path)).planned == recounted(path)


def test_an_undo_takes_back_what_the_plan_grew(tmp_path: Path) -> None:
    kept(tmp_path / "plan.roadmap", [Add(Task("t", "New"), "c"), "undo"])
    found = activity(tmp_path / "plan.roadmap", PLAN).planned
    assert [count for _, count in found] == [4, 5, 4]


def chart(roadmap: Roadmap, found: Activity, today: date, language: Language = "en") -> BurnUp:
    made = burn_up(TaskIndex(roadmap, today).plan(), found, tally(roadmap).done, today, words(language))
    assert made is not None
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_burn_up_says_and_draws_how_the_plan_grew(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "plan.roadmap"
    kept(path, [Tick("goals.2", True, ""), Add(Task("t", "New"), "c"), Add(Task("u", "Newer"), "c")])
    roadmap, found = read(path), activity(path, read(path))
    first = local_time(BEGUN).date()
    today = date.fromordinal(first.toordinal() + 9)
    node = chart(roadmap, found, today, language)
    days = [date.fromordinal(first.toordinal() + n) for n in (0, 1, 2, 9)]
    assert node.planned == tuple(zip(days, (4, 5, 6, 6), strict=True))
    assert [node.planned_by(day) for day in days] == [4, 5, 6, 6]
    assert node.planned_by(date.fromordinal(today.toordinal() + 1)) is None
    said = words(language)("burn_up.grew", before=4, now=6, day=node.names[0])
    assert said in node.texts
    assert any("╌" in mark.text for line in node.lines(40, 8) for mark in line)
    assert all(sum(len(mark.text) for mark in line) == 40 for line in node.lines(40, 8))


def test_a_plan_that_always_was_the_same_has_no_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "plan.roadmap"
    kept(path, [Tick("goals.2", True, "")])
    roadmap = read(path)
    node = chart(roadmap, activity(path, roadmap), date(2026, 3, 20))
    assert node.planned == () and len(node.texts) == len(chart(roadmap, Activity(), date(2026, 3, 20)).texts)


def test_what_was_added_since_the_history_was_read_counts_today() -> None:
    found = Activity(done=((date(2026, 3, 1), 1),), planned=((date.min, 3), (date(2026, 3, 5), 5)))
    assert found.planned_by(date(2026, 3, 9), 7) == (*found.planned, (date(2026, 3, 9), 7))
    assert Activity().planned_by(date(2026, 3, 9), 7) == ()
