"""Notes and values by day as the cells of tables have them, and in a table that comes back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap import kpi_readings
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.model import Card, Kpi, Note, Reading, Roadmap, Stage, Task
from lfroadmap.roadmap.notes import BETWEEN, cell_of, newest_first, notes_in, written
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.table_rows import Row, Rows

TODAY = date(2026, 3, 15)


def read(cell: str) -> list[tuple[str | None, str, str]]:
    numbers = count()
    return [
        (note.text, note.author, note.time) for note in notes_in(cell, lambda: f"n{next(numbers)}", TODAY)
    ]


lines = st.text("ab א:;0123456789-=+'\"", max_size=12)
texts = st.lists(lines, min_size=1, max_size=4).map("\n".join).filter(lambda text: text == text.strip() != "")
times = st.sampled_from(["2026-03-15T09:30:00Z", "2025-12-31T23:59:00Z", "2026-03-01"])
names = st.sampled_from(["Dana", "דנה לוי", "Dana 10"])
some = st.lists(st.builds(Note, st.just("x"), texts, names, times), max_size=4)


@given(some)
@examples(200)
def test_a_cell_has_all_notes_and_gives_them_back(notes: list[Note]) -> None:
    expected = [(note.text, note.author, note.time) for note in newest_first(notes)]
    assert read(cell_of(notes)) == expected


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("", []),
        ("  \n ", []),
        ("Ask them\nfor figures", [("Ask them\nfor figures", "", "2026-03-15")]),
        ("2026-13-40: no day", [("2026-13-40: no day", "", "2026-03-15")]),
        ("2026-03-01: a day alone", [("a day alone", "", "2026-03-01")]),
        (f"one{BETWEEN}two", [("one", "", "2026-03-15"), ("two", "", "2026-03-15")]),
        ("2026-03-01 A: a\n  b\n2026-03-02 B: c", [("a\nb", "A", "2026-03-01"), ("c", "B", "2026-03-02")]),
    ],
)  # fmt: skip
def test_a_cell_that_somebody_wrote(cell: str, found: list[tuple[str, str, str]]) -> None:
    assert read(cell) == found


def test_a_comment_of_another_program_keeps_its_author_and_its_day() -> None:
    ((text, author, time),) = read("01/Feb/26 10:00 AM;dana;9;30 works")
    assert (text, author) == ("9;30 works", "dana")
    assert written(Note("n", text, author, time)) == (date(2026, 2, 1), "10:00")


@pytest.mark.parametrize("time", ["", "soon", "2026-03-15T99:00:00Z", "9999-12-31T23:59:59Z", "\0"])
def test_a_time_that_is_none_is_no_fault(time: str) -> None:
    day, clock = written(Note("n", "text", "", time))
    assert day is None or clock or time.startswith("9999")


# ------------------------------------------------------------------ tables

NOTE = Note("n", "Called them", "Dana", "2026-03-01T09:00:00Z")
PLAN = Roadmap(
    "r", "Plan", "",
    (Stage("s", "Stage", (Card("c", "Card", (), (Task("t", "Call", notes=(NOTE,)), Task("u", "Write"))),)),),
    (Kpi("k", "Close rate", "", "", "", readings=(Reading("v", "31", "2026-03-01"),)),),
)  # fmt: skip


def ids() -> Iterator[str]:
    return (f"new{n}" for n in count())


def imported(table: str, **cells: str) -> tuple[Roadmap, Batch]:
    rows = Rows(table, "", (Row(2, cells),))  # type: ignore[arg-type]
    numbers = ids()
    edit = import_tables(PLAN, (rows,), "en", TODAY, lambda: next(numbers)).edit
    return edit.on(PLAN), edit


def task(roadmap: Roadmap, at: int) -> Task:
    return roadmap.stages[0].cards[0].tasks[at]


def test_the_notes_that_are_there_are_not_added_again() -> None:
    cells = {"id": "t", "notes": cell_of([NOTE])}
    assert imported("tasks", **cells)[1] == Batch()
    assert imported("tasks", id="t", notes="Called them")[1] == Batch()
    assert imported("tasks", id="t", notes="")[1] == Batch()  # none is removed


def test_a_note_that_is_new_stands_above_the_others() -> None:
    after, _ = imported("tasks", id="t", notes=f"2026-03-10 Noa: two\n2026-03-09 Noa: one\n{cell_of([NOTE])}")
    assert [note.text for note in task(after, 0).notes] == ["two", "one", "Called them"]


def test_a_card_and_a_new_task_take_notes_too() -> None:
    after, _ = imported("cards", id="c", card="Card", deadline="", notes="Mind the budget")
    assert [note.text for note in after.stages[0].cards[0].notes] == ["Mind the budget"]
    after, _ = imported("tasks", task="Ask", card="Card", notes="Now")
    assert [note.text for note in task(after, 2).notes] == ["Now"]


def test_values_by_day_are_added_and_changed_and_none_is_removed() -> None:
    after, _ = imported("kpis", id="k", readings="2026-02-01: 28%\n2026-03-01: 32")
    assert kpi_readings.cell_of(kpi_readings.by_day(after.kpis[0])) == "2026-02-01: 28%\n2026-03-01: 32"
    assert imported("kpis", id="k", readings="")[1] == Batch()


def test_a_line_that_is_no_value_by_day_is_said() -> None:
    rows = Rows("kpis", "", (Row(2, {"id": "k", "readings": "about 30"}),))
    (step,) = import_tables(PLAN, (rows,), "en", TODAY, str).rows
    assert [(remark.key, remark.value) for remark in step.remarks] == [("no_reading", "about 30")]
