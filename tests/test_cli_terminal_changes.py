"""What changed, and taking a table in, on a real terminal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lfroadmap.roadmap.progress import tally
from lfroadmap.roadmap.templates import load
from lfroadmap.store.library.library import Library
from lfroadmap.store.sqlite.file_format import read
from matrices import quick_first
from terminal import Terminal, environment

PROGRAM = [sys.executable, "-m", "lfroadmap"]
TASK = "strategy.goals.define-exit"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A roadmap on the library, and beside it a table that ticks one of its tasks."""
    (tmp_path / "t.csv").write_text(f"id,task,done\n{TASK},,TRUE\n")
    return Library(tmp_path / "data").create("plan", load("liquid-funnel").roadmap("r"), "me")


@pytest.mark.parametrize(
    ("locale", "answer", "done"),
    quick_first([("he_IL.UTF-8", "כן\r", 1), ("en_US.UTF-8", "y\r", 1), ("en_US.UTF-8", "\r", 0)]),
)
def test_a_table_is_shown_and_asked_about(
    tmp_path: Path, plan: Path, locale: str, answer: str, done: int
) -> None:
    argv = [*PROGRAM, "import", str(tmp_path / "t.csv"), "--into", "plan"]
    with Terminal(argv, environment(tmp_path, locale), columns=120) as terminal:
        shown = terminal.wait_for("[y/N]")
        assert "t.csv" in shown and "□" in shown
        assert tally(read(plan)).done == 0
        terminal.send(answer)
        assert terminal.wait_exit() == (0 if done else 1)
    assert tally(read(plan)).done == done


@pytest.mark.proof
def test_what_changed_is_told_in_the_order_of_the_screen(tmp_path: Path, plan: Path) -> None:
    env = environment(tmp_path, "he_IL.UTF-8")
    into = [*PROGRAM, "import", str(tmp_path / "t.csv"), "--into", "plan", "--yes"]
    assert subprocess.run(into, env=env, capture_output=True, check=False, timeout=60).returncode == 0
    (tmp_path / "config").mkdir(exist_ok=True)
    (tmp_path / "config" / "settings.toml").write_text('bidi = "plain"\n')
    with Terminal([*PROGRAM, "diff", "-7"], env, columns=120, lines=60) as terminal:
        assert terminal.wait_exit() == 0
        shown = terminal.text()
    line = next(line for line in shown.splitlines() if "1/55" in line)
    assert line.index("1/55") < line.index("תללוכ תומדקתה")
