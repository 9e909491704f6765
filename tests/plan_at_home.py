"""A roadmap with a history, and what each command that writes leaves of itself in it."""

from __future__ import annotations

from pathlib import Path

from commanding import Capture, good, stored, write
from lfroadmap.roadmap.edits import SetField
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.history.queries import marks, removed

TASK, OTHER, OWNER = "strategy.goals.define-exit", "strategy.goals.period", "strategy.goals.owner"


def task(roadmap: Roadmap) -> Task:
    place = find(roadmap, TASK)
    assert place and isinstance(place.node, Task)
    return place.node


def a_snapshot(path: Path) -> bool:
    return any(mark.name == "mine" for mark in marks(path))


def an_import(path: Path) -> bool:
    return task(stored(path.parents[2], "plan")).owner == "Rina"


def a_restored_snapshot(path: Path) -> bool:
    place = find(stored(path.parents[2], "plan"), OWNER)
    return place is not None and getattr(place.node, "value", "") == "Dana"


def a_restored_part(path: Path) -> bool:
    return find(stored(path.parents[2], "plan"), "kpi.upsell") is not None


def an_emptied_bin(path: Path) -> bool:
    return removed(path, stored(path.parents[2], "plan")) == ()


def plan_with_history(home: Path, capsys: Capture) -> Path:
    """A roadmap with a snapshot behind its first change, and something in its bin; a table beside it."""
    path = home / "data" / "roadmaps" / "plan.roadmap"
    good(capsys, "new", "plan")
    write(path, "dana", SetField(OWNER, "Dana"))
    good(capsys, "snapshot", "plan", "--save", "board")
    write(path, "dana", Remove("kpi.upsell"), SetField(OWNER, "Noa"))
    Path("t.csv").write_text(f"id,task,done,owner\n{TASK},,TRUE,Rina\n")
    return path
