"""Ten times as many edits in one step cost ten times as much, not a hundred times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count

import pytest

from lfroadmap.report.import_preview import import_preview
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edits import Edit, SetTask, Tick
from lfroadmap.roadmap.model import Card, Kpi, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.table_file import TableFile
from lfroadmap.roadmap.table_import import import_tables
from lfroadmap.roadmap.table_rows import Row, Rows
from lfroadmap.store.document.document import Document
from lfroadmap.store.history.undo import undo_edit
from lfroadmap.words import words
from matrices import quick_every
from stepping import lines_run

FEW, MANY = 20, 200
MOST = 11
"""How much more MANY may cost than FEW: ten times, and a little more."""


def plan(size: int) -> Roadmap:
    """Everything in one place, which is worst; and as many cards with a task each."""
    tasks = tuple(Task(f"t{n}", f"task {n}") for n in range(size))
    cards = tuple(Card(f"c{n}", f"card {n}", (), (Task(f"ct{n}", "same"),)) for n in range(size))
    kpis = tuple(Kpi(f"k{n}", f"measure {n}") for n in range(size))
    return Roadmap(
        "r", "Plan", "", (Stage("s", "S", (Card("c", "C", (), tasks), *cards)), Stage("z", "Z")), kpis
    )


def turned(roadmap: Roadmap) -> Roadmap:
    first, *others = roadmap.stages[0].cards
    cards = (replace(first, tasks=first.tasks[::-1]), *others[::-1])
    return replace(roadmap, stages=(replace(roadmap.stages[0], cards=cards), roadmap.stages[1]))


EDITS: dict[str, Callable[[int], tuple[Edit, ...]]] = {
    "ticks": lambda size: tuple(Tick(f"t{n}", True, "2026-03-15") for n in range(size)),
    "owners": lambda size: tuple(SetTask(f"t{n}", "owner", "Noa") for n in range(size)),
    "new tasks": lambda size: tuple(Add(Task(f"n{n}", "new"), "c") for n in range(size)),
    "first tasks": lambda size: tuple(Add(Task(f"n{n}", "new"), "c", "") for n in range(size)),
    "moved tasks": lambda size: tuple(Move(f"t{n}", f"c{n}") for n in range(size)),
    "moved cards": lambda size: tuple(Move(f"c{n}", "z") for n in range(size)),
    "removed tasks": lambda size: tuple(Remove(f"t{n}") for n in range(size)),
    "removed cards": lambda size: tuple(Remove(f"c{n}") for n in range(size)),
    "an order turned": lambda size: difference(plan(size), turned(plan(size))),
}


def ratio(cost: Callable[[int], int]) -> float:
    cost(FEW)  # what is looked up once is looked up
    return cost(MANY) / cost(FEW)


@pytest.mark.parametrize("name", quick_every(3, EDITS))
@pytest.mark.quick_cases(1)
def test_doing_them_taking_them_back_and_writing_them(name: str) -> None:
    def in_memory(size: int) -> int:
        roadmap, edit = plan(size), Batch(EDITS[name](size))
        return lines_run(lambda: edit.inverse(roadmap).on(edit.on(roadmap)))

    def in_the_document(size: int) -> int:
        roadmap, edit = plan(size), Batch(EDITS[name](size))
        document = Document()
        document.fill(roadmap)
        back = edit.inverse(roadmap)

        def there_and_back() -> None:
            after = document.apply(edit, roadmap)
            way = undo_edit((edit, back), (), after)
            assert way is not None
            assert document.apply(way, after) == roadmap

        return lines_run(there_and_back)

    assert ratio(in_memory) < MOST
    assert ratio(in_the_document) < MOST


def test_a_reset() -> None:
    def cost(size: int) -> int:
        fresh = replace(plan(size), kpis=())
        worked = Batch(tuple(edit for edits in EDITS.values() for edit in edits(size))).on(plan(size))
        return lines_run(lambda: ResetAll(fresh).on(worked))

    assert ratio(cost) < MOST


@pytest.mark.parametrize("by", ["id", "words", "the same words", "new"])
@pytest.mark.quick_cases(1)
def test_the_rows_of_a_table(by: str) -> None:
    def cells(n: int) -> tuple[dict[str, str], dict[str, str]]:
        if by == "id":
            return {"id": f"t{n}", "done": "yes"}, {"id": f"k{n}", "current": "5"}
        if by == "the same words":
            return {"task": "same", "card": f"card {n}", "done": "yes"}, {
                "measure": f"measure {n}",
                "unit": "x",
            }
        text = f"{'task' if by == 'words' else 'fresh'} {n}"
        return {"task": text, "card": "c", "owner": "Noa"}, {"measure": f"measure {n}", "current": "5"}

    def cost(size: int) -> int:
        tables = (
            Rows("tasks", "", tuple(Row(n + 2, cells(n)[0]) for n in range(size))),
            Rows("kpis", "", tuple(Row(n + 2, cells(n)[1]) for n in range(size))),
        )
        roadmap, fresh = plan(size), count()

        def take() -> None:
            imported = import_tables(roadmap, tables, "en", date(2026, 3, 15), lambda: f"new{next(fresh)}")
            assert len(imported.edit.edits) == 2 * size
            import_preview(imported, TableFile("csv", tables), "t.csv", words("en"))

        return lines_run(take)

    assert ratio(cost) < MOST
