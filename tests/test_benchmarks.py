"""The benchmarks can be run: their programs exist and hold what they say; no clock is looked at."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.templates import DEFAULT, load
from lfroadmap.roadmap.tree import places
from lfroadmap.store.sqlite.file_format import read

ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(ROOT)


@pytest.mark.proof
def test_the_parts_are_told() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    from benchmarks.__main__ import PARTS

    assert all(part in printed for part in PARTS)


@pytest.mark.proof
def test_an_unknown_part_is_refused() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nothing"], cwd=ROOT, check=False, capture_output=True, text=True
    )
    assert ran.returncode == 2
    assert "nothing" in ran.stderr


@pytest.mark.parametrize("name", ["hello", "overview", "built-in", "big"])
def test_a_program_is_there_and_begins_each_run_anew(name: str, tmp_path: Path) -> None:
    from benchmarks.screen import VISITS

    make: Callable[[Path], Any] = VISITS[name][0]
    home = tmp_path / "made"
    home.mkdir()
    program = make(home).afresh(tmp_path)
    assert shutil.which(program.command[0])
    assert program.env["HOME"] == str(tmp_path / "home") != str(home)


def test_there_are_as_many_roadmaps_as_is_said(tmp_path: Path) -> None:
    from benchmarks.library import ROADMAPS, many
    from lfroadmap.store.library.library import Library

    many(tmp_path)
    assert len(Library(tmp_path / "data").names()) == ROADMAPS


def test_the_big_roadmap_is_big(tmp_path: Path) -> None:
    from benchmarks.programs import BIG, big

    program = big(tmp_path)
    roadmap = read(program.home / "data" / "roadmaps" / "plan.roadmap")
    assert len(roadmap.stages[0].cards[0].tasks) == BIG
    assert tally(roadmap).total > BIG


@pytest.mark.proof
def test_the_roadmap_of_many_cards_has_them(tmp_path: Path) -> None:
    from benchmarks.programs import CARDS, STAGES, TASKS, many

    roadmap = read(many(tmp_path).home / "data" / "roadmaps" / "plan.roadmap")
    assert len(roadmap.stages) == STAGES
    assert sum(len(stage.cards) for stage in roadmap.stages) == STAGES * CARDS == 200
    assert tally(roadmap).total == STAGES * CARDS * TASKS == 50_000


def test_a_row_compares_medians_and_judges_them() -> None:
    from benchmarks.table import Row

    row = Row("start", "ms", [30.0, 10.0, 20.0], [10.0, 10.0, 10.0], limit=1.5)
    ratio, low, high = row.interval()
    assert (ratio, low, high) == (2.0, 1.0, 3.0)
    assert "✗" in row.formatted()
    assert "✓" in Row("start", "ms", [10.0], [10.0], limit=1.5).formatted()


def test_own_ticks_and_those_of_a_peer_reach_the_roadmap(tmp_path: Path) -> None:
    from benchmarks.edits import Window

    roadmap = load(DEFAULT).roadmap("plan")
    window = Window(tmp_path / "plan.roadmap", roadmap)
    window.measure()
    assert len(window.own) == len(window.of_peer) == 1
    done = {place.node.id for place in places(window.store.roadmap) if getattr(place.node, "done", False)}
    assert len(done) == 1  # the peer's was ticked first and unticked again
    window.measure()
    assert tally(window.store.roadmap).done == 1
    window.store.close()
