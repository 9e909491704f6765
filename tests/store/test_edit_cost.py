"""What one edit costs, counted: statements of SQLite, and lines of Python in a roadmap of any size."""

from __future__ import annotations

from pathlib import Path

import pytest

from lfroadmap.roadmap.edits import Edit, Rename, SetKpi, SpliceText, Tick
from lfroadmap.roadmap.model import Card, Roadmap, Stage, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.store.sqlite import disk
from lfroadmap.store.store import Store
from listening import PLAN
from replicas import Copy
from stepping import lines_run

EDITS: dict[str, Edit] = {
    "tick": Tick("t1", True, "2026-01-01"),
    "letter": SpliceText("f", 0, 0, "x"),
    "name": Rename("t1", "Call"),
    "kpi": SetKpi("k", "current", "5"),
    "move": Move("t2", "d"),
    "new": Add(Task("n"), "c"),
    "removal": Remove("t1"),
}
STATEMENTS = ("BEGIN", "SELECT", "SELECT", "INSERT", "INSERT", "INSERT", "DELETE", "COMMIT")
"""Reading on, the number of the last update, the update, the change, its undo step, steps to redo."""


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What SQLite is asked on every connection."""
    out: list[str] = []
    connect = disk.connect

    def traced(path: Path, mode: str) -> disk.Connection:
        db = connect(path, mode)
        db.set_trace_callback(out.append)
        return db

    monkeypatch.setattr(disk, "connect", traced)
    return out


@pytest.mark.parametrize("what", EDITS)
def test_an_edit_takes_eight_statements(path: Path, statements: list[str], what: str) -> None:
    copy = Copy(path, PLAN, "dana")
    statements.clear()
    copy.does(EDITS[what])
    assert tuple(statement.split()[0] for statement in statements) == STATEMENTS
    copy.close()


def test_a_tick_costs_the_same_in_a_roadmap_of_any_size(tmp_path: Path) -> None:
    costs = {}
    for size in (10, 1000):
        tasks = tuple(Task(f"t{n}") for n in range(size))
        plan = Roadmap("r", stages=(Stage("s", None, (Card("c", "", (), tasks),)),))
        path = tmp_path / f"{size}.roadmap"
        Store.create(path, plan, "dana")
        copy = Copy(path, plan, "dana")
        last = tasks[-1].id
        copy.does(Tick(last, True, "2026-01-01"))
        costs[size] = lines_run(lambda copy=copy, last=last: copy.does(Tick(last, False)))  # type: ignore[misc]
        copy.close()
    assert costs[1000] <= costs[10] + 20
