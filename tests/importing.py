"""Importing files into a roadmap by the command, and looking at what came of it."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from commanding import Capture, run, stored
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.tree import find

TASK, OTHER, OWNER = "strategy.goals.choose-segments", "strategy.goals.define-exit", "strategy.goals.owner"


def task(home: Path, node_id: str) -> Task:
    place = find(stored(home, "p"), node_id)
    assert place and isinstance(place.node, Task)
    return place.node


def tasks(home: Path) -> dict[str, tuple[str, Task]]:
    """Own text of a task -> the title of its card, if that is its own, and itself."""
    cards = [card for stage in stored(home, "p").stages for card in stage.cards]
    return {task.text or "": (card.title or "", task) for card in cards for task in card.tasks}


def table(*lines: str, name: str = "t.csv", encoding: str = "utf-8") -> str:
    Path(name).write_bytes("\n".join(lines).encode(encoding))
    return name


def into(capsys: Capture, file: str, *more: str) -> SimpleNamespace:
    """Import into the roadmap, with its output in one line."""
    ran = run(capsys, "import", file, "--into", "p", "--yes", *more)
    return SimpleNamespace(status=ran.status, out=" ".join(ran.out.split()), err=" ".join(ran.err.split()))
