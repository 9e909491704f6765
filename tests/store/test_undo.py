from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, SpliceText, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find, places
from lfroadmap.store.events import Changed, Undone
from lfroadmap.store.history.coalescing import Burst
from lfroadmap.store.sqlite.file_format import read
from listening import PLAN, Person
from matrices import quick_first
from plans import HOSTILE


def test_undo_and_redo_outlive_the_program(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(Tick("t1", True, "2026-01-01"), SetField("g", "x"))
    dana.leaves()
    dana = Person(path, "dana")
    assert dana.undoes() == ("done", "g")
    assert dana.undoes() == ("done", "t1")
    assert dana.undoes() == ("nothing", "")
    assert dana.store.roadmap == PLAN
    dana.leaves()
    dana = Person(path, "dana")
    assert dana.redoes() == ("done", "t1")
    assert dana.redoes() == ("done", "g")
    assert dana.redoes() == ("nothing", "")
    assert dana.text("g") == "x"
    dana.leaves()
    assert read(path) == SetField("g", "x").on(Tick("t1", True, "2026-01-01").on(PLAN))


def test_an_undo_tells_of_the_new_roadmap_first(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(SetField("g", "x"))
    dana.undoes()
    events = [event for event in dana.heard.events if isinstance(event, Changed | Undone)]
    changed, done = events
    assert changed == Changed(PLAN, 1, ("g",), ("g",))
    assert isinstance(done, Undone)
    assert done[:4] == ("undo", "done", "g", None)
    assert done.change is not None
    assert (done.change.node, done.change.step, done.change.old, done.change.new) == ("g", "undo", "x", "")
    dana.leaves()


def test_a_new_edit_forgets_what_could_be_redone(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(SetField("g", "x"))
    dana.undoes()
    dana.does(Tick("t1", True))
    assert dana.redoes() == ("nothing", "")
    dana.leaves()


def test_a_burst_of_typing_is_undone_at_once(path: Path) -> None:
    dana = Person(path, "dana")
    for n, key in enumerate("שלום עולם"):
        dana.store.submit(SpliceText("f", n, 0, key))
    dana.store.submit(SpliceText("f", 4, 3, ""))
    assert dana.store.flush(10)
    assert dana.text() == "שלוםלם"
    assert dana.undoes() == ("done", "f")
    assert dana.text() == ""
    assert dana.redoes() == ("done", "f")
    assert dana.text() == "שלוםלם"
    dana.leaves()


def test_a_reset_is_one_step_even_after_a_restart(path: Path) -> None:
    dana = Person(path, "dana")
    dana.does(
        Tick("t1", True, "2026-01-01"),
        Remove("t2"),
        Add(Task("own", "mine"), "d"),
        SpliceText("f", 0, 0, "x"),
    )
    worked = dana.store.roadmap
    dana.does(ResetAll(PLAN))
    assert dana.store.roadmap == PLAN
    dana.leaves()
    dana = Person(path, "dana")
    assert dana.undoes()[0] == "done"
    assert dana.store.roadmap == worked
    assert dana.redoes()[0] == "done"
    assert dana.store.roadmap == PLAN
    dana.leaves()


def test_a_change_that_cannot_be_read_is_passed_over_and_told(path: Path) -> None:
    import sqlite3

    dana = Person(path, "dana")
    dana.does(SetField("g", "x"), Tick("t1", True))
    dana.leaves()
    db = sqlite3.connect(path)
    db.execute("UPDATE changes SET inverse = '{\"is\":' WHERE seq = 2")
    db.commit()
    db.close()
    dana = Person(path, "dana")
    assert dana.undoes() == ("failed", "t1")
    assert dana.undoes() == ("done", "g")
    dana.leaves()


def test_a_step_that_breaks_down_is_told_as_failed(path: Path) -> None:
    import sqlite3

    dana = Person(path, "dana")
    dana.does(SpliceText("f", 0, 0, "some words"))
    dana.leaves()
    db = sqlite3.connect(path)
    db.execute('UPDATE changes SET inverse = replace(inverse, \'"removed":10\', \'"removed":"x"\')')
    db.commit()
    db.close()
    dana = Person(path, "dana")
    assert dana.undoes() == ("failed", "f")
    assert dana.text() == "some words"
    dana.leaves()


def _any_edit(chance: random.Random, roadmap: Roadmap, n: int) -> Edit:
    """An edit that most often fits."""
    ids = [place.node.id for place in places(roadmap)]
    node = chance.choice([*ids, "nobody"])
    text = chance.choice([*HOSTILE, f"text {n}"])
    return chance.choice(
        [
            Tick(chance.choice(["t1", "t2", node]), chance.random() < 0.6, f"day {n}"),
            SetField("g", text),
            SpliceText("f", chance.randrange(12), chance.randrange(4), text),
            SetKpi("k", "current", text),
            Rename(node, chance.choice([None, text])),
            Add(Task(f"new{n}", text), chance.choice(["c", "d"]), node),
            Move(node, chance.choice(ids), chance.choice(["", *ids])),
            Remove(node) if chance.random() < 0.2 else Tick("t1", chance.random() < 0.5),
            ResetAll(PLAN) if chance.random() < 0.1 else SetField("g", text),
        ]
    )


@pytest.mark.parametrize("seed", quick_first(range(4)))
def test_undo_and_redo_lead_back_and_forth_over_restarts(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    past: list[Roadmap] = []
    future: list[Roadmap] = []
    now = PLAN
    dana = Person(path, "dana")
    for n in range(150):
        turn = chance.random()
        if turn < 0.5:
            edit = _any_edit(chance, now, n)
            dana.does(edit)
            if edit.on(now) is not now:
                past.append(now)
                future.clear()
                now = edit.on(now)
        elif turn < 0.75:
            assert (dana.undoes()[0] == "done") is bool(past), n
            if past:
                future.append(now)
                now = past.pop()
        elif turn < 0.9:
            assert (dana.redoes()[0] == "done") is bool(future), n
            if future:
                past.append(now)
                now = future.pop()
        else:
            dana.leaves()
            dana = Person(path, "dana")
        assert dana.store.roadmap == now, n
    while past:
        assert dana.undoes()[0] == "done"
        now = past.pop()
        assert dana.store.roadmap == now
    assert dana.undoes()[0] == "nothing"
    assert now == PLAN
    dana.leaves()


@given(
    st.text("ab", max_size=8),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4), st.text("ab", max_size=3))),
)
@examples(200)
def test_composed_runs_do_and_undo_what_the_single_ones_do(
    text: str, runs: list[tuple[int, int, str]]
) -> None:
    def roadmap(value: str) -> Roadmap:
        fresh = SetField("f", value).on(PLAN)
        assert isinstance(fresh, Roadmap)
        return fresh

    start = now = roadmap(text)
    burst: Burst | None = None
    for at, removed, inserted in runs:
        edit = SpliceText("f", at, removed, inserted)
        inverse = edit.inverse(now)
        assert isinstance(inverse, SpliceText)
        plain = SpliceText("f", inverse.at, len(inverse.inserted), inserted)
        joined = burst.extended(plain, inverse, 0) if burst else None
        if joined is None:
            start = now
        now = edit.on(now)
        burst = joined or Burst(1, plain, inverse, 0, 0)
        assert burst.edit.on(start) == now
        assert burst.inverse.on(now) == start
        assert not burst.is_nothing() or start == now


def test_a_task_and_the_letters_of_its_words_are_one_step(path: Path) -> None:
    dana = Person(path, "dana")
    card = PLAN.stages[0].cards[0].id
    dana.store.submit(Add(Task("new", "C"), card))
    for text in ("Ca", "Cal", "Call"):
        dana.store.submit(Rename("new", text))
    assert dana.store.flush(20)
    assert dana.undoes() == ("done", "new")
    assert find(dana.store.roadmap, "new") is None
    assert dana.redoes() == ("done", "new")
    place = find(dana.store.roadmap, "new")
    assert place is not None
    assert place.node == Task("new", "Call")
    dana.store.close()


def test_what_a_typed_line_was_understood_as_belongs_to_its_letters(path: Path) -> None:
    dana = Person(path, "dana")
    card = PLAN.stages[0].cards[0].id
    dana.store.submit(Add(Task("new", "Call @da"), card))
    dana.store.submit(Rename("new", "Call @dana"))
    dana.store.submit(Batch((Rename("new", "Call"), SetTask("new", "owner", "Dana"))))
    assert dana.store.flush(20)
    dana.does(Rename("new", "Call them"))
    dana.store.submit(Rename("new", "Call them due 1.4"))
    parts = (Rename("new", "Call them"), SetTask("new", "owner", "Dana"), SetTask("new", "due", "2026-04-01"))
    dana.store.submit(Batch(parts))
    assert dana.store.flush(20)
    steps = [
        Task("new", "Call them", due="2026-04-01", owner="Dana"),
        Task("new", "Call", owner="Dana"),
        None,
    ]
    for back in steps[1:]:
        assert dana.undoes() == ("done", "new")
        place = find(dana.store.roadmap, "new")
        assert (place and place.node) == back
    for again in steps[1::-1]:
        assert dana.redoes() == ("done", "new")
        place = find(dana.store.roadmap, "new")
        assert (place and place.node) == again
    dana.leaves()


def test_a_batch_belongs_to_typing_only_where_it_is_of_the_same_node() -> None:
    typed = Burst(1, Rename("a", "x"), Rename("a", ""), 0, 0)
    long_after = 1000.0
    owner = Batch((SetTask("a", "owner", "Dana"),))
    back = Batch((SetTask("a", "owner", ""),))
    joined = typed.extended(owner, back, long_after)
    assert joined is not None
    assert joined.edit == Batch((Rename("a", "x"), SetTask("a", "owner", "Dana")))
    assert joined.inverse == Batch((Rename("a", ""), SetTask("a", "owner", "")))
    others = [
        Batch((SetTask("b", "owner", "Dana"),)),
        Batch((Rename("a", "y"), Rename("b", "y"))),
        Batch((Rename("a", "y"), Add(Task("b", "B"), "c"))),
        Batch(()),
    ]
    assert [typed.extended(edit, back, 0.1) for edit in others] == [None] * 4


def test_the_further_lines_of_a_paste_belong_to_the_line_it_was_pasted_into() -> None:
    add = Add(Task("a", "x"), "c", "")
    typed = Burst(1, add, Remove("a"), 0, 0)
    pasted = Batch((Rename("a", "first"), Add(Task("b", "B"), "c", "a"), Add(Task("d", "D"), "c", "b")))
    back = Batch((Remove("d"), Remove("b"), Rename("a", "x")))
    joined = typed.extended(pasted, back, 1000.0)
    assert joined is not None
    first = Add(Task("a", "first"), "c", "")
    assert joined.edit == Batch((first, *pasted.edits[1:]))
    assert joined.inverse == Batch((Remove("d"), Remove("b"), Remove("a")))
