"""Export commands on a roadmap that is edited between them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from commanding import program
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.store import Store
from terminal import environment

TASK, GOALS = "strategy.goals.choose-segments", "strategy.goals.goals"
PROGRAM = [sys.executable, "-m", "lfroadmap"]


def run(env: dict[str, str], *argv: str) -> subprocess.CompletedProcess[str]:
    return program(env, *argv, cwd=Path(env["HOME"]))


def do(env: dict[str, str], edit: Edit) -> None:
    store = Store(Path(env["LFROADMAP_DATA_DIR"]) / "roadmaps" / "plan.roadmap", "dana")
    store.start(lambda event: None)
    store.submit(edit)
    assert store.close() == ()


def with_plan(home: Path) -> dict[str, str]:
    """The environment of a person who has one roadmap."""
    env = environment(home)
    Library(Path(env["LFROADMAP_DATA_DIR"])).create("plan", load("liquid-funnel").roadmap("r"), "me")
    return env
